"""Qt's void calls keep the references of None: PySide6 6.12 loses one per call on Python 3.11, and the process dies."""

from __future__ import annotations

import sys
from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLabel, QTableWidget, QTableWidgetItem, QWidget
from pytestqt.qtbot import QtBot

CALLS = 300
ALLOWED_DRIFT = -10


class EmptyModel(QAbstractTableModel):
    """Answers None to everything, as most models do most of the time."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 2

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 2

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        return None


def void_calls() -> dict[str, Callable[[], object]]:
    """Name calls that return nothing, or None; those of the issue lost one reference each."""
    label, table, widget, model, item = QLabel(), QTableWidget(2, 2), QWidget(), EmptyModel(), QTableWidgetItem("а")
    return {
        "QLabel.setText": lambda: label.setText("а"),
        "QTableWidget.setItem": lambda: table.setItem(0, 0, QTableWidgetItem("а")),
        "QTableWidget.item": lambda: table.item(1, 1),
        "QTableWidgetItem.setData": lambda: item.setData(Qt.ItemDataRole.UserRole, None),
        "QModelIndex.data": lambda: model.index(1, 1).data(),
        "QWidget.resize": lambda: widget.resize(10, 10),
        "QWidget.setProperty": lambda: widget.setProperty("а", None),
        "QWidget.findChild": lambda: widget.findChild(QLabel),
    }


def test_that_none_keeps_its_references_over_void_calls(qtbot: QtBot) -> None:
    lost = {}
    for name, call in void_calls().items():
        call()
        before = sys.getrefcount(None)
        for _ in range(CALLS):
            call()
        drift = sys.getrefcount(None) - before
        if drift < ALLOWED_DRIFT:
            lost[name] = drift
    assert not lost
