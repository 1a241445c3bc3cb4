"""The answers of a centre that are still to be given: made for every school at once, and sent like any package."""

from __future__ import annotations

from dataclasses import dataclass

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.review import ReviewDecision
from shnor_desktop.services import centre, records
from shnor_desktop.services.channels import outgoing_folder
from shnor_desktop.services.packages import Exported, export_receipt
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.system.wording import Message, explain


@dataclass(frozen=True, slots=True)
class AnswerDue:
    """A school whose newest package was decided on, and that has no receipt with this decision yet."""

    school: str
    name: str
    number: int


def answers_due(workspace: Workspace) -> list[AnswerDue]:
    """The schools that wait for an answer which is ready: a decision, and nothing sent since it was made."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    found = []
    for school in centre.school_ids(workspace):
        line = centre.school_line(workspace, school)
        if line.package is None:
            continue
        with workspace.reading() as reader:
            every = reader.records.packages(school)
        if _is_decided(workspace, school, line.package.id) and not _is_answered(every, line.package):
            found.append(AnswerDue(school, line.name, line.package.number))
    return found


def make_answers(workspace: Workspace) -> tuple[list[Exported], list[tuple[str, Message]]]:
    """Write the receipt of every school that waits for one; a school that cannot be answered stops no other."""
    made: list[Exported] = []
    failed: list[tuple[str, Message]] = []
    for due in answers_due(workspace):
        try:
            made.append(export_receipt(workspace, due.school, outgoing_folder(workspace)))
        except KnownError as error:
            failed.append((due.name, explain(error)))
    return made, failed


def _is_decided(workspace: Workspace, school: str, package: str) -> bool:
    decisions = records.rows(workspace, ReviewDecision, school)
    return any(one.package == package and one.decision for one in decisions)


def _is_answered(every: list[PackageRecord], package: PackageRecord) -> bool:
    """Whether a receipt was made after this package came; a decision that was changed since is answered by hand."""
    return any(one.direction == "out" and one.kind == "receipt" and one.made_at >= package.made_at for one in every)
