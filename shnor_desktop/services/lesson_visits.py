"""Visited lessons: the card by the pack's rubric, what it says in words, the schedule, the text for the teacher."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import LessonMarkFact, SchoolFacts, StaffFact, VisitFact
from shnor_desktop.domain.log import Restore, Set
from shnor_desktop.domain.methodology import Pack, Rubric, RubricCriterion, RubricScore
from shnor_desktop.domain.metrics.staff import gives_lessons
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.staff import SUBJECTS
from shnor_desktop.models.teaching import VISIT_KINDS, LessonMark, LessonVisit
from shnor_desktop.services import records
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import StoreKind, Workspace

SHORT_KINDS = ("mutual", "partner")
"""Kinds of visits that begin with the short card where the methodology has one."""


@dataclass(frozen=True, slots=True)
class CriterionMark:
    """A criterion with what was seen; an empty score is not marked yet."""

    criterion: RubricCriterion
    score: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class CardSection:
    """A section of the card; `words` say how often each value stands, never a sum."""

    title: str
    marks: tuple[CriterionMark, ...]
    words: str


@dataclass(frozen=True, slots=True)
class VisitCard:
    """One visit with names instead of ids."""

    visit: VisitFact
    teacher: str
    visitor: str
    school_class: str
    subject: str
    kind: str
    rubric: Rubric | None
    sections: tuple[CardSection, ...]
    is_planned: bool

    @property
    def unmarked(self) -> int:
        """Obligatory criteria without a value."""
        return sum(1 for mark in self.marks if mark.criterion.obligatory and not mark.score)

    @property
    def marks(self) -> tuple[CriterionMark, ...]:
        """All criteria in order."""
        return tuple(mark for section in self.sections for mark in section.marks)

    @property
    def place(self) -> str:
        """«12.03.2024 · математика, 5А»."""
        day = short_date(self.visit.visited_on) if self.visit.visited_on else ""
        return " · ".join(filter(None, (day, ", ".join(filter(None, (self.subject, self.school_class))))))


@dataclass(frozen=True, slots=True)
class VisitsView:
    """All visits, the newest first, and the teachers who were not visited in this school year, by name."""

    cards: tuple[VisitCard, ...]
    not_visited: tuple[StaffFact, ...]
    again: tuple[VisitCard, ...]
    """Visits after which the lesson is to be seen again and was not yet, by the day of the next visit."""

    @property
    def planned(self) -> tuple[VisitCard, ...]:
        """Lessons that are still to come, the nearest first."""
        return tuple(reversed([card for card in self.cards if card.is_planned]))

    @property
    def waiting(self) -> tuple[VisitCard, ...]:
        """Visited, and not talked over with the teacher yet."""
        return tuple(card for card in self.cards if not card.is_planned and card.visit.discussed_on is None)

    @property
    def discussed(self) -> tuple[VisitCard, ...]:
        """Visited and talked over."""
        return tuple(card for card in self.cards if not card.is_planned and card.visit.discussed_on is not None)

    def card(self, visit: str) -> VisitCard | None:
        """A visit by its id."""
        return next((card for card in self.cards if card.visit.id == visit), None)


def visits_of(pack: Pack, facts: SchoolFacts) -> VisitsView:
    """The visits from facts that were read already."""
    marks: dict[str, dict[str, LessonMarkFact]] = {}
    for mark in facts.lesson_marks:
        marks.setdefault(mark.visit or "", {})[mark.criterion or ""] = mark
    people = {person.id: person.label for person in facts.staff}
    classes = {item.id: item.label for item in facts.classes}
    ordered = sorted(facts.visits, key=lambda item: (item.visited_on or date.max, item.id), reverse=True)
    cards = tuple(_card(pack, facts.as_of, visit, marks.get(visit.id, {}), people, classes) for visit in ordered)
    since = date(school_year(facts.as_of), 9, 1)
    seen = {item.teacher for item in facts.visits if item.visited_on and since <= item.visited_on <= facts.as_of}
    teachers = sorted(filter(gives_lessons, facts.staff), key=lambda item: item.label.casefold())
    return VisitsView(cards, tuple(item for item in teachers if item.id not in seen), _again(cards))


def visits_view(workspace: Workspace, school: str | None = None) -> VisitsView:
    """The visits of a school."""
    return visits_of(workspace.pack_of(school), read_facts(workspace, school))


def school_year(day: date) -> int:
    """The year in whose autumn the school year of a day began; August belongs to the new one."""
    return day.year if day.month >= 8 else day.year - 1


def rubric_of(pack: Pack, code: str | None) -> Rubric | None:
    """A card of the methodology by its code."""
    return next((item for item in pack.rubrics if item.code == code), None)


def usual_rubric(pack: Pack, kind: str) -> str:
    """The card that a visit begins with: the shortest for mutual visits, else the first; empty where there is none."""
    if not pack.rubrics:
        return ""
    if kind in SHORT_KINDS:
        return min(pack.rubrics, key=lambda item: len(item.criteria)).code
    return pack.rubrics[0].code


def begin_visit(workspace: Workspace, values: Mapping[str, object], school: str | None = None) -> Done:
    """A visit, held or planned; the card follows the kind of the visit. A methodist visits as one, by name."""
    known = dict(values)
    if workspace.kind is StoreKind.METHODIST:
        known = {"kind": "methodist", "visitor_text": workspace.identity.certificate.name} | known
    kind = str(known.get("kind") or "")
    pack = workspace.pack_of(school)
    return records.begin(workspace, LessonVisit, {"rubric": usual_rubric(pack, kind), **known}, school)


def mark_criterion(
    workspace: Workspace,
    visit: str,
    criterion: str,
    *,
    score: str | None = None,
    note: str | None = None,
    school: str | None = None,
) -> Done:
    """What was seen at a criterion; None leaves it, an empty text takes it away."""
    info = info_of(LessonMark)
    row = records.row_id_for(workspace, info, {"visit": visit, "criterion": criterion}, school)
    requests: list[Restore | Set] = [
        Restore(info.log_name, row),
        Set(info.log_name, row, "visit", visit),
        Set(info.log_name, row, "criterion", criterion),
    ]
    for name, value in (("score", score), ("note", note)):
        if value is not None:
            requests.append(Set(info.log_name, row, name, parse_value(info.fields[name], value)))
    operation = "изменено: Карта посещения урока"
    batch = workspace.write(requests, operation, school)
    return Done(operation, row, batch.name if batch else "")


def write_draft(workspace: Workspace, visit: str, school: str | None = None) -> Done:
    """Fill the empty strengths and growth from the card, and write the text for the teacher anew."""
    card = visits_view(workspace, school).card(visit)
    if card is None:
        raise KnownError("teaching.visit_gone")
    values: dict[str, object] = {}
    strengths, growth = _from_card(card)
    if not (card.visit.strengths or "").strip() and strengths:
        values["strengths"] = strengths
    if not (card.visit.growth or "").strip() and growth:
        values["growth"] = growth
    row = records.row(workspace, LessonVisit, visit, school)
    taken = row.taken_away if row is not None else ""
    known = {"strengths": card.visit.strengths or "", "growth": card.visit.growth or ""} | values
    values["feedback"] = feedback_text(
        card, str(known["strengths"]), str(known["growth"]), card.visit.advice or "", taken or ""
    )
    return records.edit_many(workspace, LessonVisit.log_name, visit, values, school)


def mark_discussed(workspace: Workspace, visit: str, school: str | None = None) -> Done:
    """The lesson was talked over with the teacher today."""
    return records.edit(workspace, LessonVisit.log_name, visit, "discussed_on", today(workspace), school)


def feedback_text(card: VisitCard, strengths: str, growth: str, advice: str, taken: str = "") -> str:
    """The draft of what the teacher is given: plain sentences of what was typed, nothing of points."""
    day = f" {short_date(card.visit.visited_on)}" if card.visit.visited_on else ""
    place = ", ".join(filter(None, (card.subject, card.school_class)))
    topic = f" по теме «{card.visit.label}»" if card.visit.label else ""
    parts = [f"Спасибо за урок{day}{topic}{f' ({place})' if place else ''}."]
    for heading, body in (
        ("Что получилось", strengths),
        ("Над чем стоит поработать", growth),
        ("Что можно попробовать", advice),
        ("Что посетивший возьмёт для своей работы", taken),
    ):
        if body.strip():
            parts.append(f"{heading}:\n{body.strip()}")
    return "\n\n".join(parts)


def _card(
    pack: Pack,
    as_of: date,
    visit: VisitFact,
    marks: Mapping[str, LessonMarkFact],
    people: Mapping[str, str],
    classes: Mapping[str, str],
) -> VisitCard:
    rubric = rubric_of(pack, visit.rubric)
    return VisitCard(
        visit=visit,
        teacher=people.get(visit.teacher or "", "педагог не указан"),
        visitor=people.get(visit.visitor or "") or visit.visitor_text or "",
        school_class=classes.get(visit.school_class or "", ""),
        subject=dict(SUBJECTS).get(visit.subject or "", visit.subject or ""),
        kind=dict(VISIT_KINDS).get(visit.kind or "", visit.kind or ""),
        rubric=rubric,
        sections=_sections(rubric, marks) if rubric else (),
        is_planned=visit.is_planned(as_of),
    )


def _sections(rubric: Rubric, marks: Mapping[str, LessonMarkFact]) -> tuple[CardSection, ...]:
    made = []
    for title in rubric.sections():
        own = []
        for criterion in rubric.criteria:
            if criterion.section == title:
                mark = marks.get(criterion.code)
                own.append(CriterionMark(criterion, (mark and mark.score) or "", (mark and mark.note) or ""))
        made.append(CardSection(title, tuple(own), _words(rubric, own)))
    return tuple(made)


def _words(rubric: Rubric, marks: Sequence[CriterionMark]) -> str:
    """«в полной мере: 2 из 3, отчасти: 1»: how often each value stands."""
    counts = Counter(mark.score for mark in marks if mark.score)
    if not counts:
        return "не отмечено"
    said = [f"{item.caption}: {counts[item.code]}" for item in best_first(rubric) if counts[item.code]]
    left = len(marks) - sum(counts.values())
    return ", ".join([*said, *([f"не отмечено: {left}"] if left else [])]) + f" (пунктов {len(marks)})"


def best_first(rubric: Rubric) -> list[RubricScore]:
    """The values of the scale, the best first; those that do not count last."""
    counted = sorted((item for item in rubric.scale if item.points is not None), key=lambda item: -(item.points or 0))
    return [*counted, *(item for item in rubric.scale if item.points is None)]


def _from_card(card: VisitCard) -> tuple[str, str]:
    """What was fully seen, and what was not, as lists of lines with the notes; «не наблюдалось» is neither."""
    if card.rubric is None:
        return "", ""
    counted = [item.code for item in best_first(card.rubric) if item.points is not None]
    order = counted or [item.code for item in card.rubric.scale]
    best, rest = order[0], set(order[1:])
    strengths = [_line(mark) for mark in card.marks if mark.score == best]
    growth = [_line(mark) for mark in card.marks if mark.score in rest]
    return "\n".join(strengths), "\n".join(growth)


def _line(mark: CriterionMark) -> str:
    return f"– {mark.criterion.text}{f': {mark.note}' if mark.note else ''}"


def _again(cards: Sequence[VisitCard]) -> tuple[VisitCard, ...]:
    """Visits that ask for another one, while no later visit of the same teacher is there."""
    newest: dict[str | None, date] = {}
    for card in cards:
        if card.visit.visited_on:
            newest[card.visit.teacher] = max(card.visit.visited_on, newest.get(card.visit.teacher, date.min))
    open_ones = [
        card
        for card in cards
        if card.visit.again_on and card.visit.visited_on and card.visit.visited_on >= newest[card.visit.teacher]
    ]
    return tuple(sorted(open_ones, key=lambda card: card.visit.again_on or date.max))
