"""One card a procedure, subject and grade: its years, the tasks of the newest paper, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.facts import (
    PROCEDURES,
    SUBJECTS,
    GroupFact,
    ResultFact,
    SchoolFacts,
    ScoreFact,
    TaskFact,
)
from shnor_desktop.domain.methodology import Identification, Level, ResultReading
from shnor_desktop.domain.metrics import Missing
from shnor_desktop.domain.result_reading.dynamics import dynamics
from shnor_desktop.domain.result_reading.objectivity import border_heaps, journal_gap
from shnor_desktop.domain.result_reading.paper import PaperDetail, paper_of
from shnor_desktop.domain.result_reading.skills import SkillReading, read_skills
from shnor_desktop.domain.result_reading.statements import Statement, StatementKind, caution
from shnor_desktop.domain.result_reading.tasks import TaskReading, deficit, read_tasks
from shnor_desktop.domain.russian import percent, share
from shnor_desktop.domain.sheet_counts import SheetCounts, all_counts

_ORDER = {Level.HIGH: 0, Level.MEDIUM: 1, Level.UNKNOWN: 2, Level.LOW: 3}


@dataclass(frozen=True, slots=True)
class YearMarks:
    """The marks of one year; a count that is not known is None."""

    sheet: str
    year: int
    participants: int
    marks: tuple[int | None, ...]
    below: int

    @property
    def share(self) -> Decimal:
        """Percent below the minimum."""
        return Decimal(100 * self.below) / self.participants

    @property
    def words(self) -> str:
        """«5 из 12 (41,7 %)»."""
        return share(self.below, self.participants)


@dataclass(frozen=True, slots=True)
class ResultCard:
    """`tasks` are those of `task_year`, the newest year that has any; `problems` are sheets that cannot be read."""

    id: str
    title: str
    procedure: str
    subject: str
    grade: int
    years: tuple[YearMarks, ...]
    tasks: tuple[TaskReading, ...]
    task_year: int | None
    statements: tuple[Statement, ...]
    problems: tuple[Missing, ...]
    caution: str
    """How far the newest year carries."""
    skills: tuple[SkillReading, ...] = ()
    paper: PaperDetail | None = None
    """Scores, borders, groups and classes of the newest year, where they are known."""
    journal: tuple[int, int, int] | None = None
    """How many marks of the newest paper are lower than, equal to and higher than those of the journal."""

    @property
    def red_skills(self) -> tuple[SkillReading, ...]:
        """The skills that were done insufficiently."""
        return tuple(skill for skill in self.skills if skill.level is Level.HIGH)

    @property
    def level(self) -> Level:
        """The level of the worst statement."""
        return min((item.level for item in self.statements), key=lambda level: _ORDER[level], default=Level.UNKNOWN)

    @property
    def needs_action(self) -> bool:
        """Whether something in it is red, a task at least: then a measure is offered."""
        return self.level is Level.HIGH or any(task.level is Level.HIGH for task in self.tasks)

    def says(self, kind: StatementKind) -> Statement | None:
        """The statement of a kind."""
        return next((item for item in self.statements if item.kind is kind), None)


def read_results(
    rules: ResultReading,
    facts: SchoolFacts,
    papers: Mapping[str, PaperDetail] | None = None,
    low: Identification | None = None,
) -> tuple[ResultCard, ...]:
    """A card a procedure, subject and grade; what asks for action first.

    `papers` are by the id of the sheet; `low` says from which share a result is low.
    """
    series: dict[tuple[str, str, int], list[SheetCounts]] = {}
    for counts in all_counts(facts.results, facts.as_of):
        sheet = counts.sheet
        series.setdefault((sheet.procedure or "", sheet.subject or "", sheet.grade or 0), []).append(counts)
    tasks: dict[str, list[TaskFact]] = {}
    for task in facts.result_tasks:
        tasks.setdefault(task.sheet or "", []).append(task)
    found = _papers(facts, papers or {})
    cards = [_card(rules, key, sheets, tasks, found, low) for key, sheets in series.items()]
    return tuple(sorted(cards, key=lambda card: (_ORDER[card.level], card.subject, card.grade, card.procedure)))


def _papers(facts: SchoolFacts, known: Mapping[str, PaperDetail]) -> dict[str, PaperDetail]:
    """What is known of every sheet beside its marks: from workbooks and from reports."""
    scores: dict[str, list[ScoreFact]] = {}
    groups: dict[str, list[GroupFact]] = {}
    for score in facts.result_scores:
        scores.setdefault(score.sheet or "", []).append(score)
    for group in facts.result_groups:
        groups.setdefault(group.sheet or "", []).append(group)
    found = {}
    for sheet in facts.results:
        paper = paper_of(sheet, known.get(sheet.id), scores.get(sheet.id, ()), groups.get(sheet.id, ()))
        if paper is not None:
            found[sheet.id] = paper
    return found


def _card(
    rules: ResultReading,
    key: tuple[str, str, int],
    sheets: Sequence[SheetCounts],
    tasks: Mapping[str, Sequence[TaskFact]],
    papers: Mapping[str, PaperDetail],
    low: Identification | None,
) -> ResultCard:
    procedure, subject, grade = key
    sound = _of_years(rules, [item for item in sheets if item.is_sound])
    newest = sound[0] if sound else None
    with_tasks = next((item for item in sound if tasks.get(item.sheet.id)), None)
    read = read_tasks(rules, tasks[with_tasks.sheet.id], with_tasks.participants) if with_tasks else ()
    skills = _skills(rules, with_tasks, sound, tasks, papers) if with_tasks else ()
    worded = [(skill.name, skill.level) for skill in skills if skill.is_worded]
    shapes = {
        item.sheet.id: frozenset((task.code or "", task.max_score) for task in tasks.get(item.sheet.id, ()))
        for item in sound
    }
    said = [
        deficit(rules, read, with_tasks.participants, worded) if with_tasks else None,
        dynamics(rules, sound, shapes),
    ]
    said.append(_below(rules, newest, low) if newest is not None and low is not None else None)
    if newest is not None and procedure == "vpr":
        paper = papers.get(newest.sheet.id)
        said += [journal_gap(rules, newest.sheet, paper), border_heaps(rules, paper)]
    statements = sorted((item for item in said if item is not None), key=lambda item: _ORDER[item.level])
    return ResultCard(
        id=f"{procedure}:{subject}:{grade}",
        title=_title(procedure, subject, grade),
        procedure=procedure,
        subject=subject,
        grade=grade,
        years=tuple(_year(item) for item in sound),
        tasks=read,
        task_year=with_tasks.sheet.year if with_tasks else None,
        statements=tuple(statements),
        problems=tuple(missing for item in sheets for missing in item.missing),
        caution=caution(newest.participants, rules.samples) if newest is not None else "",
        skills=skills,
        paper=papers.get(newest.sheet.id) if newest is not None else None,
        journal=_journal(newest.sheet) if newest is not None else None,
    )


def _skills(
    rules: ResultReading,
    chosen: SheetCounts,
    sound: Sequence[SheetCounts],
    tasks: Mapping[str, Sequence[TaskFact]],
    papers: Mapping[str, PaperDetail],
) -> tuple[SkillReading, ...]:
    read = read_tasks(rules, tasks[chosen.sheet.id], chosen.participants)
    earlier = {
        item.sheet.year or 0: tasks[item.sheet.id]
        for item in sound
        if (item.sheet.year or 0) < (chosen.sheet.year or 0) and tasks.get(item.sheet.id)
    }
    return read_skills(rules, read, papers.get(chosen.sheet.id), earlier, chosen.participants)


def _journal(sheet: ResultFact) -> tuple[int, int, int] | None:
    if sheet.lowered is None or sheet.confirmed is None or sheet.raised is None:
        return None
    counts = (sheet.lowered, sheet.confirmed, sheet.raised)
    return counts if min(counts) >= 0 and sum(counts) > 0 else None


def _below(rules: ResultReading, newest: SheetCounts, low: Identification) -> Statement | None:
    """A low result in the sense of identification; None where it is not, or where the procedure does not count."""
    sheet, limit = newest.sheet, low.share_below_minimum
    counts = (not low.subjects or sheet.subject in low.subjects) and (not low.kinds or sheet.procedure in low.kinds)
    if not counts or newest.participants < low.minimum_participants or newest.share < limit:
        return None
    shown = share(newest.below, newest.participants)
    words = (
        f"Низкий результат {sheet.year} года: ниже минимального уровня {shown}, граница методики — {percent(limit)}."
    )
    carries = caution(newest.participants, rules.samples)
    return Statement(StatementKind.BELOW, Level.HIGH, words, newest.participants, carries)


def _of_years(rules: ResultReading, sheets: Sequence[SheetCounts]) -> list[SheetCounts]:
    """The sheets of the years that a dynamic looks back, the newest first."""
    newest = max((item.sheet.year or 0 for item in sheets), default=0)
    return [item for item in sheets if (item.sheet.year or 0) > newest - max(rules.years, 1)]


def _title(procedure: str, subject: str, grade: int) -> str:
    named = SUBJECTS.get(subject, subject) or "предмет не указан"
    of_grade = f"{grade} класс" if grade else "класс не указан"
    return (
        f"{named[0].upper()}{named[1:]}, {of_grade}, {PROCEDURES.get(procedure, procedure) or 'процедура не указана'}"
    )


def _year(item: SheetCounts) -> YearMarks:
    sheet: ResultFact = item.sheet
    return YearMarks(sheet.id, sheet.year or 0, item.participants, sheet.marks, item.below)
