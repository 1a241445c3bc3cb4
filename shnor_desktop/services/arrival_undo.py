"""Taking an import back: the log as it was before, and what a receipt had moved at this desk."""

from __future__ import annotations

import json
from dataclasses import replace

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Head
from shnor_desktop.exchange.package_json import DELEGATION, INVITATION, RECEIPT, REQUEST, RETURNED, Manifest
from shnor_desktop.services import pack_arrivals, qualified_signatures
from shnor_desktop.services.delivery import ANSWERED, answer_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.records import PackageRecord
from shnor_desktop.storage.store import WriteTransaction

_STAYS = {
    DELEGATION: "package.undo_of_part",
    RETURNED: "package.undo_of_part",
    REQUEST: "package.undo_of_trust",
    INVITATION: "package.undo_of_trust",
}
"""What is taken back in another way."""


def undo_import(workspace: Workspace, package: str) -> None:
    """Take an import back; refused in words where later local changes depend on it."""
    with workspace.writing() as transaction:
        record = transaction.records.package(package)
        if record is None or record.direction != "in":
            raise KnownError("package.not_in_journal")
        if record.kind in _STAYS:
            raise KnownError(_STAYS[record.kind])
        before = _heads_before(record)
        for other in transaction.records.packages(record.school):
            later = _heads_before(other) if other.direction == "in" else {}
            if any(replica in before and head.sequence > before[replica].sequence for replica, head in later.items()):
                raise KnownError("package.undo_later_first", number=record.number, later=other.number)
        pack_arrivals.give_back(transaction, record)
        transaction.log.lower({(replica, record.school): head for replica, head in before.items()})
        _move_back(transaction, record)
        transaction.records.remove_package(package)
        transaction.records.drop(qualified_signatures.KIND, package)


def moved_by(transaction: WriteTransaction, manifest: Manifest) -> dict[str, str]:
    """What a receipt is about to move, as it stands: for the journal, so that an undo can put it back."""
    answered = manifest.answers
    record = transaction.records.package(answered.id) if manifest.kind == RECEIPT and answered is not None else None
    if record is None or record.direction != "out":
        return {}
    answer = transaction.records.kept_one(ANSWERED, record.id) or ""
    return {"package": record.id, "state": record.state, "answer": answer}


def _move_back(transaction: WriteTransaction, receipt: PackageRecord) -> None:
    """The package that a receipt had answered stands where it stood, unless a later receipt has answered it since."""
    moved = json.loads(receipt.details).get("moved") or {}
    record = transaction.records.package(moved["package"]) if moved else None
    answer = answer_of(transaction.records, moved["package"]) if moved else None
    if record is None or (answer is not None and answer.number != receipt.number):
        return
    transaction.records.put_package(replace(record, state=moved["state"]))
    if moved["answer"]:
        transaction.records.keep(ANSWERED, record.id, moved["answer"])
    else:
        transaction.records.drop(ANSWERED, record.id)


def _heads_before(record: PackageRecord) -> dict[str, Head]:
    """How far each chain counted before an import moved it on."""
    return {replica: Head(*head) for replica, head in json.loads(record.details).get("before", {}).items()}
