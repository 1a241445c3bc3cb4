"""«Методика»: the version that the school works by, what a newer one has otherwise, moving to it and back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from shnor_desktop.services import pack_moving
from shnor_desktop.services.pack_moving import Switched
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.pages.versions import VersionsData, VersionsPanel, read_versions
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind


class MethodologyPage(DeskPage):
    """Nothing moves by itself: a diagnosis keeps its version until the school decides otherwise."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        purpose = "По какой версии методики работает школа. Новая версия применяется, только когда вы на неё перейдёте."
        super().__init__(desk, "Методика", purpose, parent)
        self._chosen = ""
        self._data: VersionsData | None = None
        self.move_button = Button("Перейти", ButtonKind.PRIMARY, "arrow-right")
        self.move_button.clicked.connect(self.move)
        self.stay_button = Button("Остаться", ButtonKind.PLAIN)
        self.stay_button.clicked.connect(self.stay)
        self.panel = VersionsPanel((self.move_button, self.stay_button))
        self.panel.chosen.connect(self._on_chosen)
        self.set_body(self.panel)

    def load(self) -> VersionsData:
        """The versions, and what the chosen one differs in."""
        return read_versions(self.desk.workspace, self._chosen, with_consequences=True)

    def show_data(self, snapshot: VersionsData) -> None:
        """Show the versions with the two decisions."""
        self._data = snapshot
        self._chosen = snapshot.chosen
        self.panel.show_versions(snapshot)
        version, current = snapshot.version, snapshot.current
        can_move = version is not None and not version.is_in_force and not self.desk.is_read_only
        for button in (self.move_button, self.stay_button):
            button.setVisible(can_move)
        if version is not None:
            self.move_button.setText(f"Перейти на версию {version.pack.version}")
            self.stay_button.setVisible(can_move and version.is_offer)
        if current is not None:
            self.stay_button.setText(f"Остаться на версии {current.pack.version}")

    def show_target(self, target: Target) -> None:
        """Show the version of that hash."""
        wanted = target.row or target.entity
        if wanted and wanted != self._chosen:
            self._on_chosen(wanted)

    def move(self) -> None:
        """Work by the chosen version from now on; Ctrl+Z takes it back."""
        chosen, workspace = self._chosen, self.desk.workspace

        def on_moved(done: Switched) -> None:
            words = Notice(
                f"Школа перешла на версию {done.new.version}.",
                "Введённое не изменилось; чего новая версия не спрашивает, осталось в истории.",
                "Вернуться можно здесь же или по Ctrl+Z.",
            )
            self.desk.say(words, MessageLevel.DONE, "Вернуть прежнюю", self.desk.undo)

        self.desk.write(lambda: pack_moving.move_to(workspace, chosen), on_moved)

    def stay(self) -> None:
        """Keep the version in force; the other one stays in the list."""
        chosen, workspace = self._chosen, self.desk.workspace
        self._chosen = ""

        def on_stayed(_: object) -> None:
            words = Notice("Школа осталась на прежней версии.", "", "Новая останется в списке: перейти можно позже.")
            self.desk.say(words)

        self.desk.write(lambda: pack_moving.stay(workspace, chosen), on_stayed)

    def _on_chosen(self, version: str) -> None:
        if version != self._chosen:
            self._chosen = version
            self.refresh()
