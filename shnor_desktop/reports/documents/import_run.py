"""«Журнал приёма пакетов»: one run of the import bench, a line for each file."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Row,
    SignatureLine,
    Table,
    Typeface,
)

_FILES = (
    Column("№", 7, Align.CENTER),
    Column("Файл", 52),
    Column("Отправитель", 40),
    Column("Пакет №", 14, Align.RIGHT),
    Column("Вердикт", 32),
    Column("Пояснение", 74),
    Column("Записей", 16, Align.RIGHT),
)


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """A file of the run, every cell as it is shown."""

    file: str
    sender: str
    number: str
    verdict: str
    words: str
    rows: str


@dataclass(frozen=True, slots=True)
class ImportRunFacts:
    """The run."""

    centre: str
    began: str
    who: str
    place: str
    state: str
    files: tuple[ImportedFile, ...]


def import_run_document(facts: ImportRunFacts) -> Document:
    """The run on turned pages."""
    counts = Counter(file.verdict for file in facts.files)
    requisites = (
        ("Кто принимал", facts.centre),
        ("Начат", facts.began),
        ("Пользователь компьютера", facts.who or "—"),
        ("Откуда", facts.place or "отдельные файлы"),
        ("Состояние", facts.state),
        ("Файлов", str(len(facts.files))),
        *((f"из них: {verdict}", str(count)) for verdict, count in sorted(counts.items())),
    )
    rows = tuple(
        Row((str(at), one.file, one.sender, one.number, one.verdict, one.words, one.rows))
        for at, one in enumerate(facts.files, start=1)
    )
    blocks: list[Block] = [
        Heading("Журнал приёма пакетов", 0),
        KeyValueTable(requisites),
        Table(_FILES, rows, empty="Файлов не было."),
        SignatureLine("Координатор"),
    ]
    return Document("Журнал приёма пакетов", tuple(blocks), Typeface.SERIF, landscape=True)
