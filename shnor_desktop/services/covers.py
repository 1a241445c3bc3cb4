"""The cover sheet of a package: what anybody can read of it without this program."""

from __future__ import annotations

from datetime import datetime

from shnor_desktop.exchange.package_json import (
    DELEGATION,
    INVITATION,
    METHODOLOGY,
    RECEIPT,
    REQUEST,
    RETURNED,
    SCHOOL_PACKAGE,
    VISIT,
    Manifest,
)
from shnor_desktop.reports.documents.cover import CountFacts, CoverFacts, cover_sheet, openssl_check
from shnor_desktop.reports.pdf_writer import pdf_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.system.paths import resource

_IMPERSONAL = (
    "Пакет сделан без персональных данных: в нём нет имён, телефонов, приложенных файлов, таблиц результатов "
    "и текстов, набранных от руки. Они придут с обычным пакетом."
)


def cover_of(workspace: Workspace, manifest: Manifest, file_name: str, now: datetime, packs: int) -> bytes:
    """The sheet of a package that carries so many versions of a methodology."""
    kinds = {
        SCHOOL_PACKAGE: "данные школы",
        RECEIPT: "квитанция муниципального центра",
        METHODOLOGY: "методика для школ центра",
        DELEGATION: "часть работы для коллеги",
        RETURNED: "часть работы, которая вернулась",
        REQUEST: "запрос на подключение компьютера",
        INVITATION: "приглашение муниципального центра",
        VISIT: "посещение школы методистом",
    }
    counts = manifest.counts
    facts = CoverFacts(
        kind=kinds[manifest.kind],
        sequence=manifest.number,
        file_name=file_name,
        sender=manifest.sender.name,
        receiver=manifest.receiver.name,
        made_at=now,
        methodology=f"{workspace.pack.title}, версия {workspace.pack.version}",
        counts=(
            CountFacts("Шагов работы", counts.batches),
            CountFacts("Изменений", counts.changes),
            CountFacts("Файлов и таблиц результатов", counts.datasets - packs),
            *((CountFacts("Версий методики", packs),) if packs else ()),
        ),
        fingerprint=workspace.identity.certificate.fingerprint_words,
        sender_code=manifest.sender.code,
        previous=manifest.previous[:16],
        holds_personal_data=manifest.kind != METHODOLOGY and not manifest.impersonal,
        note=_IMPERSONAL if manifest.impersonal else "",
        check_commands=openssl_check(file_name),
        square_code=f"shnor:{manifest.sender.code}:{manifest.number}:{manifest.sender.fingerprint[:32]}",
    )
    return pdf_of(cover_sheet(facts), resource("fonts"))
