"""«УКЭП руководителя»: save the list to be signed, sign it elsewhere, attach the signature, see the verdict."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.qualified_signatures import Attached, attach, manifest_to_sign, suggested_list_name, verify
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.dialogs.choose import choose_file, choose_save
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label

SIGNATURES = "Файлы подписи (*.sig *.p7s *.sgn *.p7b *.txt);;Все файлы (*)"
LISTS = "Перечень файлов пакета (*.xml)"
_WIDTH = (52, 76)
_STEPS = (
    "Сохраните перечень файлов пакета. Подписывается он, а не сам пакет: в перечне отпечаток каждого файла.",
    "Подпишите перечень в своей программе для УКЭП (КриптоПро, КриптоАРМ, Контур, ViPNet): отсоединённая подпись, "
    "с сертификатом. Не открывайте и не пересохраняйте перечень в редакторе.",
    "Приложите файл подписи (.sig или .p7s). Рядом появится новый файл пакета – передавайте его.",
)


class _Desk(Protocol):
    @property
    def workspace(self) -> Workspace: ...

    def read(
        self, work: Callable[[], Any], done: Callable[[Any], None], failed: Callable[[Exception], None] | None = None
    ) -> object: ...

    def write(
        self,
        work: Callable[[], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[Worded], None] | None = None,
    ) -> object: ...


class _Page(Protocol):
    @property
    def desk(self) -> _Desk: ...

    def window(self) -> QWidget: ...


class QualifiedDialog(QDialog):
    """Three steps for one package, with the verdict under them. `open()` it; `attached` tells the new file."""

    attached = Signal(object)

    def __init__(self, page: _Page, package: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent or page.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("УКЭП руководителя")
        self._desk = page.desk
        self._package = package
        self.save_button = Button("Сохранить для подписи УКЭП", ButtonKind.PRIMARY)
        self.save_button.clicked.connect(self._on_save_clicked)
        self.attach_button = Button("Приложить подпись")
        self.attach_button.clicked.connect(self._on_attach_clicked)
        self.close_button = Button("Закрыть")
        self.close_button.clicked.connect(self.reject)
        self.verdict = label()
        self.verdict.setAccessibleName("Что известно о подписи")
        self.verdict.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._lay_out()
        self._look()

    def save_list(self, target: Path) -> None:
        """Write the list to be signed."""
        self._set_busy(True)
        work = self._desk.workspace
        self._desk.write(lambda: manifest_to_sign(self._package, target, work), self._on_saved, self._on_refused)

    def attach_signature(self, signature: Path) -> None:
        """Check a signature and write the package with it."""
        self._set_busy(True)
        work = self._desk.workspace
        self._desk.write(lambda: attach(work, self._package, signature), self._on_attached, self._on_refused)

    def _look(self) -> None:
        """Whether the package has a signature already is read off the interface thread."""
        self._set_busy(True)
        workspace, package = self._desk.workspace, self._package

        def work() -> tuple[str, ...]:
            found = verify(open_file(package, workspace).container, workspace.clock.now())
            return () if found is None else found.words

        self._desk.read(work, self._on_looked, self._on_look_failed)

    def _on_looked(self, words: tuple[str, ...]) -> None:
        if not isValid(self):
            return
        self._set_busy(False)
        if words:
            self._show(words, Tone.MUTED)
            self.save_button.hide()
            self.attach_button.hide()

    def _on_look_failed(self, error: Exception) -> None:
        if not isValid(self):
            return
        if not isinstance(error, KnownError):
            raise error
        self._on_refused(explain(error))

    def _on_save_clicked(self) -> None:
        suggested = self._package.parent / suggested_list_name(self._package)
        target = choose_save(self, "Куда сохранить перечень для подписи", LISTS, suggested)
        if target is not None:
            self.save_list(target)

    def _on_attach_clicked(self) -> None:
        signature = choose_file(self, "Файл подписи", SIGNATURES, self._package.parent)
        if signature is not None:
            self.attach_signature(signature)

    def _on_saved(self, target: Path) -> None:
        if isValid(self):
            self._set_busy(False)
            self._show((f"Перечень сохранён: {target.name}.", "Подпишите его и вернитесь сюда."), Tone.LOW)

    def _on_attached(self, done: Attached) -> None:
        if isValid(self):
            self._set_busy(False)
            self._show((f"Новый файл пакета: {done.path.name}.", *done.found.words), Tone.LOW)
            self.save_button.hide()
            self.attach_button.hide()
            self.attached.emit(done)

    def _on_refused(self, message: Worded) -> None:
        if isValid(self):
            self._set_busy(False)
            self._show((message.what, message.means, message.do), Tone.HIGH)

    def _show(self, words: tuple[str, ...], tone: Tone) -> None:
        self.verdict.setText("\n".join(word for word in words if word))
        self._heading.setVisible(True)
        self._heading.setText("Не получилось" if tone is Tone.HIGH else "Что известно о подписи")
        self.adjustSize()

    def _set_busy(self, is_busy: bool) -> None:
        self.save_button.setEnabled(not is_busy)
        self.attach_button.setEnabled(not is_busy)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1.25, 1, 1.25, 1))
        column.addWidget(label("УКЭП руководителя", TextStyle.SECTION))
        column.addWidget(self._words(self._package.name, Tone.MUTED))
        for number, step in enumerate(_STEPS, 1):
            column.addWidget(self._words(f"{number}. {step}"))
        self._heading = label("", TextStyle.SECTION)
        self._heading.setVisible(False)
        column.addWidget(self._heading)
        set_chars(self.verdict, *_WIDTH)
        column.addWidget(self.verdict)
        row = QHBoxLayout()
        set_gaps(row, 0.5, (0, 0.75, 0, 0))
        row.addStretch(1)
        for button in (self.close_button, self.attach_button, self.save_button):
            row.addWidget(button)
        column.addLayout(row)

    def _words(self, text: str, tone: Tone | None = None) -> QWidget:
        found = label(text, tone=tone)
        set_chars(found, *_WIDTH)
        return found
