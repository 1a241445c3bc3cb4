"""The answers of a centre that are still to be given: made for every school at once, and sent like any package."""

from __future__ import annotations

import json
from dataclasses import dataclass

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.school import School
from shnor_desktop.services.channels import outgoing_folder
from shnor_desktop.services.packages import Exported, export_receipt
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.system.wording import Message, explain


@dataclass(frozen=True, slots=True)
class AnswerDue:
    """A school that has no answer to its newest package, or about which the centre wrote something since the last."""

    school: str
    name: str
    number: int


def answers_due(workspace: Workspace) -> list[AnswerDue]:
    """The schools that wait for an answer, by name."""
    require_kind(workspace, StoreKind.MUNICIPAL)
    if workspace.store.read_only:
        return []
    found = []
    with workspace.writing() as transaction:
        for school, packages in _by_school(transaction).items():
            incoming = [one for one in packages if one.direction == "in" and one.kind == "school"]
            newest = max(incoming, key=lambda one: (one.number, one.made_at), default=None)
            if newest is not None and not _is_answered(workspace, transaction, newest):
                card = transaction.reader.row(School, school, school)
                found.append(AnswerDue(school, (card.short_name or "") if card else "", newest.number))
    return sorted(found, key=lambda due: (due.name.casefold(), due.school))


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


def _by_school(transaction: WriteTransaction) -> dict[str, list[PackageRecord]]:
    found: dict[str, list[PackageRecord]] = {}
    for record in transaction.records.packages():
        found.setdefault(record.school, []).append(record)
    return found


def _is_answered(workspace: Workspace, transaction: WriteTransaction, package: PackageRecord) -> bool:
    """Whether a receipt of this package was made that tells of everything that was written about the school since."""
    sequence = transaction.log.head(workspace.writer.replica, package.school).sequence
    for record in transaction.records.packages(package.school):
        if record.direction == "out" and record.kind == "receipt":
            details = json.loads(record.details)
            if details.get("answers") == package.id and int(details.get("head", 0)) >= sequence:
                return True
    return False
