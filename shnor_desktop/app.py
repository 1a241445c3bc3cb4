"""The only composition root: argv becomes a window or a command line.

The frame of the window is on the screen before any data or library of data is loaded; services, models and pages
are imported on a worker's thread after the first paint.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shnor_desktop.system.paths import resource
from shnor_desktop.system.settings import load_settings, save_settings

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from shnor_desktop.ui.program import Program

SCREENS = "screens"
_SWITCH_SECONDS = 0.001
"""How long a worker may keep the interpreter from the window; Python's own 0.005 is felt while a page is read."""
_YOUNG = (5_000, 4, 20)
"""When Python looks for garbage: by its own rule it goes over everything every few pages, a fifth of a second each."""


@dataclass(frozen=True, slots=True)
class WindowOptions:
    """What the window was started with."""

    store: str = ""
    demo: bool = False
    role: str = "school"
    theme: str = ""
    scale: float = 0.0


def main(argv: Sequence[str] | None = None) -> int:
    """Run a command if one is named, else the window; returns the exit status."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given and given[0] == SCREENS and not {"-h", "--help"} & set(given):
        return _draw_screens(given[1:])
    if given and (not given[0].startswith("-") or given[0] in ("-h", "--help")):
        from shnor_desktop.cli import main as run_command  # the window needs no commands
        from shnor_desktop.system.impersonal import guard_streams

        guard_streams()
        return run_command(given)
    return run_window(_options(given))


def run_window(options: WindowOptions, first_painted: Callable[[], None] | None = None) -> int:
    """Show the frame, then everything else; returns when the window is closed."""
    from shnor_desktop.ui.shell import MainWindow  # a command needs no Qt

    sys.setswitchinterval(_SWITCH_SECONDS)
    gc.set_threshold(*_YOUNG)
    settings = load_settings()
    sys.excepthook = _note_early_failure
    app = make_application(options.theme or settings.theme, options.scale or settings.text_scale)
    window = MainWindow()
    program: list[Program] = []

    def on_painted() -> None:
        if first_painted is not None:
            first_painted()
        from shnor_desktop.system.impersonal import guard_streams
        from shnor_desktop.system.wording import explain
        from shnor_desktop.ui.program import Program, Wanted  # the frame is on the screen without it

        guard_streams()
        _guard_messages_of_qt()

        wanted = Wanted(options.store, options.role if options.demo else "", settings.store)
        program.append(Program(app, window, explain, remember, wanted))
        program[0].begin()

    call_when_painted(window.stack, on_painted)
    window.show()
    status: int = app.exec()
    for one in program:
        one.end()
    return status


def remember(**parts: str) -> None:
    """Keep settings of this user beside the others."""
    save_settings(replace(load_settings(), **parts))


def make_application(theme: str = "", scale: float = 1.0) -> QApplication:
    """The one application with its look; no theme means the one of the system."""
    from PySide6.QtWidgets import QApplication

    from shnor_desktop.ui.theme import Look
    from shnor_desktop.ui.theme.look import theme_of_system

    app = QApplication(sys.argv[:1])
    app.setApplicationName("shnor-desktop")
    app.setApplicationDisplayName("ШНОР-Десктоп")
    Look(app, resource(), theme or theme_of_system(app), scale)
    return app


def _note_early_failure(_kind: type[BaseException], error: BaseException, _trace: object) -> None:
    """Before the log is there: where it failed, without the words that may hold a path with the user's name."""
    from shnor_desktop.system.impersonal import note  # no start pays for it

    note("nobody caught at the start", error)


def _guard_messages_of_qt() -> None:
    from PySide6.QtCore import QtMsgType, qInstallMessageHandler  # after the first paint

    from shnor_desktop.system.impersonal import qt_message

    names = {QtMsgType.QtWarningMsg: "warning", QtMsgType.QtCriticalMsg: "critical", QtMsgType.QtFatalMsg: "fatal"}

    def on_message(kind: QtMsgType, _context: object, words: str) -> None:
        if kind in names:
            qt_message(names[kind], words)

    qInstallMessageHandler(on_message)


def call_when_painted(widget: QWidget, then: Callable[[], None]) -> None:
    """Call `then` once a widget has been painted for the first time."""
    from PySide6.QtCore import QEvent, QObject, QTimer

    class FirstPaint(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            if event.type() == QEvent.Type.Paint:
                watched.removeEventFilter(self)
                QTimer.singleShot(0, then)
            return False

    widget.installEventFilter(FirstPaint(widget))


def _options(given: Sequence[str]) -> WindowOptions:
    if not given:
        return WindowOptions()
    import argparse  # nine times of ten there is nothing to parse

    parser = argparse.ArgumentParser(prog="shnor", description="ШНОР-Десктоп: окно. Команды: shnor --help.")
    parser.add_argument("--store", default="", metavar="ФАЙЛ", help="открыть это хранилище")
    parser.add_argument("--demo", action="store_true", help="открыть учебную школу (или центр), сделав её, если нужно")
    parser.add_argument("--role", choices=("school", "municipal", "methodist"), default="school", help="чьи данные")
    parser.add_argument("--theme", choices=("light", "dark"), default="", help="цвета")
    parser.add_argument("--scale", type=float, default=0.0, help="размер текста: 1.0, 1.5 или 2.0")
    found = parser.parse_args(given)
    return WindowOptions(found.store, found.demo, found.role, found.theme, found.scale)


def _draw_screens(given: Sequence[str]) -> int:
    import argparse  # as above

    parser = argparse.ArgumentParser(prog="shnor screens", description="Снять все страницы в PNG на учебных данных.")
    parser.add_argument("out", type=Path, metavar="ПАПКА")
    parser.add_argument("--scale", type=float, default=1.0, choices=(1.0, 1.5, 2.0))
    parser.add_argument("--theme", default="light", choices=("light", "dark"))
    found = parser.parse_args(given)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # read when Qt starts: pictures need no screen
    app = make_application(found.theme, found.scale)
    from shnor_desktop.ui.screens import make_screens  # only for this command

    status = make_screens(found.out)
    app.quit()
    return status
