"""«Загрузить план…»: a plan of Word or Excel, looked through and taken into the draft of a methodology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from PySide6.QtCore import QObject

from shnor_desktop.services import pack_plan, plan_import
from shnor_desktop.services.pack_plan import PlanForPack
from shnor_desktop.ui.dialogs import choose_file
from shnor_desktop.ui.dialogs.preview import PreviewDialog, PreviewLine
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.tasks import Task
from shnor_desktop.ui.theme import Tone


class PlanIntoPack(QObject):
    """Belongs to the page of the methodology."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self.dialog: PreviewDialog | None = None

    def choose(self) -> None:
        """Ask for a file."""
        path = choose_file(self._page, "План мероприятий в таблице Word или Excel", plan_import.PATTERNS)
        if path is not None:
            self.take_file(path)

    def take_file(self, path: Path) -> None:
        """Read it beside and show what would come of it."""
        workspace = self._page.desk.workspace

        def work(_task: Task) -> PlanForPack:
            return pack_plan.read_plan(workspace, path)

        self._page.run_long(f"Читаю «{path.name}»…", work, self._on_read, changes=False)

    def _on_read(self, plan: PlanForPack) -> None:
        purpose = f"Прочитано: {plan.words or 'ничего нового'}. Строки добавятся в черновик, там их можно исправить."
        title = f"План «{plan.file.name}»"
        self.dialog = PreviewDialog(
            title, purpose, list(_lines(plan)), "Добавить в черновик", parent=self._page.window()
        )
        self.dialog.accepted.connect(lambda: self._on_accepted(plan))
        self.dialog.open()

    def _on_accepted(self, plan: PlanForPack) -> None:
        desk = self._page.desk
        workspace = desk.workspace

        def on_done(words: str) -> None:
            told = Notice(f"{words[:1].upper()}{words[1:]}.", "", "Отменить всю загрузку можно одним шагом: Ctrl+Z.")
            desk.say(told, MessageLevel.DONE)

        desk.write(lambda: pack_plan.take_plan(workspace, plan), on_done)


def _lines(plan: PlanForPack) -> Iterator[PreviewLine]:
    """Sections, measures with their deadlines, executors that are new, and what is there already."""
    parts = plan.parts
    for section in parts.sections:
        number = f"{section['number']}. " if section.get("number") else ""
        yield PreviewLine(f"{number}{section['title']}", section.get("deadline", ""), "раздел")
    for measure in parts.measures:
        words = f"{measure.get('number', '')} {measure['title']}".strip()
        note = "" if measure.get("deadline") or measure.get("section") else "нет срока"
        yield PreviewLine(words, measure.get("deadline", ""), note, Tone.MEDIUM if note else Tone.MUTED)
    for role in parts.roles:
        note = "новый исполнитель: проверьте участника" if role.get("unconfirmed") else "новый исполнитель"
        yield PreviewLine(role["title"], "", note, Tone.MEDIUM if role.get("unconfirmed") else Tone.MUTED)
    for words in parts.already_there:
        yield PreviewLine(words, "", "уже есть, не добавится")
