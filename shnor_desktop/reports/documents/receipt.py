"""The receipt sheet: what the centre received, what it decided, and its remarks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import NBSP, long_date, number, short_date
from shnor_desktop.reports.content import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Paragraph,
    Row,
    Run,
    SignatureLine,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class RemarkFacts:
    """One remark; `place` names in words what it is about, `kind` is «замечание» or the like."""

    place: str
    text: str
    kind: str = "замечание"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """`verdict` is what became of the file («принят»), `decision` what the centre decided («на доработке»)."""

    number: str
    day: date
    centre: str
    school: str
    package_file: str
    package_number: int
    received: date
    verdict: str
    decision: str
    comment: str = ""
    due: date | None = None
    remarks: tuple[RemarkFacts, ...] = ()
    fingerprint: str = ""
    official_position: str = ""
    official: str = ""


def receipt_document(facts: ReceiptFacts) -> Document:
    """The receipt that goes back to the school."""
    title = f"Квитанция №{NBSP}{facts.number} о получении пакета"
    blocks: list[Block] = [
        Heading(title, 0),
        Paragraph(f"от{NBSP}{long_date(facts.day)}", Align.CENTER, first_line_indent=False),
        Spacer(),
        KeyValueTable(_requisites(facts), key_width=30),
        Heading("Замечания и предложения", 2),
        Paragraph(_remark_count(len(facts.remarks)), Align.LEFT, first_line_indent=False),
    ]
    if facts.remarks:
        blocks.append(_remark_table(facts.remarks))
    if facts.comment:
        blocks += [Heading("Пояснение", 2), Paragraph(facts.comment, Align.LEFT, first_line_indent=False)]
    blocks.append(SignatureLine(facts.official_position or "Координатор", facts.official, BLANK_DAY))
    return Document(title, tuple(blocks), Typeface.SANS, footer=f"К пакету {facts.package_file}")


def _requisites(facts: ReceiptFacts) -> tuple[tuple[str, Cell], ...]:
    rows: list[tuple[str, Cell]] = [
        ("Кому", facts.school),
        ("От кого", facts.centre),
        ("Пакет", f"№{NBSP}{number(facts.package_number)}, файл {facts.package_file}"),
        ("Получен", long_date(facts.received)),
        ("Проверка файла", (Run(facts.verdict, bold=True),)),
        ("Решение", (Run(facts.decision, bold=True),)),
    ]
    if facts.due is not None:
        rows.append(("Доработать до", long_date(facts.due)))
    if facts.fingerprint:
        rows.append(("Отпечаток ключа школы", stated(facts.fingerprint)))
    return tuple(rows)


def _remark_count(count: int) -> str:
    if count == 0:
        return "Замечаний нет."
    return f"Записей: {number(count)}."


def _remark_table(remarks: Sequence[RemarkFacts]) -> Table:
    columns = [
        Column("№", 8, Align.CENTER),
        Column("К чему относится", 44),
        Column("Вид", 28),
        Column("Текст", 78),
    ]
    with_due = any(remark.due is not None for remark in remarks)
    if with_due:
        columns.append(Column("Срок", 24))
    rows = []
    for position, remark in enumerate(remarks, start=1):
        cells = (str(position), stated(remark.place), remark.kind, remark.text)
        due = short_date(remark.due) if remark.due is not None else stated("")
        rows.append(Row((*cells, due) if with_due else cells))
    return Table(tuple(columns), tuple(rows))
