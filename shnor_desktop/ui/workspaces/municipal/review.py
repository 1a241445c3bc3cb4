"""«Рассмотрение» at the centre: what every reviewer reads, with the decision on the package and the answer."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from shnor_desktop.services import centre, packages
from shnor_desktop.services.centre import SchoolLine
from shnor_desktop.services.journal import STATES
from shnor_desktop.ui.dialogs import ConfirmDialog, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages import Desk
from shnor_desktop.ui.pages.remark_feed import count_words
from shnor_desktop.ui.pages.review_page import ReviewPage as SharedReviewPage
from shnor_desktop.ui.workspaces.municipal.decision import DecisionDialog


class ReviewPage(SharedReviewPage):
    """The page of all reviewers; the answer to the school is a receipt."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.header.add_secondary("На доработку", "undo-2", lambda: self.decide("returned"))
        self.header.add_secondary("Принять", "check", lambda: self.decide("accepted"))
        self.header.set_primary("Выгрузить ответ школе", "send")
        self.header.primary_clicked.connect(self.choose_answer_folder)

    def decision_words(self, line: SchoolLine) -> str:
        """A package without a decision waits for one."""
        return f": {'ждёт ответа' if line.state == 'received' else STATES.get(line.state, '')}"

    def decide(self, decision: str) -> None:
        """Ask for the words of the decision and keep it."""
        if self.view is None:
            return
        left = [thread.line for thread in self.view.threads if thread.line.is_open]
        dialog = DecisionDialog(decision, self.view.line.name, left, self.window())
        dialog.decided.connect(
            lambda comment, due, remarks: self.keep_decision(decision, comment, due, must_close=remarks)
        )
        dialog.open()

    def keep_decision(
        self,
        decision: str,
        comment: str,
        due: str,
        *,
        must_close: Sequence[str] = (),
        despite_open: bool = False,
    ) -> None:
        """Keep a decision on the newest package of the school; open remarks are asked about before it is accepted."""
        school, workspace = self.school, self.desk.workspace
        words = Notice(f"Решение записано: {STATES[decision]}.", "", "Выгрузите ответ, чтобы школа его увидела.")

        def on_refused(message: Worded) -> None:
            left = [thread for thread in self.view.threads if thread.line.is_open] if self.view else []
            if decision == "accepted" and left and not despite_open:
                self._ask_despite_open(len(left), lambda: self.keep_decision(decision, comment, due, despite_open=True))
            else:
                self.desk.say(message, MessageLevel.ERROR)

        self.desk.write(
            lambda: centre.decide_package(
                workspace, school, decision, comment, due, must_close=must_close, despite_open=despite_open
            ),
            lambda _done: self.desk.say(words, MessageLevel.DONE, "Выгрузить ответ", self.choose_answer_folder),
            on_refused,
        )

    def _ask_despite_open(self, count: int, go_on: Any) -> None:
        question = f"Принять пакет, хотя открыто {count_words(count)}?"
        words = "Открытые замечания останутся у школы. Их можно сначала принять или снять на вкладке «Замечания»."
        dialog = ConfirmDialog(question, words, "Принять с открытыми", "Вернуться к замечаниям", self.window())
        dialog.accepted.connect(go_on)
        dialog.rejected.connect(lambda: self.show_mode("feed"))
        dialog.open()

    def choose_answer_folder(self) -> None:
        """Ask for a folder and write the receipt into it."""
        folder = choose_folder(self, "Куда сохранить ответ школе: папка или флешка")
        if folder is not None:
            self.answer_to(folder)

    def answer_to(self, folder: Path) -> None:
        """Write the signed receipt with the decision and the remarks."""
        school, workspace = self.school, self.desk.workspace

        def work(task: Any) -> packages.Exported:
            task.report(0, 0, "заверяем ответ школе")
            return packages.export_receipt(workspace, school, folder)

        self.run_long("Готовим ответ школе", work, self._on_answered)

    def _on_answered(self, exported: packages.Exported) -> None:
        words = Notice(
            f"Ответ сохранён: {exported.path.name}.", f"Папка: {exported.path.parent}.", "Передайте файл школе."
        )
        self.desk.say(words, MessageLevel.DONE)
