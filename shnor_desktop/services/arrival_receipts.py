"""What an answer does at the desk that it answers: the package that was handed over moves on."""

from __future__ import annotations

from dataclasses import replace

from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.package_json import EVERY_SCHOOL, INVITATION, RECEIPT, Manifest
from shnor_desktop.models.review import ReviewDecision
from shnor_desktop.services import owed_values
from shnor_desktop.services.delivery import Answer, keep_answer
from shnor_desktop.storage.store import WriteTransaction

_ON_ITS_WAY = ("prepared", "handed")


def apply_receipt(transaction: WriteTransaction, manifest: Manifest) -> None:
    """A receipt moves the package that it answers from «передан» to «получен», «принят» or «на доработке»."""
    if manifest.kind != RECEIPT or manifest.answers is None:
        return
    owed_values.answered(transaction, manifest.school, manifest.answers.id)
    record = transaction.records.package(manifest.answers.id)
    if record is None or record.direction != "out" or record.school != manifest.school:
        return
    decisions = transaction.reader.rows(ReviewDecision, manifest.school)
    decided = next((d.decision for d in decisions if d.package == record.id and d.decision), None)
    transaction.records.put_package(replace(record, state=decided or "received"))
    said = Answer(manifest.number, manifest.made_at, manifest.sender.name, manifest.answers.verdict, decided or "")
    keep_answer(transaction.records, record.id, said)


def note_invitation_taken(transaction: WriteTransaction, manifest: Manifest) -> None:
    """A package signed with the certificate of an invitation says that the invitation has arrived."""
    place = EVERY_SCHOOL if manifest.sender.role == WriterRole.METHODIST else manifest.school
    for record in transaction.records.packages(place):
        is_invitation = record.kind == INVITATION and record.direction == "out"
        if is_invitation and record.peer == manifest.sender.fingerprint and record.state in _ON_ITS_WAY:
            transaction.records.put_package(replace(record, state="accepted"))
