"""How the school is managed: ВСОКО comes round, charges are kept, requests stand on figures, papers are handed in."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case, is_blank
from shnor_desktop.domain.document_set import document_lines
from shnor_desktop.domain.facts import ControlFact, DecisionFact, RequestFact
from shnor_desktop.domain.findings import QUALITY, CheckCode, Finding, about, short_label
from shnor_desktop.domain.russian import long_date

DAYS_FOR_NOTE = 14
"""How long after a control its note may take before it is asked for; a proposal of ours."""


def quality_findings(case: Case) -> Iterator[Finding]:
    """Controls, then notes, charges, requests and papers."""
    for control in case.facts.controls:
        yield from _control(case, control)
    yield from _notes(case)
    for decision in case.facts.decisions:
        yield from _decision(case, decision)
    for request in case.facts.requests:
        yield from _request(request)
    yield from _documents(case)


def _control(case: Case, control: ControlFact) -> Iterator[Finding]:
    due, held = control.due_on, control.held_on
    if control.is_open and due is not None and due < case.as_of:
        yield about(control, CheckCode.CONTROL_OVERDUE, QUALITY, "state", due=long_date(due))
    if control.state in ("moved", "cancelled") and is_blank(control.reason):
        yield about(control, CheckCode.CONTROL_UNEXPLAINED, QUALITY, "reason")
    if control.state != "held" or held is None:
        return
    if held > case.as_of:
        yield about(control, CheckCode.CONTROL_AHEAD, QUALITY, "held_on", day=long_date(held))
    has_note = any(note.control == control.id for note in case.facts.notes)
    if not has_note and (case.as_of - held).days > DAYS_FOR_NOTE:
        yield about(control, CheckCode.CONTROL_WITHOUT_NOTE, QUALITY, "held_on", held=long_date(held))


def _notes(case: Case) -> Iterator[Finding]:
    decided = {decision.report for decision in case.facts.decisions}
    for note in case.facts.notes:
        if note.generated:
            yield about(note, CheckCode.NOTE_UNREAD, QUALITY, "generated")
        elif note.id not in decided:
            yield about(note, CheckCode.NOTE_WITHOUT_DECISION, QUALITY, "advice")


def _decision(case: Case, decision: DecisionFact) -> Iterator[Finding]:
    if decision.state != "cancelled" and is_blank(decision.owner) and is_blank(decision.owner_text):
        yield about(decision, CheckCode.DECISION_WITHOUT_OWNER, QUALITY, "owner")
    if decision.due_on is not None and decision.is_overdue(case.as_of):
        yield about(decision, CheckCode.DECISION_OVERDUE, QUALITY, "state", due=long_date(decision.due_on))
    if decision.report and decision.state == "done" and decision.checked_on is None:
        yield about(decision, CheckCode.DECISION_UNCHECKED, QUALITY, "checked_on")


def _request(request: RequestFact) -> Iterator[Finding]:
    if is_blank(request.justification):
        yield about(request, CheckCode.REQUEST_UNJUSTIFIED, QUALITY, "justification")
    if request.state not in (None, "draft") and request.cost is None and request.kind in ("equipment", "repair"):
        yield about(request, CheckCode.REQUEST_WITHOUT_COST, QUALITY, "cost")


def _documents(case: Case) -> Iterator[Finding]:
    """Papers whose own day has passed; a school that has marked none yet is told of all of them at once."""
    late = [line for line in document_lines(case.pack, case.facts) if line.is_overdue(case.as_of)]
    if late and not case.facts.document_marks:
        params: dict[str, str | int] = {"count": len(late), "document": short_label(late[0].title)}
        yield Finding(CheckCode.DOCUMENTS_UNMARKED, QUALITY, "document_mark", params=params)
        return
    for line in late:
        words = f"{line.title} ({line.part})" if line.part else line.title
        due = long_date(line.due) if line.due else ""
        named = {"document": short_label(words), "due": due}
        yield Finding(CheckCode.DOCUMENT_OVERDUE, QUALITY, "document_mark", "", line.key, named)
