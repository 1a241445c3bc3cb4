"""The sheet that shows that a package went, and what the page says of one that did not."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports.content import texts
from shnor_desktop.services import centre, channels, documents, inbox, journal, outbox, packages
from shnor_desktop.services.attention import attention
from shnor_desktop.services.channels import ChannelKind, ChannelSettings
from shnor_desktop.services.delivery_proof import proof_document
from shnor_desktop.services.delivery_views import delivery_words, marks
from shnor_desktop.services.document_kinds import DocumentFormat, DocumentKind
from tests.services.exchange_desks import Desks, add_teacher


def by_folder(desks: Desks, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for workspace in (desks.school, desks.centre):
        channels.put_channel(workspace, ChannelSettings("share", ChannelKind.FOLDER, "общая папка", str(folder)))


def test_that_the_sheet_names_what_went_when_how_and_the_answer(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    by_folder(desks, tmp_path / "share")
    add_teacher(desks.school, "Примерова Ольга Петровна")
    package = packages.export_package(desks.school, channels.outgoing_folder(desks.school)).id
    with pytest.raises(KnownError) as early:
        proof_document(desks.school, package)
    assert early.value.code == "channel.not_sent_yet"
    (sent,) = outbox.send_due(desks.school).sent
    words = "\n".join(texts(proof_document(desks.school, package)))
    assert all(part in words for part in (package, sent.sha256, "общая папка", "прочитано обратно", "не пришла"))
    inbox.fetch_all(desks.centre)
    centre.decide_package(desks.centre, desks.school.school, "accepted")
    packages.export_receipt(desks.centre, desks.school.school, channels.outgoing_folder(desks.centre))
    outbox.send_due(desks.centre)
    (came,), _ = inbox.fetch_all(desks.school)
    inbox.take_in_file(desks.school, Path(came.fetched.file), came.verdict.fingerprint)
    words = "\n".join(texts(proof_document(desks.school, "")))
    assert all(part in words for part in ("Квитанция", "МОЦ Лесного района", "принят"))
    for form in (DocumentFormat.PDF, DocumentFormat.DOCX, DocumentFormat.XLSX):
        written = documents.write_document(
            desks.school, DocumentKind.DELIVERY_PROOF, tmp_path / f"proof.{form.value}", form=form, which=package
        )
        assert written.path.stat().st_size > 1000
    answer = next(line for line in journal.journal(desks.centre) if line.is_outgoing)
    assert answer.file_name in "\n".join(texts(proof_document(desks.centre, answer.id, desks.school.school)))


def test_that_the_page_says_what_waits_and_for_whom(desks: Desks, tmp_path: Path) -> None:
    assert attention(desks.school).words == ""
    by_folder(desks, tmp_path / "share")
    package = packages.export_package(desks.school, channels.outgoing_folder(desks.school)).id
    outbox.enqueue_prepared(desks.school)
    assert attention(desks.school).words == "ждёт отправки: 1"
    (line,) = journal.journal(desks.school)
    assert marks(line) == "●○○○"
    next(channels.outgoing_folder(desks.school).iterdir()).unlink()
    outbox.send_due(desks.school)
    assert attention(desks.school).for_person == 1
    words, is_trouble = delivery_words(outbox.deliveries(desks.school)[package])
    assert is_trouble
    assert "сделайте пакет заново" in words
