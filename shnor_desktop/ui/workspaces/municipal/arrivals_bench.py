"""The bench itself: files are chosen, their verdicts looked at, the good ones taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.import_bench import BenchResult, HowEnded, Judged
from shnor_desktop.ui.theme import TextStyle, Tone, lines, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.widgets.table import RecordTable, TablePanel
from shnor_desktop.ui.workspaces.municipal.arrivals_rows import JUDGED, flowing, judged_row

_ALL = "all"
_IF_TAKEN = "Так будет, если принять:"


class BenchPane(QWidget):
    """Tells what a person wants to do with the chosen file: to confirm its sender, to ask for it anew, to see it."""

    folder_wanted = Signal()
    help_wanted = Signal()
    confirm_wanted = Signal(int)
    letter_wanted = Signal(int)
    place_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._judged: dict[int, Judged] = {}
        self._is_rehearsal = False
        self.summary = label("", TextStyle.STRONG)
        self.others = label("", TextStyle.SMALL, Tone.MUTED)
        self.filter = SegmentBar("Какие вердикты показать")
        self.filter.chosen.connect(lambda _: self._show_rows())
        self.keeps_bad = QCheckBox("Непринятые скопировать в карантин")
        self.keeps_bad.setChecked(True)
        self.table = RecordTable(JUDGED, "Вердикты по файлам")
        self.table.row_selected.connect(lambda _: self._show_details())
        self.table.setMinimumHeight(lines(8))
        self.what = label("", TextStyle.STRONG)
        self.words = label("")
        self.confirm = Button("Сверить по телефону…", ButtonKind.PLAIN, "shield-check")
        self.letter = Button("Скопировать просьбу прислать снова", ButtonKind.PLAIN, "copy")
        self.place = Button("Открыть папку", ButtonKind.QUIET, "folder-open")
        for button, signal in (
            (self.confirm, self.confirm_wanted),
            (self.letter, self.letter_wanted),
            (self.place, self.place_wanted),
        ):
            button.clicked.connect(lambda _=False, signal=signal: self._tell(signal))
        self._stack = QStackedWidget(self)
        text = (
            "Выберите папку с флешки, из почты или с сервера либо перетащите файлы на окно. Сначала программа "
            "покажет вердикт по каждому файлу и что изменится; записано будет только после вашего согласия."
        )
        self.empty = EmptyState("Папка ещё не выбрана", text, "Выбрать папку", "folder-open")
        self.empty.begin_requested.connect(self.folder_wanted)
        self.empty.help_requested.connect(self.help_wanted)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._lay_out())
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self._stack)

    def show_nothing(self) -> None:
        """Nothing was chosen yet."""
        self._judged = {}
        self._stack.setCurrentIndex(0)

    def show_result(self, result: BenchResult, others: Sequence[Path], *, is_rehearsal: bool) -> None:
        """The verdicts of a rehearsal or of a run."""
        self._is_rehearsal = is_rehearsal
        bad_first = sorted(result.judged, key=lambda one: one.verdict.code.is_fine)
        self._judged = {one.place: one for one in bad_first}
        self.summary.setText(summary_words(result, is_rehearsal=is_rehearsal))
        names = ", ".join(file.name for file in others[:5]) + ("…" if len(others) > 5 else "")
        self.others.setText(f"Не пакеты, оставлены на месте ({len(others)}): {names}" if others else "")
        self.others.setVisible(bool(others))
        bad = any(not one.verdict.code.is_fine for one in result.judged)
        self.keeps_bad.setVisible(is_rehearsal and bad)
        counts = Counter(one.verdict.code for one in result.judged)
        segments = [(code.value, f"{code.caption} ({count})") for code, count in counts.items()]
        self.filter.set_segments([(_ALL, f"все ({len(result.judged)})"), *segments])
        self.filter.setVisible(len(segments) > 1)
        self._stack.setCurrentIndex(1)
        self._show_rows()

    def judged(self, place: int) -> Judged | None:
        """A file of the table by its place."""
        return self._judged.get(place)

    def _lay_out(self) -> QWidget:
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        top = QVBoxLayout()
        set_gaps(top, 0.25, (1, 0.5, 1, 0))
        top.addWidget(self.summary)
        top.addWidget(self.others)
        top.addWidget(self.keeps_bad)
        column.addLayout(top)
        column.addWidget(self.filter)
        column.addWidget(TablePanel(self.table, "Найти файл или школу", whole_rows=True), 1)
        below = QVBoxLayout()
        set_gaps(below, 0.25, (1, 0.25, 1, 0.5))
        below.addWidget(self.what)
        below.addWidget(self.words)
        below.addWidget(flowing((self.confirm, self.letter, self.place)))
        column.addLayout(below)
        return body

    def _show_rows(self) -> None:
        chosen, current = self.filter.current() or _ALL, self.table.current_id()
        shown = [one for one in self._judged.values() if chosen in (_ALL, one.verdict.code.value)]
        self.table.set_rows([judged_row(one, is_rehearsal=self._is_rehearsal) for one in shown])
        places = [str(one.place) for one in shown]
        first = next((str(one.place) for one in shown if not one.verdict.code.is_fine), places[0] if places else "")
        self.table.select(current if current in places else first)
        self._show_details()

    def _show_details(self) -> None:
        one = self._judged.get(_number(self.table.current_id()))
        verdict = one.verdict if one is not None else None
        is_bad = verdict is not None and not verdict.code.is_fine
        self.confirm.setVisible(verdict is not None and bool(verdict.fingerprint))
        self.letter.setVisible(is_bad)
        self.place.setVisible(is_bad)
        self.what.setVisible(verdict is not None)
        self.words.setVisible(verdict is not None)
        if verdict is None or one is None:
            return
        message = verdict.message
        trouble = one.trouble.text if one.trouble is not None else ""
        is_promise = self._is_rehearsal and verdict.code.is_fine
        self.what.setText(f"{_IF_TAKEN} {message.what}" if is_promise else message.what)
        parts = (message.means, message.do, *verdict.note_words, trouble)
        self.words.setText(" ".join(part for part in parts if part))

    def _tell(self, signal: object) -> None:
        place = _number(self.table.current_id())
        if place in self._judged:
            signal.emit(place)  # type: ignore[attr-defined]


def summary_words(result: BenchResult, *, is_rehearsal: bool) -> str:
    """«Можно принять 58 из 60. Не примутся 2.»"""
    total = len(result.judged) + len(result.left)
    bad = sum(1 for one in result.judged if not one.verdict.code.is_fine)
    new = sum(1 for one in result.judged if one.verdict.code.value.startswith("accepted"))
    same = len(result.judged) - bad - new
    first = f"Можно принять {new} из {total}." if is_rehearsal else f"Принято {new} из {total}."
    parts = [first]
    left = plural(len(result.left), "файла", "файлов", "файлов")
    if same:
        parts.append(f"Уже есть: {same}.")
    if bad:
        parts.append(f"Не примутся: {bad}." if is_rehearsal else f"Не принято: {bad}.")
    if result.ended is HowEnded.CANCELLED:
        parts.append(f"Прервано: не дошла очередь до {left}.")
    if result.reason is not None:
        parts.append(f"{result.reason.text} Не дошла очередь до {left}.")
    return " ".join(parts)


def _number(identifier: str) -> int:
    return int(identifier) if identifier.isdigit() else -1
