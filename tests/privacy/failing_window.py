"""The program as its user starts it, with every kind of failure on the way: to be run in a process of its own."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import warnings
from pathlib import Path
from typing import Any, NoReturn

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from shnor_desktop import app
from shnor_desktop.ui import program as program_module
from tests.privacy.canaries import FOLDER, MAIL, NAME, PASSPHRASE, PHONE, SNILS


def fail(*_: Any) -> NoReturn:
    """With everything that must not be seen."""
    local = f"{NAME} {PHONE}"
    try:
        raise ValueError(f"{local} {SNILS}")
    except ValueError as error:
        raise RuntimeError(f"{MAIL} {PASSPHRASE} {Path.home() / FOLDER}") from error


class Teller(QObject):
    """A signal with a slot that fails."""

    told = Signal(str)


class Dying:
    """An object whose end fails."""

    def __del__(self) -> None:
        fail()


def provoke(started: Any) -> None:
    """Every way by which a failure may be told to nobody."""
    teller = Teller(started)
    teller.told.connect(fail)
    teller.told.emit(NAME)
    QTimer.singleShot(0, fail)
    started.tasks.read(fail)
    started.tasks.write(fail)
    started.tasks.read(lambda: 1, fail)
    threading.Thread(target=fail).start()
    dying = Dying()
    dying.own = dying  # type: ignore[attr-defined]
    del dying
    gc.collect()
    warnings.warn(f"{NAME} {Path.home()}", UserWarning, stacklevel=1)
    logging.getLogger("some.library").error("%s", NAME)
    logging.getLogger("shnor_desktop.test").debug(NAME)
    try:
        fail()
    except RuntimeError:
        logging.getLogger("some.library").exception("%s", PHONE)
    for name in sys.argv[1:]:
        started._opening.open_store(Path(name))
    QTimer.singleShot(2500, QApplication.quit)


class Provoked(program_module.Program):
    """Fails a second after the start."""

    def begin(self) -> None:
        """As it does, and then everything at once."""
        super().begin()
        QTimer.singleShot(1500, lambda: provoke(self))


if __name__ == "__main__":
    program_module.Program = Provoked  # type: ignore[misc]
    status = app.run_window(app.WindowOptions())
    QTimer.singleShot(0, fail)
    fail()
