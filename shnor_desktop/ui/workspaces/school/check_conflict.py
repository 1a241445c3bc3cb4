"""Two people changed one field: their versions side by side, and the choice of which one stays."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.log import DELETED
from shnor_desktop.models.registry import entity
from shnor_desktop.services import records
from shnor_desktop.services.check import CONFLICT
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import ConflictRecord, HistoryLine
from shnor_desktop.ui.pages.sheet import Sheet
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import label

_SHORT = 40


@dataclass(frozen=True, slots=True)
class Version:
    """One of the values between which a person decides."""

    line: HistoryLine
    words: str
    when: str
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that waits for a decision; `key` is that of its finding."""

    key: str
    record: ConflictRecord
    versions: tuple[Version, ...]


def read_conflicts(workspace: Workspace, school: str) -> dict[str, Conflict]:
    """The undecided fields by the keys of their findings; called off the interface thread."""
    found = {}
    for record in records.conflicts(workspace, school):
        place = record.key
        key = ":".join((CONFLICT, place.entity, place.row, place.field))
        titles = _titles(workspace, record, school)
        versions = tuple(
            Version(line, _words(workspace, line, titles), _when(line), at == 0) for at, line in enumerate(record.lines)
        )
        found[key] = Conflict(key, record, versions)
    return found


class ConflictPanel(QWidget):
    """The versions as sheets side by side; `kept` tells the place of the one that stays."""

    kept = Signal(int)

    def __init__(self, conflict: Conflict, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: list[Button] = []
        column = QVBoxLayout(self)
        set_gaps(column, 0.5)
        words = "Два человека изменили это поле, не зная друг о друге. Выберите, какое значение оставить."
        column.addWidget(label(words))
        sheets = QWidget(self)
        flow = FlowLayout(sheets)
        set_gaps(flow, 0.75)
        for at, version in enumerate(conflict.versions):
            flow.addWidget(self._sheet(at, version, read_only))
        column.addWidget(sheets)

    def _sheet(self, at: int, version: Version, read_only: bool) -> QWidget:
        sheet = Sheet(self)
        shown = ", сейчас показано" if version.is_shown else ""
        sheet.column.addWidget(label(f"{version.when}{shown}", TextStyle.SMALL, Tone.MUTED))
        text = label(version.words)
        text.setMinimumWidth(text.fontMetrics().horizontalAdvance("0") * _SHORT)
        sheet.column.addWidget(text)
        short = version.words if len(version.words) <= _SHORT else f"{version.words[:_SHORT].rstrip()}…"
        keep = Button(f"Оставить «{short}»", icon="check")
        keep.clicked.connect(lambda: self.kept.emit(at))
        if read_only:
            keep.hide()
        self.buttons.append(keep)
        sheet.column.addWidget(keep)
        return sheet


def _words(workspace: Workspace, line: HistoryLine, titles: Mapping[str, str]) -> str:
    if line.key.field == DELETED:
        return "удалить запись" if line.value is True else "оставить запись"
    field = records.field_of(workspace, entity(line.key.entity), line.key.field)
    return records.shown(field, line.value, titles) or "пусто"


def _titles(workspace: Workspace, record: ConflictRecord, school: str) -> Mapping[str, str]:
    """The words of references, where the field is one."""
    if record.key.field == DELETED:
        return {}
    target = entity(record.key.entity).fields[record.key.field].target
    return dict(records.reference_choices(workspace, target, school)) if target else {}


def _when(line: HistoryLine) -> str:
    """«изменено 15.10.2024 14:02» from the time of the log."""
    moment = datetime.fromisoformat(line.time).astimezone()
    return f"Изменено {moment:%d.%m.%Y} в {moment:%H:%M}"
