"""What the documents of «Управление» print: plan, note, protocol, extract, request, order, list of papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import DecisionFact
from shnor_desktop.domain.russian import NBSP, number, short_date
from shnor_desktop.models.base import Entity
from shnor_desktop.models.quality import (
    DECISION_STATES,
    ORDER_STATES,
    REQUEST_STATES,
    Meeting,
    QualityReport,
    ResourceRequest,
    SchoolOrder,
)
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.staff import POSITIONS
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.document_list import DocumentListFacts, PaperLine, document_list
from shnor_desktop.reports.documents.order import AnnexFacts, OrderFacts, order_document
from shnor_desktop.reports.documents.protocol import DecidedFacts, ProtocolFacts, extract_document, protocol_document
from shnor_desktop.reports.documents.quality_plan import ControlRow, QualityPlanFacts, quality_plan_document
from shnor_desktop.reports.documents.quality_report import NoteFacts, note_document
from shnor_desktop.reports.documents.request import (
    AllRequestsFacts,
    RequestFacts,
    RequestLine,
    all_requests_document,
    request_document,
)
from shnor_desktop.reports.documents.requisites import StampFacts
from shnor_desktop.services import records
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.services.document_set import PaperView, set_of
from shnor_desktop.services.orders import annex_of, team_of
from shnor_desktop.services.programme_drafts import DraftSource, draft_values, lines_of
from shnor_desktop.services.quality import CycleLine, Step, cycle_of
from shnor_desktop.services.requests import totals
from shnor_desktop.services.workspace import Workspace

E = TypeVar("E", bound=Entity)
_MONEY_PLACES = 2
_DAYS: Mapping[type[Entity], str] = {
    QualityReport: "made_on",
    Meeting: "held_on",
    ResourceRequest: "sent_on",
    SchoolOrder: "made_on",
}
"""The day that tells which row is the newest; what bears none yet is newer than all."""


def quality_plan_facts(source: DraftSource) -> QualityPlanFacts:
    """The plan of the running school year by areas, with the marks of the cycle."""
    view = cycle_of(source.facts)
    lists = {name: dict(source.pack.code_list(name)) for name in ("control_areas", "control_methods", "meeting_kinds")}
    groups: dict[str, list[ControlRow]] = {}
    for line in view.lines:
        control = line.control
        area = lists["control_areas"].get(control.area or "", control.area or "другое")
        row = ControlRow(
            control.label,
            lists["control_methods"].get(control.method or "", ""),
            control.classes or "",
            line.words_of_day,
            line.owner,
            lists["meeting_kinds"].get(control.reviewed_at or "", ""),
            _marks(line),
        )
        groups.setdefault(area, []).append(row)
    values = draft_values(source)
    stamp = StampFacts("УТВЕРЖДЁН", (), "Директор", values["director_name"], "Приказ")
    return QualityPlanFacts(
        full_name(source),
        f"{view.year}/{view.year + 1}",
        tuple((area, tuple(rows)) for area, rows in groups.items()),
        (stamp,),
        values["director_name"],
    )


def note_facts(workspace: Workspace, source: DraftSource, school: str | None, which: str) -> NoteFacts:
    """One note; KnownError document.no_such_row."""
    of_control = [item.id for item in source.facts.notes if item.control == which]
    row = _chosen(workspace, QualityReport, of_control[-1] if of_control else which, school)
    people = {person.id: person for person in source.facts.staff}
    author = people.get(row.author or "")
    control = next((item for item in source.facts.controls if item.id == row.control), None)
    fact = next((item for item in source.facts.notes if item.id == row.id), None)
    return NoteFacts(
        school=full_name(source),
        title=row.title or "",
        author=signed_name(author.label) if author else "",
        position=_capital(dict(POSITIONS).get(author.position or "", "")) if author else "",
        number=row.number or "",
        made_on=fact.made_on if fact else None,
        control=control.label if control else "",
        held_on=control.held_on if control else None,
        looked_at=lines_of(row.looked_at),
        found=lines_of(row.found),
        conclusions=lines_of(row.conclusions),
        advice=lines_of(row.advice),
        decided=tuple(
            _decided(source, item) for item in source.facts.decisions if item.report and item.report == row.id
        ),
        is_draft=bool(row.generated),
    )


def protocol_facts(workspace: Workspace, source: DraftSource, school: str | None, which: str) -> ProtocolFacts:
    """One meeting; KnownError document.no_such_row."""
    row = _chosen(workspace, Meeting, which, school)
    people = {person.id: person.label for person in source.facts.staff}
    fact = next((item for item in source.facts.meetings if item.id == row.id), None)
    kinds = dict(source.pack.code_list("meeting_kinds"))
    agenda = tuple(_capital(part.strip()) for part in (row.agenda or "").replace("\n", ";").split(";") if part.strip())
    return ProtocolFacts(
        school=full_name(source),
        kind=kinds.get(row.kind or "", row.kind or "совещание"),
        agenda=agenda,
        heard=lines_of(row.heard),
        decided=tuple(
            _decided(source, item) for item in source.facts.decisions if item.meeting and item.meeting == row.id
        ),
        number=row.number or "",
        held_on=fact.held_on if fact else None,
        present=row.present,
        invited=row.invited or "",
        chair=signed_name(people.get(row.chair or "", "")),
        secretary=signed_name(people.get(row.secretary or "", "")),
    )


def request_facts(workspace: Workspace, source: DraftSource, school: str | None, which: str) -> RequestFacts:
    """One request as a letter; KnownError document.no_such_row."""
    row = _chosen(workspace, ResourceRequest, which, school)
    fact = next((item for item in source.facts.requests if item.id == row.id), None)
    programme = source.facts.programme
    return RequestFacts(
        school=full_name(source),
        to_whom=row.to_whom or "",
        line=_request_line(source, row),
        justification=lines_of(row.justification),
        number=row.number or "",
        sent_on=fact.sent_on if fact else None,
        programme=(programme.title or "") if programme else "",
        signatory=draft_values(source)["director_name"],
    )


def all_requests_facts(workspace: Workspace, source: DraftSource, school: str | None) -> AllRequestsFacts:
    """Every request with the totals by source and by state."""
    rows = records.rows(workspace, ResourceRequest, school)
    view = totals(source.pack, source.facts.requests)
    lines = [("Всего", view.whole), *((item.title, item) for item in (*view.by_source, *view.by_state))]
    shown = []
    for title, item in lines:
        cost = f"{number(item.cost, _MONEY_PLACES)} руб." if item.unknown < item.requests else "сумма не указана"
        unknown = f", без суммы: {item.unknown}" if 0 < item.unknown < item.requests else ""
        words = f"{cost} (заявок: {item.requests}{unknown})"
        shown.append((_capital(title), words))
    return AllRequestsFacts(
        full_name(source),
        f"на {short_date(source.facts.as_of)}",
        tuple(_request_line(source, row) for row in rows),
        tuple(shown) if rows else (),
        draft_values(source)["director_name"],
    )


def order_facts(workspace: Workspace, source: DraftSource, school: str | None, which: str) -> OrderFacts:
    """One order with its annexes; KnownError document.no_such_row."""
    row = _chosen(workspace, SchoolOrder, which, school)
    people = {person.id: person.label for person in source.facts.staff}
    annex = annex_of(row.kind or "", source)
    values = draft_values(source)
    card = source.facts.school
    team = team_of(source.pack, source.facts)
    readers = dict.fromkeys(people.get(item.staff or "", "") or item.label for item in team)
    return OrderFacts(
        school=full_name(source),
        title=row.title or "",
        preamble=row.preamble or "",
        points=lines_of(row.body),
        founder=values["founder"],
        place=(card and card.locality) or "",
        number=row.number or "",
        made_on=_day(row.made_on),
        basis=row.basis or "",
        annexes=(AnnexFacts(annex.title, annex.columns, annex.rows, annex.empty),) if annex else (),
        other_annexes=lines_of(row.annexes),
        signatory=values["director_name"],
        control=people.get(row.control or "", ""),
        readers=tuple(name for name in readers if name and name != values["director_name"]),
        draft_mark="" if row.state == "signed" else _capital(dict(ORDER_STATES).get(row.state or "", "")),
    )


def document_list_facts(source: DraftSource) -> DocumentListFacts:
    """The papers for the experts first, then the others."""
    view = set_of(source.pack, source.facts)
    there, wanted = view.completeness(reviewed=bool(view.reviewed))
    rest = tuple(paper for paper in view.papers if not paper.line.is_reviewed)
    groups = (("На экспертизу", view.reviewed), ("Остальные документы", rest))
    return DocumentListFacts(
        full_name(source),
        source.pack.title,
        f"на {short_date(source.facts.as_of)}",
        f"Готово документов{' на экспертизу' if view.reviewed else ''}: {there} из {wanted}.",
        tuple((title, tuple(map(_paper_line, papers))) for title, papers in groups if papers),
        draft_values(source)["director_name"],
    )


def _chosen(workspace: Workspace, cls: type[E], which: str, school: str | None) -> E:
    """The row of this id or with such a beginning of its title; the newest where nothing was named.

    A school without any such row gets an empty one, without an id: the paper is then a form to fill in by hand.
    KnownError document.no_such_row.
    """
    found = records.rows(workspace, cls, school)
    info = info_of(cls)
    if not which:
        day = _DAYS[cls]
        return max(found, key=lambda row: (getattr(row, day) or "9999", row.id)) if found else cls()
    wanted = which.casefold()
    for row in found:
        if row.id == which or str(getattr(row, info.title_field) or "").casefold().startswith(wanted):
            return row
    raise KnownError("document.no_such_row", title=info.caption)


def _decided(source: DraftSource, item: DecisionFact) -> DecidedFacts:
    people = {person.id: person.label for person in source.facts.staff}
    state = dict(DECISION_STATES).get(item.state or "", "")
    owner = people.get(item.owner or "", "") or item.owner_text or ""
    return DecidedFacts(item.label, owner, item.due_on, state if item.state not in (None, "open") else "")


def _request_line(source: DraftSource, row: ResourceRequest) -> RequestLine:
    pack = source.pack
    question = pack.question(row.question or "")
    problem = next((item.label for item in source.facts.problems if item.id == row.problem), "")
    ground = "; ".join(part for part in (question.caption if question else row.question or "", problem) if part)
    quantity = f"{number(row.quantity)} {row.unit or ''}".strip() if row.quantity is not None else row.unit or ""
    return RequestLine(
        row.title or "",
        dict(pack.code_list("request_kinds")).get(row.kind or "", row.kind or ""),
        quantity,
        number(row.cost, _MONEY_PLACES) if row.cost is not None else "",
        dict(pack.code_list("funding_sources")).get(row.funding or "", row.funding or ""),
        ground,
        dict(REQUEST_STATES).get(row.state or "", row.state or ""),
    )


def _marks(line: CycleLine) -> str:
    """What has come of a control, in the words of the cycle."""
    told = (f"{step.caption.lower()}: {line.words(step)}" for step in tuple(Step)[1:] if line.words(step))
    return "\n".join(told)


def _paper_line(paper: PaperView) -> PaperLine:
    mark = paper.line.mark
    return PaperLine(
        paper.title,
        (mark.number or "") if mark else "",
        short_date(mark.made_on) if mark and mark.made_on else "",
        paper.due_words,
        f"{paper.state}, срок прошёл" if paper.is_late else paper.state,
        short_date(mark.handed_on) if mark and mark.handed_on else "",
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def signed_name(full: str) -> str:
    """«Ж. И. Дальнолугова»: a name as it stands beside a signature; one of other parts stays as it is."""
    parts = full.split()
    return f"{parts[1][:1]}. {parts[2][:1]}. {parts[0]}".replace(". ", f".{NBSP}") if len(parts) == 3 else full


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


_Maker = Callable[[Workspace, DraftSource, str | None, str], Document]
QUALITY_MAKERS: Mapping[DocumentKind, _Maker] = {
    DocumentKind.QUALITY_PLAN: lambda _desk, source, _school, _which: quality_plan_document(quality_plan_facts(source)),
    DocumentKind.QUALITY_NOTE: lambda desk, source, school, which: note_document(
        note_facts(desk, source, school, which)
    ),
    DocumentKind.PROTOCOL: lambda desk, source, school, which: protocol_document(
        protocol_facts(desk, source, school, which)
    ),
    DocumentKind.PROTOCOL_EXTRACT: lambda desk, source, school, which: extract_document(
        protocol_facts(desk, source, school, which)
    ),
    DocumentKind.REQUEST: lambda desk, source, school, which: request_document(
        request_facts(desk, source, school, which)
    ),
    DocumentKind.ALL_REQUESTS: lambda desk, source, school, _which: all_requests_document(
        all_requests_facts(desk, source, school)
    ),
    DocumentKind.ORDER: lambda desk, source, school, which: order_document(order_facts(desk, source, school, which)),
    DocumentKind.DOCUMENT_LIST: lambda _desk, source, _school, _which: document_list(document_list_facts(source)),
}
"""What makes each document of «Управление»."""
