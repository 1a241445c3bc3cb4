"""«Подтверждение передачи»: what went, when and how, its digests, and what the other side answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shnor_desktop.domain.russian import NBSP, date_time, number
from shnor_desktop.reports.content import (
    Align,
    Block,
    Cell,
    Document,
    Heading,
    KeyValueTable,
    Note,
    Paragraph,
    Run,
    SignatureLine,
    Spacer,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """One time that the file went. `answer` is what the server or drive said, `letters` the ids of the letters."""

    moment: datetime
    how: str
    where: str
    name: str
    size: int
    sha256: str
    answer: str
    letters: tuple[str, ...] = ()
    parts: int = 1


@dataclass(frozen=True, slots=True)
class DeliveryProofFacts:
    """What the sheet says. The receipt is empty while it has not come; moments are printed in their own zone."""

    what: str
    package_number: int
    package_id: str
    file: str
    sender: str
    receiver: str
    made_at: datetime
    state: str
    passages: tuple[PassageFacts, ...]
    receipt: str = ""
    receipt_at: datetime | None = None
    receipt_sender: str = ""
    verdict: str = ""
    decision: str = ""


def delivery_proof_document(facts: DeliveryProofFacts) -> Document:
    """The sheet that shows that a package was handed over."""
    blocks: list[Block] = [
        Heading("Подтверждение передачи", 0),
        Paragraph(f"{facts.what} №{NBSP}{number(facts.package_number)}", Align.CENTER, first_line_indent=False),
        Spacer(),
        KeyValueTable(_package(facts), key_width=30),
    ]
    for at, passage in enumerate(facts.passages, 1):
        title = "Передача" if len(facts.passages) == 1 else f"Передача {at}"
        blocks += [Heading(title, 2), KeyValueTable(_passage(passage), key_width=30)]
    if not facts.passages:
        blocks += [
            Heading("Передача", 2),
            Paragraph("Файл передан из рук в руки.", Align.LEFT, first_line_indent=False),
        ]
    blocks += [Heading("Ответ получателя", 2), *_answer(facts)]
    blocks.append(
        Note(
            "Отпечаток SHA-256 есть у файла один: совпал отпечаток – получен тот самый файл, байт в байт. "
            "Посчитать его может любая программа, например certutil -hashfile в Windows или sha256sum в Linux."
        )
    )
    blocks.append(SignatureLine("Передал", "", BLANK_DAY))
    return Document("Подтверждение передачи", tuple(blocks), Typeface.SANS, footer=f"К пакету {facts.file}")


def nothing_went_document() -> Document:
    """The sheet of a school that handed over nothing yet."""
    words = Paragraph("Переданных пакетов ещё нет.", Align.LEFT, first_line_indent=False)
    return Document("Подтверждение передачи", (Heading("Подтверждение передачи", 0), words), Typeface.SANS)


def _package(facts: DeliveryProofFacts) -> tuple[tuple[str, Cell], ...]:
    return (
        ("Отправитель", stated(facts.sender)),
        ("Получатель", stated(facts.receiver)),
        ("Файл", facts.file),
        ("Подготовлен", date_time(facts.made_at)),
        ("Состояние", (Run(facts.state, bold=True),)),
        ("Отпечаток пакета (SHA-256)", facts.package_id),
    )


def _passage(passage: PassageFacts) -> tuple[tuple[str, Cell], ...]:
    rows: list[tuple[str, Cell]] = [
        ("Когда", date_time(passage.moment)),
        ("Как", passage.how),
        ("Куда", passage.where),
        ("Имя на месте", passage.name),
        ("Размер", f"{number(passage.size)}{NBSP}байт"),
        ("Отпечаток файла (SHA-256)", passage.sha256),
    ]
    if passage.parts > 1:
        rows.append(("Частей", number(passage.parts)))
    rows.append(("Ответ", stated(passage.answer)))
    if passage.letters:
        rows.append(("Письма (Message-ID)", "; ".join(passage.letters)))
    return tuple(rows)


def _answer(facts: DeliveryProofFacts) -> tuple[Block, ...]:
    if not facts.receipt or facts.receipt_at is None:
        return (Paragraph("Квитанция ещё не пришла.", Align.LEFT, first_line_indent=False),)
    rows: list[tuple[str, Cell]] = [
        ("Квитанция", f"№{NBSP}{facts.receipt}"),
        ("Составлена", date_time(facts.receipt_at)),
        ("Кем", stated(facts.receipt_sender)),
        ("Проверка файла", stated(facts.verdict)),
        ("Решение", (Run(facts.decision or "рассматривается", bold=True),)),
    ]
    return (KeyValueTable(tuple(rows), key_width=30),)
