"""The papers that a methodology asks of a school: how many of each, until when, and how each stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.deadlines import PlanPeriod
from shnor_desktop.domain.facts import DocumentMarkFact, SchoolFacts, StaffFact
from shnor_desktop.domain.methodology import Pack, SchoolDocument
from shnor_desktop.domain.occurrences import Deadlines, corrections_of, plan_of_pack, stages_of_pack

ADMINISTRATION = frozenset({"director", "deputy"})
HANDED_IN = frozenset({"handed", "accepted"})
THERE = HANDED_IN | {"ready"}
MOST_COPIES = 12
_YEARS = re.compile(r"\b20\d\d/\d\d(?:\d\d)?\b")


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One paper that is asked for; of several of one kind `ordinal` counts from 1 and `part` says which it is.

    `due` is the day that the methodology or the school names; `stage_end` the last day of the stage where neither does.
    """

    code: str
    title: str
    ordinal: int = 1
    part: str = ""
    stage: str = ""
    is_required: bool = True
    is_reviewed: bool = False
    is_report: bool = False
    guidance: str = ""
    phrase: str = ""
    rule: str = ""
    due: date | None = None
    stage_end: date | None = None
    mark: DocumentMarkFact | None = None

    @property
    def state(self) -> str:
        """The state that was marked; «missing» while nothing is."""
        return (self.mark.state if self.mark else "") or "missing"

    @property
    def is_there(self) -> bool:
        """Ready, handed in or accepted."""
        return self.state in THERE

    @property
    def is_handed_in(self) -> bool:
        """Nothing is to be done about it any more."""
        return self.state in HANDED_IN

    def is_overdue(self, on: date) -> bool:
        """Not handed in, and its own day has passed; the end of a stage makes nothing late."""
        return self.due is not None and self.due < on and not self.is_handed_in and self.is_required

    @property
    def key(self) -> str:
        """Stable between readings: the code and the number."""
        return f"{self.code}-{self.ordinal}"


def document_lines(pack: Pack, facts: SchoolFacts) -> tuple[DocumentLine, ...]:
    """Every paper in the order of the methodology, the reports after the documents."""
    return tuple(_lines(pack, facts))


def administration(facts: SchoolFacts) -> tuple[StaffFact, ...]:
    """Members of the administration who take part in the assessment; all of them while no control names anybody."""
    people = [person for person in facts.staff if person.position in ADMINISTRATION]
    named = {item.owner for item in facts.controls} | {item.author for item in facts.notes}
    taking_part = [person for person in people if person.id in named]
    return tuple(sorted(taking_part or people, key=lambda person: (person.position != "director", person.label)))


def _lines(pack: Pack, facts: SchoolFacts) -> Iterator[DocumentLine]:
    marks = {(item.document, item.ordinal or 1): item for item in facts.document_marks}
    deadlines = Deadlines(
        plan_of_pack(pack), facts.as_of, stages_of_pack(pack), dict(corrections_of(pack, facts.readings))
    )
    ends = {stage.id: stage.end for stage in pack.stages}
    for document in pack.documents:
        parts = parts_of(document.count_rule, pack, facts)
        days = _days(document, deadlines)
        for place, part in enumerate(parts):
            yield _line(document, place, part, days, ends, marks)
    own = pack.school_lanes()
    for report in pack.reports:
        due = report.due if report.by in own else report.inner_due
        if due is None:
            continue
        mark = marks.get((report.code, 1))
        yield DocumentLine(
            report.code,
            report.title if report.by in own else f"Данные к отчёту: {report.title}",
            is_report=True,
            phrase=report.deadline,
            due=(mark and mark.due_on) or due,
            mark=mark,
        )


def _line(
    document: SchoolDocument,
    place: int,
    part: str,
    days: tuple[date, ...],
    ends: Mapping[str, date],
    marks: Mapping[tuple[str | None, int], DocumentMarkFact],
) -> DocumentLine:
    mark = marks.get((document.code, place + 1))
    planned = days[min(place, len(days) - 1)] if days else None
    return DocumentLine(
        code=document.code,
        title=document.title,
        ordinal=place + 1,
        part=part,
        stage=document.stage,
        is_required=document.required,
        is_reviewed=document.reviewed,
        guidance=document.guidance,
        phrase=document.deadline,
        rule=document.count_rule,
        due=(mark and mark.due_on) or planned,
        stage_end=ends.get(document.stage),
        mark=mark,
    )


def parts_of(rule: str, pack: Pack, facts: SchoolFacts) -> tuple[str, ...]:
    """What the copies of a document are called: members of the administration, school years; one without a name."""
    words = rule.casefold()
    if "администраци" in words:
        return tuple(person.label for person in administration(facts))[:MOST_COPIES] or ("",)
    named = tuple(_YEARS.findall(rule))
    if named:
        return named[:MOST_COPIES]
    if "на каждый" in words and "год" in words:
        period = PlanPeriod(pack.period_start, max(pack.period_start, pack.period_end))
        years = range(period.start.year, period.end.year + 1)
        is_school_year = "учебный год" in words
        return tuple(f"{year}/{(year + 1) % 100:02}" if is_school_year else str(year) for year in years)[:MOST_COPIES]
    return ("",)


def _days(document: SchoolDocument, deadlines: Deadlines) -> tuple[date, ...]:
    """The days that the methodology names, in order; what goes on the whole time names none."""
    if document.due is not None:
        return (document.due,)
    if not document.deadline.strip():
        return ()
    found = deadlines.read(document.deadline, document.stage)
    if not found.is_sure or found.is_optional:
        return ()
    windows = sorted(found.reading.windows, key=lambda window: window.end)
    return tuple(window.end for window in windows)
