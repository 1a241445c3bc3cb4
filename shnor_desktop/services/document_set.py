"""The set of papers of a school: how each stands, what of it the program holds already, how complete the set is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from shnor_desktop.domain import findings
from shnor_desktop.domain.document_set import DocumentLine, administration, document_lines
from shnor_desktop.domain.facts import NoteFact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.quality import DOCUMENT_STATES, DocumentMark
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

__all__ = ["DocumentLine", "PaperView", "SetView", "administration", "begin_mark", "document_lines", "document_set"]

NOTES = "assessment_reports"
_Count = Callable[[SchoolFacts], int]


@dataclass(frozen=True, slots=True)
class _Held:
    """Where the program holds what a paper is made of: the page, the kind of document that prints it, how much."""

    page: str
    kind: str
    count: _Count


_HELD: Mapping[str, _Held] = {
    "diagnostic_map": _Held(findings.MAP, "diagnostic_map", lambda facts: len(facts.answers)),
    "programme": _Held(findings.PROGRAMME, "programme", lambda facts: len(facts.programmes)),
    "programme_scan": _Held(findings.PROGRAMME, "programme", lambda facts: 0),
    "roadmap": _Held(findings.ROADMAP, "roadmap", lambda facts: len(facts.current(facts.measures))),
    "subject_plan": _Held(findings.ROADMAP, "school_plan", lambda facts: len(facts.current(facts.measures))),
    "antirisk_programmes": _Held(findings.PROGRAMME, "programme", lambda facts: len(facts.current(facts.antirisks))),
    "team": _Held(findings.PASSPORT, "register.assignment", lambda facts: len(facts.assignments)),
    "team_order": _Held(findings.QUALITY, "order", lambda facts: len(facts.assignments)),
    "mentors_order": _Held(findings.QUALITY, "order", lambda facts: sum(1 for plan in facts.plans if plan.mentor)),
    "partner_agreement": _Held(findings.PARTNERS, "register.partner_school", lambda facts: len(facts.partners)),
    "interaction_plan": _Held(findings.PARTNERS, "register.joint_plan_item", lambda facts: len(facts.plan_items)),
    "best_practice": _Held(findings.PARTNERS, "register.practice", lambda facts: len(facts.practices)),
    "prevention_plan": _Held(findings.PUPILS, "register.pupil_step", lambda facts: len(facts.pupil_steps)),
    "risk_group": _Held(findings.PUPILS, "register.risk_pupil", lambda facts: len(facts.risk_pupils)),
    "workbook": _Held(findings.PUPILS, "register.failure_cause", lambda facts: len(facts.failure_causes)),
    "consultation_journal": _Held(
        findings.PUPILS, "register.parent_consultation", lambda facts: len(facts.consultations)
    ),
    "rehearsal_analysis": _Held(findings.PUPILS, "register.rehearsal_exam", lambda facts: len(facts.rehearsals)),
    "contest_log": _Held(findings.PUPILS, "register.contest", lambda facts: len(facts.contests)),
    "development_plans": _Held(findings.DEVELOPMENT, "development_plans", lambda facts: len(facts.plans)),
    "lesson_card": _Held(findings.DEVELOPMENT, "register.lesson_visit", lambda facts: len(facts.visits)),
    "training_requests": _Held(findings.DEVELOPMENT, "register.training_course", lambda facts: len(facts.courses)),
    "work_plan": _Held(findings.QUALITY, "quality_plan", lambda facts: len(facts.controls)),
    NOTES: _Held(findings.QUALITY, "quality_note", lambda facts: len(facts.notes)),
    "decisions": _Held(
        findings.QUALITY, "register.decision", lambda facts: sum(1 for item in facts.decisions if item.report)
    ),
    "interview_protocol": _Held(
        findings.QUALITY, "protocol", lambda facts: sum(1 for item in facts.meetings if item.kind == "interview")
    ),
    "state_exam_analysis": _Held(findings.RESULTS, "results_note", lambda facts: len(facts.results)),
    "final_monitoring": _Held(findings.RESULTS, "results_note", lambda facts: len(facts.results)),
    "achievements_monitoring": _Held(findings.RESULTS, "results_note", lambda facts: len(facts.results)),
    "dynamics": _Held(findings.RESULTS, "results_note", lambda facts: len(facts.results)),
    "difficulty_register": _Held(findings.RESULTS, "register.learning_difficulty", lambda facts: len(facts.results)),
    "monitoring_1": _Held(findings.MONITORING, "", lambda facts: _waves(facts)),
    "monitoring_2": _Held(findings.MONITORING, "", lambda facts: max(0, _waves(facts) - 1)),
    "monitoring_3": _Held(findings.MONITORING, "", lambda facts: max(0, _waves(facts) - 2)),
    "report_january": _Held(findings.MONITORING, "", lambda facts: _waves(facts)),
    "report_july": _Held(findings.MONITORING, "", lambda facts: max(0, _waves(facts) - 1)),
}
"""Documents of the methodologies that the program makes, or holds the data of."""


@dataclass(frozen=True, slots=True)
class PaperView:
    """A line of the set with where it stands in the program; `kind` and `which` print it, empty where nothing does."""

    line: DocumentLine
    state: str
    is_late: bool
    page: str = ""
    kind: str = ""
    which: str = ""
    held: bool = False
    held_words: str = ""

    @property
    def title(self) -> str:
        """The document with whose copy it is."""
        return f"{self.line.title}: {self.line.part}" if self.line.part else self.line.title

    @property
    def due_words(self) -> str:
        """«до 13.11.2020», or the end of the stage where the methodology names no day."""
        if self.line.due is not None:
            return f"до {short_date(self.line.due)}"
        if self.line.stage_end is not None:
            return f"этап до {short_date(self.line.stage_end)}"
        return ""


@dataclass(frozen=True, slots=True)
class SetView:
    """The whole set; a document of several copies is complete when all of them are there."""

    papers: tuple[PaperView, ...]

    @property
    def reviewed(self) -> tuple[PaperView, ...]:
        """What goes to the experts."""
        return tuple(paper for paper in self.papers if paper.line.is_reviewed)

    @property
    def late(self) -> tuple[PaperView, ...]:
        """Papers whose day has passed and which are not handed in."""
        return tuple(paper for paper in self.papers if paper.is_late)

    def completeness(self, *, reviewed: bool = False) -> tuple[int, int]:
        """How many of the required documents are there, and how many are asked for: «4 из 5»."""
        found: dict[str, list[bool]] = {}
        for paper in self.papers:
            if paper.line.is_required and (paper.line.is_reviewed or not reviewed):
                found.setdefault(paper.line.code, []).append(paper.line.is_there)
        return sum(1 for copies in found.values() if all(copies)), len(found)

    def paper(self, key: str) -> PaperView | None:
        """A line by its key, or the first of a document by its code."""
        wanted = [paper for paper in self.papers if key in (paper.line.key, paper.line.code)]
        return wanted[0] if wanted else None


def document_set(workspace: Workspace, school: str | None = None) -> SetView:
    """The set of a school as of today."""
    return set_of(workspace.pack_of(school), read_facts(workspace, school))


def set_of(pack: Pack, facts: SchoolFacts) -> SetView:
    """The same from facts that were read already."""
    return SetView(tuple(_paper(line, facts) for line in document_lines(pack, facts)))


def begin_mark(workspace: Workspace, line: DocumentLine, field: str, value: object) -> Done:
    """Set a field of the mark of a paper; the mark is made with the first of them. KnownError `value.*`."""
    facts = read_facts(workspace)
    key = {"document": line.code, "ordinal": line.ordinal}
    values: dict[str, object] = {field: value}
    if field == "state" and value in ("handed", "accepted") and not (line.mark and line.mark.handed_on):
        values["handed_on"] = facts.as_of
    if line.mark is not None:
        return records.edit_many(workspace, DocumentMark.log_name, line.mark.id, values)
    return records.begin(workspace, DocumentMark, {"state": "in_work", **key, **values})


def _paper(line: DocumentLine, facts: SchoolFacts) -> PaperView:
    held = _HELD.get(line.code)
    count = held.count(facts) if held else 0
    note = _note_of(line, facts) if line.code == NOTES else None
    is_held = (note is not None) if line.code == NOTES else count > 0
    return PaperView(
        line=line,
        state=dict(DOCUMENT_STATES).get(line.state, line.state),
        is_late=line.is_overdue(facts.as_of),
        page=held.page if held else "",
        kind=held.kind if held and is_held else "",
        which=note.id if note else "",
        held=is_held,
        held_words=_words(line, held, note, count),
    )


def _words(line: DocumentLine, held: _Held | None, note: NoteFact | None, count: int) -> str:
    if held is None:
        return "готовится вне программы"
    if line.code == NOTES:
        return f"справка «{note.label}»" if note else "справки этого человека ещё нет"
    if line.code == "programme":
        return "есть в программе" if count else "ещё не начата"
    return f"записей в программе: {count}" if count else "данных в программе ещё нет"


def _note_of(line: DocumentLine, facts: SchoolFacts) -> NoteFact | None:
    """The note of a copy: the one that the mark names, else the newest of its member of the administration."""
    named = line.mark.report if line.mark else None
    if named:
        return next((note for note in facts.notes if note.id == named), None)
    people = administration(facts)
    author = people[line.ordinal - 1].id if line.ordinal <= len(people) else ""
    own = sorted((note for note in facts.notes if note.author == author), key=lambda note: (str(note.made_on), note.id))
    return own[-1] if own else None


def _waves(facts: SchoolFacts) -> int:
    """How many waves of monitoring have answers."""
    return len({(item.form, item.wave) for item in facts.answers if item.form != "diagnostic_map"})
