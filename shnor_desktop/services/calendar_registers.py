"""The days of the registers and of the papers that the methodology asks for, as things of a calendar."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain import findings
from shnor_desktop.domain.document_set import DocumentLine, document_lines
from shnor_desktop.domain.facts import FACT_CLASSES, Fact, SchoolFacts
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.models.fields import FieldInfo
from shnor_desktop.models.quality import DOCUMENT_STATES
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.calendar_items import CalendarItem, ItemKind
from shnor_desktop.services.dated_rows import DATED, DatedRows
from shnor_desktop.services.report_dates import ReportDate, report_dates

_BEFORE = {
    "lesson_visit": "Посетить ещё раз: ",
    "planned_visit": "Посетить урок: ",
    "mentor_meeting": "Встреча с наставником: ",
    "learning_difficulty": "Проверить умение: ",
    "training_course": "Направить на курсы: ",
    "partner_school": "Заканчивается договор: ",
}
_KINDS = {kind.value: kind for kind in ItemKind if kind not in (ItemKind.MEASURE, ItemKind.EVENT)}
_PAGES = {
    "diagnostic_map": findings.MAP,
    "programme": findings.PROGRAMME,
    "roadmap": findings.ROADMAP,
    "development_plans": findings.DEVELOPMENT,
}


def register_items(pack: Pack, facts: SchoolFacts) -> Iterator[CalendarItem]:
    """Every row of a register that has a day: charges, controls, steps, courses, next visits and meetings."""
    people = {person.id: person.label for person in facts.staff}
    for dated in DATED:
        if dated.cls.log_name in FACT_CLASSES:
            look = _Look(dated, _states(pack, dated), people, facts.as_of)
            for row in facts.rows(dated.cls.log_name):
                item = look.item(row)
                if item is not None:
                    yield item


def paper_items(pack: Pack, facts: SchoolFacts) -> Iterator[CalendarItem]:
    """Reports and documents with a day. A report is late until it is marked as handed in; a document that nobody told
    of is not: it may be made without this program.
    """
    told = set()
    for line in document_lines(pack, facts):
        told.add(line.code)
        if line.due is not None:
            yield _paper(line, line.due, facts.as_of)
    for report in report_dates(pack, facts):
        if report.is_named and report.code not in told:
            yield _report(report, facts.as_of)


def done_state(entity: str) -> DatedRows | None:
    """The register whose rows are closed by one click, if this is one."""
    return next((dated for dated in DATED if dated.cls.log_name == entity and dated.done), None)


@dataclass(frozen=True, slots=True)
class _Look:
    """How the rows of one register stand in a calendar."""

    dated: DatedRows
    states: Mapping[str, str]
    people: Mapping[str, str]
    on: date

    def item(self, row: Fact) -> CalendarItem | None:
        """The row on its day; None without one."""
        dated = self.dated
        due = getattr(row, dated.due, None)
        if not isinstance(due, date):
            return None
        state = str(getattr(row, dated.state, None) or "") if dated.state else ""
        is_closed = due < self.on if dated.is_appointment else state not in dated.open_states
        name = dated.cls.log_name
        title = str(getattr(row, dated.title, None) or "") if dated.title else row.label
        return CalendarItem(
            id=f"{dated.code or name}-{row.id}",
            kind=_KINDS.get(name, ItemKind.RECORD),
            title=f"{_BEFORE.get(dated.code or name, '')}{title or info_of(dated.cls).caption.lower()}",
            due=due,
            owner=self._owner(row),
            state=self.states.get(state, ""),
            is_closed=is_closed,
            is_unmarked=dated.is_appointment,
            is_overdue=not is_closed and not dated.is_appointment and due < self.on,
            page=dated.page,
            entity=name,
            row=row.id,
            field=dated.state if dated.done else dated.due,
            is_register=True,
            named="" if name in _KINDS else info_of(dated.cls).caption.lower(),
        )

    def _owner(self, row: Fact) -> str:
        if not self.dated.owner:
            return ""
        owner = getattr(row, self.dated.owner, None)
        return self.people.get(str(owner or ""), "") or str(getattr(row, "owner_text", None) or "")


def _states(pack: Pack, dated: DatedRows) -> Mapping[str, str]:
    if not dated.state:
        return {}
    field: FieldInfo = info_of(dated.cls).fields[dated.state]
    return dict(pack.code_list(field.code_list) if field.code_list else field.choices)


def _report(report: ReportDate, on: date) -> CalendarItem:
    """A report that somebody else hands in: the school has its data by the inner day."""
    is_late = report.is_overdue(on)
    return CalendarItem(
        id=f"report-{report.code}",
        kind=ItemKind.REPORT,
        title=f"Данные к отчёту: {report.title}",
        due=report.wanted,
        state=report.state if report.mark is not None else "срок прошёл" if is_late else "предстоит",
        is_closed=report.is_handed_in,
        is_overdue=is_late,
        page=findings.ROADMAP,
        entity="document_mark",
        row=report.mark.id if report.mark is not None else "",
        field=report.code,
        phrase=report.phrase,
    )


def _paper(line: DocumentLine, due: date, on: date) -> CalendarItem:
    kind = ItemKind.REPORT if line.is_report else ItemKind.DOCUMENT
    is_known = line.mark is not None or line.is_report
    is_late = line.is_overdue(on) and is_known
    is_past = due < on
    state = dict(DOCUMENT_STATES)[line.state] if line.mark is not None else "срок прошёл" if is_past else "предстоит"
    page = findings.ROADMAP if line.is_report else _PAGES.get(line.code, findings.QUALITY)
    return CalendarItem(
        id=f"{kind.value}-{line.code}" if line.ordinal == 1 else f"{kind.value}-{line.key}",
        kind=kind,
        title=f"{line.title}: {line.part}" if line.part else line.title,
        due=due,
        state=state,
        is_closed=line.is_handed_in or (is_past and not is_late),
        is_unmarked=not line.is_handed_in,
        is_overdue=is_late,
        page=page,
        entity="document_mark" if page in (findings.ROADMAP, findings.QUALITY) else "",
        row=line.mark.id if line.mark is not None else "",
        field=line.code,
        phrase=line.phrase,
    )
