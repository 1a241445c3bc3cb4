"""The recovery sheet of a closed store: one page to print and to lock away."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.russian import date_time
from shnor_desktop.reports.content import Align, Code, Document, Heading, ListBlock, Note, Paragraph, Run, Typeface
from shnor_desktop.services.document_files import Written, bytes_of, write_bytes
from shnor_desktop.services.document_kinds import DocumentFormat

TITLE = "Лист восстановления данных"
_GROUPS_A_LINE = 5


def sheet_document(store: Path, recovery_code: str, clock: Clock) -> Document:
    """What is printed: of which store, the code in groups, how it is used and how it is kept."""
    groups = recovery_code.split()
    rows = ["   ".join(groups[at : at + _GROUPS_A_LINE]) for at in range(0, len(groups), _GROUPS_A_LINE)]
    when = date_time(clock.now().astimezone())
    blocks = (
        Heading(TITLE, 0),
        Paragraph(
            (Run("Хранилище: "), Run(store.name, bold=True), Run(f". Лист составлен {when}.")),
            Align.LEFT,
            first_line_indent=False,
        ),
        Heading("Код восстановления", 1),
        Code("\n".join(rows)),
        Paragraph(
            "Букв O, I и B в коде нет, единицы тоже: круглый знак — всегда цифра ноль. Пробелы и регистр не важны.",
            Align.LEFT,
            first_line_indent=False,
            small=True,
        ),
        Heading("Когда он нужен", 1),
        ListBlock(
            (
                "Пароль на данные забыт, или ушёл тот, кто его знал.",
                "Потерян файл ключа, который лежит рядом с хранилищем.",
                "Данные восстанавливают из копии на другом компьютере, а пароля от неё нет.",
            )
        ),
        Heading("Что сделать", 1),
        ListBlock(
            (
                "Откройте хранилище в программе. Когда она спросит пароль, нажмите «Пароль забыт».",
                "Наберите код с этого листа и придумайте новый пароль.",
                "Лист остаётся в силе, пока не сменён ключ; новый пароль его не отменяет.",
            ),
            numbered=True,
        ),
        Note(
            "Кто держит этот лист и файл хранилища, тот читает все данные. Храните лист в сейфе, не рядом с "
            "компьютером, не фотографируйте и не посылайте по почте. Если потеряны и пароль, и лист, данные не "
            "вернёт никто."
        ),
    )
    return Document(TITLE, blocks, Typeface.SANS, footer="ШНОР-Десктоп")


def write_sheet(target: Path, store: Path, recovery_code: str, clock: Clock) -> Written:
    """Write the sheet as PDF; a failure leaves what was there. KnownError document.*."""
    return write_bytes(target, bytes_of(sheet_document(store, recovery_code, clock), DocumentFormat.PDF))
