"""«Подтверждение передачи»: what the store knows of a package that went, as a sheet to be printed."""

from __future__ import annotations

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.school import School
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.delivery_proof import (
    DeliveryProofFacts,
    PassageFacts,
    delivery_proof_document,
    nothing_went_document,
)
from shnor_desktop.services.delivery import Delivery, answer_of, delivery_of
from shnor_desktop.services.journal import KINDS, STATES
from shnor_desktop.services.verdicts import VerdictCode
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.records import PackageRecord


def proof_document(workspace: Workspace, package: str, school: str | None = None) -> Document:
    """The sheet of one package, or of the newest that went; KnownError package.not_in_journal and others."""
    package = package or _newest(workspace, school)
    if not package:
        return nothing_went_document()
    with workspace.reading() as reader:
        record = reader.records.package(package)
        delivery, answer = delivery_of(reader.records, package), answer_of(reader.records, package)
        card = reader.row(School, record.school, record.school) if record is not None else None
        signers = {signer.fingerprint: signer.name for signer in reader.records.signers()}
    if record is None or record.direction != "out":
        raise KnownError("package.not_in_journal")
    if record.state == "prepared":
        raise KnownError("channel.not_sent_yet", number=record.number)
    verdict = VerdictCode(answer.verdict).caption if answer and answer.verdict in set(VerdictCode) else ""
    facts = DeliveryProofFacts(
        what=_what(record),
        package_number=record.number,
        package_id=record.id,
        file=record.file_name,
        sender=workspace.identity.certificate.name,
        receiver=_receiver(workspace, record, card, signers),
        made_at=parse_utc(record.made_at).astimezone(),
        state=STATES.get(record.state, record.state),
        passages=_passages(delivery),
        receipt=str(answer.number) if answer else "",
        receipt_at=parse_utc(answer.made_at).astimezone() if answer else None,
        receipt_sender=answer.sender if answer else "",
        verdict=verdict,
        decision=STATES.get(answer.decision, "") if answer else "",
    )
    return delivery_proof_document(facts)


def _newest(workspace: Workspace, school: str | None) -> str:
    with workspace.reading() as reader:
        every = reader.records.packages(school or workspace.school)
    for record in every:
        if record.direction == "out" and record.state != "prepared":
            return record.id
    return ""


def _what(record: PackageRecord) -> str:
    words = KINDS.get(record.kind, "пакет")
    return f"Пакет: {words}"


def _receiver(workspace: Workspace, record: PackageRecord, card: School | None, signers: dict[str, str]) -> str:
    if workspace.kind is StoreKind.MUNICIPAL:
        return ((card.short_name or "") if card else "") or "школы центра"
    return signers.get(record.peer, "") or "муниципальный центр"


def _passages(delivery: Delivery | None) -> tuple[PassageFacts, ...]:
    return tuple(
        PassageFacts(
            parse_utc(proof.at).astimezone(),
            proof.channel,
            proof.where,
            proof.name,
            proof.size,
            proof.sha256,
            proof.answer,
            proof.message_ids,
            proof.parts,
        )
        for proof in (delivery.proofs if delivery else ())
    )
