"""Requests to the founder: justified by the figures of the map, with their sums by source and by what came of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import RequestFact, SchoolFacts
from shnor_desktop.domain.methodology import Level, Pack
from shnor_desktop.domain.russian import long_date
from shnor_desktop.models.quality import REQUEST_STATES, ResourceRequest
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import QuestionView, form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.problems import in_order
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import Workspace

MOST_GROUNDS = 40
_NO_SOURCE = "источник не указан"


@dataclass(frozen=True, slots=True)
class Ground:
    """What a request may stand on: an indicator of the map that is red or yellow, or a problem field in work."""

    title: str
    text: str
    question: str = ""
    problem: str = ""
    level: Level = Level.UNKNOWN


@dataclass(frozen=True, slots=True)
class Total:
    """A sum with the number of requests that it is made of; `unknown` of them name no sum."""

    title: str
    requests: int
    cost: Decimal
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class RequestsView:
    """The totals of all requests, of sources and of states."""

    whole: Total
    by_source: tuple[Total, ...]
    by_state: tuple[Total, ...]


def grounds(workspace: Workspace, school: str | None = None) -> tuple[Ground, ...]:
    """What a request may stand on, the worst first."""
    return grounds_of(workspace.pack_of(school), read_facts(workspace, school))


def grounds_of(pack: Pack, facts: SchoolFacts) -> tuple[Ground, ...]:
    """The same from facts that were read already."""
    order = {Level.HIGH: 0, Level.MEDIUM: 1}
    worrying = [view for view in form_view_of(pack, facts).questions if view.step.level in order]
    worrying.sort(key=lambda view: order[view.step.level])
    found = [
        Ground(item.label, _of_problem(item.label, item.facts or ""), problem=item.id, level=Level.HIGH)
        for item in in_order(facts.problems)
        if item.is_active and item.label
    ]
    found += [
        Ground(
            f"{view.question.caption}: {view.shown}",
            _of_question(facts, view),
            question=view.question.code,
            level=view.step.level,
        )
        for view in worrying
    ]
    return tuple(found[:MOST_GROUNDS])


def justify(workspace: Workspace, request: str, ground: Ground) -> Done:
    """Put the ground and its text into a request; what a person wrote before stays below."""
    row = records.row(workspace, ResourceRequest, request)
    if row is None:
        raise KnownError("quality.request_gone")
    before = (row.justification or "").strip()
    text = before if ground.text in before else f"{ground.text}\n{before}".strip()
    values: dict[str, object] = {"justification": text[:4000]}
    if ground.question:
        values["question"] = ground.question
    if ground.problem:
        values["problem"] = ground.problem
    return records.edit_many(workspace, ResourceRequest.log_name, request, values)


def begin_request(workspace: Workspace, ground: Ground, kind: str = "other") -> Done:
    """A request that begins from a ground; it is addressed to the founder that the passport names."""
    facts = read_facts(workspace)
    card = records.row(workspace, School, facts.school.id) if facts.school else None
    values: dict[str, object] = {
        "title": f"Что нужно, чтобы изменить: {ground.title}"[:400],
        "kind": kind,
        "justification": ground.text,
        "to_whom": (card.founder if card else "") or "Учредителю",
        "state": "draft",
    }
    if ground.question:
        values["question"] = ground.question
    if ground.problem:
        values["problem"] = ground.problem
    return records.begin(workspace, ResourceRequest, values)


def totals(pack: Pack, requests: Sequence[RequestFact]) -> RequestsView:
    """The sums of requests; a request without a sum is counted and said to have none."""
    sources, states = dict(pack.code_list("funding_sources")), dict(REQUEST_STATES)
    return RequestsView(
        _total("Всего", requests),
        _grouped(requests, lambda item: sources.get(item.funding or "", item.funding or _NO_SOURCE)),
        _grouped(requests, lambda item: states.get(item.state or "", item.state or "готовится")),
    )


def _grouped(requests: Sequence[RequestFact], name: Callable[[RequestFact], str]) -> tuple[Total, ...]:
    found: dict[str, list[RequestFact]] = {}
    for item in requests:
        found.setdefault(name(item), []).append(item)
    return tuple(_total(title, items) for title, items in found.items())


def _total(title: str, requests: Sequence[RequestFact]) -> Total:
    known = [item.cost for item in requests if item.cost is not None]
    return Total(title, len(requests), sum(known, Decimal(0)), len(requests) - len(known))


def _of_question(facts: SchoolFacts, view: QuestionView) -> str:
    evidence = (view.typed.evidence or "").strip() if view.typed else ""
    basis = f" Подтверждение: {evidence.rstrip('.')}." if evidence else ""
    return (
        f"По диагностической карте школы на {long_date(facts.as_of)} показатель «{view.question.caption}» равен: "
        f"{view.shown}. {view.step.sentence.rstrip('.')}.{basis}"
    )


def _of_problem(title: str, figures: str) -> str:
    lines = "; ".join(line.strip().rstrip(";.") for line in figures.splitlines() if line.strip())
    return f"Проблемное поле программы перехода: {title.rstrip('.')}.{f' Показатели: {lines}.' if lines else ''}"
