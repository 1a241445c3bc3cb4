"""Results of a demo school: two full years and one before; workbooks through the importer, the others typed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from shnor_desktop.importers.f1_writer import write_f1
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.services.demo.difficulties import write_difficulties
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.papers import PaperPlan, marks_of, paper
from shnor_desktop.services.results import import_workbook

RESULTS_KNOWN = date(2024, 6, 26)
"""When the results of a spring are typed, in the demo's year."""
_GRADES = (5, 6, 7, 8)
_KEPT_FROM_LAST_YEAR = 5
"""The grade whose workbooks of the year before were kept; the others are typed from print."""
_GRADE_BEFORE = 6
_SHORT_GRADES = (5, 7)
"""What is asked for a comparison of schools."""
_CORE = ("russian", "math")
_WORSE_BY_YEAR = 7
_OTHER_SUBJECTS = (("world_around", 4), ("history", 6), ("geography", 7), ("physics", 8))
_LOW = {"high": {"russian": 33, "math": 39}, "medium": {"russian": 19, "math": 24}, "low": {"russian": 8, "math": 11}}
_GOOD = {"high": {"russian": 28, "math": 25}, "medium": {"russian": 37, "math": 34}, "low": {"russian": 52, "math": 48}}


def write_results(draft: SchoolDraft, year: int) -> None:
    """The papers of one spring and the exams of its summer."""
    plans = [_plan(draft, subject, grade, year) for subject in _CORE for grade in _GRADES]
    if draft.profile.is_main:
        is_newest = year == draft.as_of.year
        kept = [plan for plan in plans if is_newest or plan.grade == _KEPT_FROM_LAST_YEAR]
        _import(draft, kept)
        plans = [plan for plan in plans if plan not in kept]
        plans += [_plan(draft, subject, grade, year) for subject, grade in _OTHER_SUBJECTS]
    for plan in plans:
        _type(draft, "vpr", plan)
    exams = [_plan(draft, subject, 9, year) for subject in _CORE]
    if draft.profile.is_main:
        exams.append(_plan(draft, "social_studies", 9, year, participants=7))
    for plan in exams:
        _type(draft, "oge", plan)
    if year < draft.as_of.year:
        _add_year_before(draft, year - 1)
    draft.write(f"внесены результаты {year} года", RESULTS_KNOWN.replace(year=year))
    if draft.profile.is_main and year == draft.as_of.year:
        write_difficulties(draft, year)


def add_short_results(draft: SchoolDraft, year: int) -> None:
    """What a comparison of schools asks for, to be written with the next step; nothing before it is known."""
    if draft.as_of < RESULTS_KNOWN.replace(year=year):
        return
    for subject in _CORE:
        for grade in _SHORT_GRADES:
            _type(draft, "vpr", _plan(draft, subject, grade, year))
        if year >= draft.as_of.year - 1:
            _type(draft, "oge", _plan(draft, subject, 9, year))


def _add_year_before(draft: SchoolDraft, year: int) -> None:
    """A third year makes a dynamic; the demo school has it of every grade. Drawn apart from the other years."""
    if draft.profile.fill != "full":
        return
    random = Random(f"results {year} {draft.profile.code}")
    for subject in _CORE:
        for grade in _GRADES if draft.profile.is_main else (_GRADE_BEFORE,):
            _type(draft, "vpr", _plan(draft, subject, grade, year, random=random))


def _plan(
    draft: SchoolDraft, subject: str, grade: int, year: int, participants: int = 0, random: Random | None = None
) -> PaperPlan:
    """The pupils of grade N in spring are those of grade N + 1 in autumn; the year before they are as many again."""
    level, random = draft.profile.target("failure_risk"), random or draft.random
    sizes = draft.class_sizes
    pupils = participants or max(4, sizes[min(grade, len(sizes) - 1)] - random.randint(0, 2))
    core = "russian" if subject == "russian" else "math"
    low, good = _LOW[level][core], _GOOD[level][core]
    if subject not in ("russian", "math"):
        low, good = low * 2 // 3, good + 9
    earlier = draft.as_of.year - year
    by_year = -_WORSE_BY_YEAR if f"{subject}:{grade}" in draft.profile.worsening else 2
    return PaperPlan(
        subject=subject,
        grade=grade,
        year=year,
        participants=pupils,
        low_percent=max(0, low + by_year * earlier + random.randint(-2, 3)),
        good_percent=max(5, good - 2 * earlier + random.randint(-3, 3)),
        lowered_percent=draft.profile.lowered or {"high": 36, "medium": 27, "low": 14}[level],
    )


def _import(draft: SchoolDraft, plans: list[PaperPlan]) -> None:
    """As a person does it: a workbook is downloaded, then imported."""
    with TemporaryDirectory(prefix="shnor-demo-") as folder:
        for plan in plans:
            draft.clock.move_to(date(plan.year, 6, 10))
            path = Path(folder) / f"Ф1_ВПР_{plan.year}_{plan.grade}_{plan.subject}.xlsx"
            write_f1(path, paper(plan, draft.profile, draft.random))
            import_workbook(draft.workspace, path)


def _type(draft: SchoolDraft, procedure: str, plan: PaperPlan) -> None:
    marks = marks_of(plan)
    journal: dict[str, int] = {}
    if procedure == "vpr":
        lowered = round(plan.participants * plan.lowered_percent / 100)
        raised = plan.participants // 20
        journal = {"lowered": lowered, "raised": raised, "confirmed": plan.participants - lowered - raised}
    values = {
        "procedure": procedure,
        "subject": plan.subject,
        "grade": plan.grade,
        "year": plan.year,
        "held_on": date(plan.year, 4, 2 + plan.grade) if procedure == "vpr" else date(plan.year, 6, 3),
        "participants": plan.participants,
        **{f"mark_{mark}": count for mark, count in marks.items()},
        **journal,
        "source": "введено вручную",
    }
    draft.add(ResultSheet, values)
