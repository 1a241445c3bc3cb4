"""How a deadline in words is read, under its field; and the small panel in which the reading is corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.deadlines import DeadlineKind, Reading, Window
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.deadlines import DEADLINE_KINDS
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.forms.field import FieldEditor
from shnor_desktop.ui.forms.typed_text import Parse, parse_typed
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label

FREQUENCIES = (
    ("month", "раз в месяц"),
    ("quarter", "раз в квартал"),
    ("term", "раз в четверть"),
    ("half_year", "раз в полугодие"),
    ("year", "раз в год"),
)
PLAN = "plan"
"""The series that is one window: the whole plan."""
_DAYLESS = (DeadlineKind.SCHEDULE, DeadlineKind.EVENT, DeadlineKind.ON_DEMAND)
_DAY = r"(\d{1,2}[./]\d{1,2}[./]\d{4}|\d{4}-\d{1,2}-\d{1,2})"
_LINE = re.compile(rf"(?:с\s+)?{_DAY}(?:\s*(?:[-–—]|по|до)\s*{_DAY})?|(?:до|к)\s+{_DAY}")
_FIELDS = {
    "kind": FieldInfo("kind", FieldKind.CHOICE, "Какой это срок", choices=DEADLINE_KINDS),
    "times": FieldInfo("times", FieldKind.CHOICE, "Как часто", choices=FREQUENCIES),
    "windows": FieldInfo(
        "windows",
        FieldKind.LONG_TEXT,
        "Дни или периоды",
        "По одному в строке: 31.03.2024 или 01.01.2024–31.03.2024.",
        max_length=6000,
    ),
    "event": FieldInfo("event", FieldKind.TEXT, "Какого события ждёт", max_length=200),
    "is_optional": FieldInfo("is_optional", FieldKind.BOOLEAN, "Делается при необходимости"),
    "note": FieldInfo("note", FieldKind.TEXT, "Почему так", "Необязательно.", max_length=300),
}


@dataclass(frozen=True, slots=True)
class Corrected:
    """What stands in the panel when it is kept."""

    kind: str
    windows: tuple[Window, ...]
    times: str
    event: str
    is_optional: bool
    note: str


class ReadingLine(QWidget):
    """«читается так: 4 срока, ближайший 31.12.2024» with «Исправить»; tells when that is pressed."""

    correct_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = SignText(self)
        self.correct = Button("Исправить", ButtonKind.LINK, "pencil")
        self.correct.set_small()
        self.correct.clicked.connect(self.correct_requested)
        column = QVBoxLayout(self)
        set_gaps(column, 0.1)
        column.addWidget(self.words)
        row = FlowLayout()
        row.addWidget(self.correct)
        column.addLayout(row)
        self.hide()

    def set_reading(self, words: str, is_sure: bool, can_correct: bool) -> None:
        """Show how it is read; what is not sure has a sign. No words hide the line."""
        icon, tone = ("calendar", Tone.MUTED) if is_sure else ("triangle-alert", Tone.MEDIUM)
        self.words.set_words(words, icon, tone)
        self.correct.setVisible(can_correct)
        self.correct.setAccessibleName(f"Исправить чтение срока. Сейчас {words}")
        self.setVisible(bool(words))

    def text(self) -> str:
        """The words shown."""
        return self.words.words.text()


class CorrectionPanel(QWidget):
    """Asks what the phrase means; tells `kept` with a `Corrected`, or that the program is to read it again."""

    kept = Signal(object)
    taken_back = Signal()

    def __init__(self, parse: Parse = parse_typed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: Mapping[str, Sequence[Window]] = {}
        self._values: dict[str, object] = {}
        self.title = label("", TextStyle.STRONG)
        self.editors = {name: FieldEditor(field, parse, self) for name, field in _FIELDS.items()}
        self.do = Button("Запомнить для этой методики", icon="check")
        self.do.clicked.connect(self.submit)
        self.back = Button("Читать как программа", ButtonKind.QUIET, "undo-2")
        self.back.clicked.connect(self.taken_back)
        self.leave = Button("Не сейчас", ButtonKind.QUIET)
        self.leave.clicked.connect(self.hide)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (0.6, 0.3, 0, 0.5))
        column.addWidget(self.title)
        for editor in self.editors.values():
            editor.edited.connect(self._on_edited)
            column.addWidget(editor)
        row = FlowLayout()
        set_gaps(row, 0.4)
        for button in (self.do, self.back, self.leave):
            row.addWidget(button)
        column.addLayout(row)
        self.hide()

    def begin(self, reading: Reading, is_corrected: bool, series: Mapping[str, Sequence[Window]]) -> None:
        """Ask about a phrase, beginning with how it is read now; `series` gives the windows of each frequency."""
        self._series = series
        kind = reading.kind.value if reading.recognised else DeadlineKind.WINDOW.value
        self._values = {
            "kind": kind,
            "times": reading.times.per if reading.times and reading.times.per in dict(FREQUENCIES) else None,
            "windows": lines_of(reading),
            "event": reading.event or None,
            "is_optional": reading.is_optional or None,
            "note": None,
        }
        self.title.setText(f"Как понимать «{reading.phrase.strip()}»?")
        self.back.setVisible(is_corrected)
        for name, editor in self.editors.items():
            editor.forget()
            editor.set_value(self._values[name])
        self._show_needed()
        self.show()
        self.editors["kind"].focus()

    def submit(self) -> None:
        """Tell what was said, or under a field what is wrong with it."""
        self.do.setFocus()
        for editor in self.editors.values():
            editor.editor.leave()
        kind = str(self._values.get("kind") or "")
        if not kind:
            self.editors["kind"].set_error("Выберите, какой это срок.")
            return
        windows: tuple[Window, ...] = ()
        if DeadlineKind(kind) not in _DAYLESS:
            try:
                windows = windows_of(str(self._values.get("windows") or ""))
            except BadLine as bad:
                self.editors["windows"].set_error(bad.words)
                self.editors["windows"].focus()
                return
        self.kept.emit(
            Corrected(
                kind=kind,
                windows=windows,
                times=str(self._values.get("times") or "") if kind == DeadlineKind.RECURRING else "",
                event=str(self._values.get("event") or "") if kind == DeadlineKind.EVENT else "",
                is_optional=bool(self._values.get("is_optional")),
                note=str(self._values.get("note") or ""),
            )
        )

    def refuse(self, words: str) -> None:
        """Show why it was not kept."""
        self.editors["windows" if not self.editors["windows"].isHidden() else "kind"].set_error(words)

    def _on_edited(self, name: str, value: object) -> None:
        self._values[name] = value
        self.editors[name].set_error("")
        if name == "kind":
            self._show_needed()
            if value == DeadlineKind.ONGOING.value:
                self._fill(self._series.get(PLAN, ()))
        elif name == "times":
            self._fill(self._series.get(str(value or ""), ()))

    def _fill(self, windows: Sequence[Window]) -> None:
        if windows:
            text = "\n".join(line_of(window) for window in windows)
            self._values["windows"] = text
            self.editors["windows"].set_value(text)

    def _show_needed(self) -> None:
        kind = str(self._values.get("kind") or "")
        self.editors["times"].setVisible(kind == DeadlineKind.RECURRING)
        self.editors["windows"].setVisible(kind not in _DAYLESS)
        self.editors["event"].setVisible(kind == DeadlineKind.EVENT)
        self.editors["is_optional"].setVisible(kind != DeadlineKind.ON_DEMAND)


class BadLine(Exception):
    """A line is neither a day nor a period; `words` say so."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


