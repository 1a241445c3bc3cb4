"""«Кадры»: the teaching staff, typed once; the map, the plans and the road map take it from here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services.courses import training_note
from shnor_desktop.services.table_import import TableKind
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.erasing import show_orders
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.records_page import RecordsData, RecordsPage
from shnor_desktop.ui.pages.table_import import TableImport

STAFF = RecordSpec(
    cls=StaffMember,
    columns=("full_name", "position", "category", "experience"),
    add="Добавить педагога",
    empty_title="Здесь будет список педагогов",
    empty_text=(
        "Из него программа сама посчитает показатели диагностической карты: категории, стаж, курсы, нагрузку. "
        "Список можно набрать, загрузить из файла Excel или 1С либо вставить: скопируйте строки и нажмите Ctrl+V."
    ),
    titles={"category": "Категория", "experience": "Стаж"},
    widths={"full_name": 28, "position": 17, "category": 11, "experience": 6},
)


class StaffPage(RecordsPage):
    """The staff list with the form of the chosen person."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            "staff",
            STAFF,
            "Кадры",
            "Педагоги школы. Отсюда берут числа диагностическая карта, ИОМ и дорожная карта.",
        )
        self.importing = TableImport(self, "Список педагогов", (TableKind.STAFF,))
        if not desk.is_read_only:
            self.header.add_secondary("Загрузить из файла…", "upload", self.importing.choose)
            self.header.add_secondary("Стирание данных…", "shield-alert", lambda: show_orders(desk, self.window()))

    def load(self) -> RecordsData:
        """The list; under the last training the courses of the register that are later."""
        found = super().load()
        notes = training_note(self.desk.workspace, self.desk.school)
        origins = {row: {"last_training": words} for row, words in notes.items()}
        return replace(found, rows=replace(found.rows, origins=origins)) if origins else found

    def take_files(self, paths: Sequence[Path]) -> None:
        """A list of people dropped on the page."""
        self.importing.take_files(paths)