def windows_of(text: str) -> tuple[Window, ...]:
    """Days and periods, one a line; BadLine for anything else, and for nothing."""
    found = [_window(line.strip()) for line in text.splitlines() if line.strip()]
    if not found:
        raise BadLine("Впишите хотя бы один день или период.")
    return tuple(found)


def lines_of(reading: Reading) -> str | None:
    """The windows of a reading as they are typed; «до 15 мая» is a day."""
    is_until = reading.kind is DeadlineKind.DATE and len(reading.windows) == 1
    windows = [Window(one.end, one.end) for one in reading.windows] if is_until else reading.windows
    return "\n".join(line_of(window) for window in windows) or None


def line_of(window: Window) -> str:
    """«31.03.2024» or «01.01.2024–31.03.2024»."""
    days = (window.start, window.end)
    return short_date(window.end) if window.start == window.end else "–".join(short_date(day) for day in days)


def _window(line: str) -> Window:
    found = _LINE.fullmatch(line.rstrip(".,; ").removesuffix("г").rstrip())
    if found is None:
        raise BadLine(f"«{line[:60]}» — не день и не период. Напишите так: 31.03.2024 или 01.01.2024–31.03.2024.")
    first, last, until = found.groups()
    days = [_day(words, line) for words in (first, last, until) if words]
    window = Window(days[0], days[-1])
    if window.end < window.start:
        raise BadLine(f"«{line[:60]}»: период кончается раньше, чем начинается.")
    return window


def _day(words: str, line: str) -> date:
    parts = [int(part) for part in re.split(r"[./-]", words)]
    year, month, day = parts if "-" in words else reversed(parts)
    try:
        return date(year, month, day)
    except ValueError:
        raise BadLine(f"«{line[:60]}»: такого дня нет.") from None
