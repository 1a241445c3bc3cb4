"""«Стереть данные человека»: the question before an order, and the list of orders with their confirmation here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.erasures import ERASABLE, ERASURE_REASONS
from shnor_desktop.services import erasures
from shnor_desktop.services.erasures import WORD, Erased, Extent, Order
from shnor_desktop.services.workspace import StoreKind
from shnor_desktop.ui.dialogs import ConfirmDialog
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.messages import MessageLevel, Notice, Worded
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.theme import TextStyle, Tone, chars, lines, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.line import TypedLine
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row

_COLUMNS = [
    Column("day", "Дата", 11),
    Column("school", "Школа", 15),
    Column("what", "Что стереть", 24, stretches=True),
    Column("state", "Здесь", 17),
]
_CONSEQUENCE = (
    "Стереть – не удалить: вернуть нельзя ни Ctrl+Z, ни принятым пакетом. Останется только отметка, что запись была. "
    "Центр сотрёт эти данные у себя, когда примет ваш следующий пакет и подтвердит."
)


def can_order(desk: Desk, log_name: str) -> bool:
    """Whether rows of this entity can be erased at this desk: people, at a school's own desk."""
    workspace = desk.workspace
    is_school = workspace.kind is StoreKind.SCHOOL and workspace.grant is None
    return log_name in ERASABLE and is_school and not desk.is_read_only


def add_erase_button(row: QHBoxLayout, desk: Desk, log_name: str, current: Callable[[], str]) -> Button | None:
    """«Стереть данные…» for the row that is current when it is pressed; None where nothing can be erased."""
    if not can_order(desk, log_name):
        return None
    button = Button("Стереть данные…", ButtonKind.QUIET, "shield-alert", "Стереть данные человека без возврата, везде")
    button.clicked.connect(lambda: ask_to_erase(desk, log_name, current(), button.window()))
    row.addWidget(button)
    return button


def ask_to_erase(desk: Desk, log_name: str, row: str, parent: QWidget) -> None:
    """Ask before the data of a person are erased; erased when the director has typed the word."""
    workspace = desk.workspace
    desk.read(lambda: erasures.extent(workspace, log_name, row), partial(_ask, desk, log_name, row, parent))


def show_orders(desk: Desk, parent: QWidget) -> None:
    """The orders that are known here, with those that wait to be confirmed."""
    dialog = OrdersDialog(desk, parent)
    dialog.read()
    dialog.open()


def _ask(desk: Desk, log_name: str, row: str, parent: QWidget, found: Extent) -> None:
    dialog = EraseDialog(found, parent)
    workspace = desk.workspace

    def on_asked() -> None:
        reason, document, word = dialog.reason, dialog.document.text(), dialog.word.text()
        packages, backups = dialog.packages.isChecked(), dialog.backups.isChecked()

        def order_and_confirm() -> Erased:
            made = erasures.order(workspace, log_name, row, reason, document, word)
            return erasures.confirm(workspace, made.id, remove_packages=packages, remove_backups=backups)

        dialog.do_button.setEnabled(False)
        desk.write(order_and_confirm, on_done, dialog.refuse)

    def on_done(done: Erased) -> None:
        dialog.accept()
        desk.say(_said(done), MessageLevel.INFO)

    dialog.asked.connect(on_asked)
    dialog.open()


def _said(done: Erased) -> Notice:
    left = len(done.left.packages) + len(done.left.away)
    more = f"Пакеты, записанные раньше, могут хранить эти данные: {left}. " if left else ""
    more += f"Резервные копии: {len(done.left.backups)}, прежние тоже хранят. " if len(done.left.backups) > 1 else ""
    removed = f"Удалено файлов: {len(done.removed)}. " if done.removed else ""
    return Notice(f"Данные стёрты: записей {done.rows}.", f"{removed}{more}Вернуть их нельзя.", done.left.by_hand[0])


class Consent(QWidget):
    """What else to remove on this computer."""

    def __init__(self, packages: int, backups: int) -> None:
        super().__init__()
        self.packages = QCheckBox(f"Удалить пакеты, записанные на этом компьютере (файлов: {packages})")
        self.backups = QCheckBox(f"Сделать новую резервную копию и удалить прежние (файлов: {backups})")
        column = QVBoxLayout(self)
        set_gaps(column, 0.4)
        for box, count in ((self.packages, packages), (self.backups, backups)):
            box.setChecked(count > 0)
            box.setEnabled(count > 0)
            column.addWidget(box)


class EraseDialog(ConfirmDialog):
    """What goes, why, by which document, and the word that a director types; `asked` when all is said."""

    asked = Signal()

    def __init__(self, found: Extent, parent: QWidget | None = None) -> None:
        title = f"«{found.title}»" if found.title else "этой записи"
        super().__init__(f"Стереть данные: {title}?", _CONSEQUENCE, "Стереть навсегда", "Оставить", parent)
        rows = "; ".join(f"{name} – {count}" for name, count in found.rows)
        area = ScrollColumn(gap=0.5, margins=0)
        area.setMinimumSize(chars(62), lines(9))
        self.extra.addWidget(area, 1)
        area.add(_wide(f"Будет стёрто со всеми прежними значениями: {rows}. И файлы при этих записях."))
        self._reasons = QuietCombo()
        self._reasons.setAccessibleName("Основание")
        for code, caption in ERASURE_REASONS:
            self._reasons.addItem(caption, code)
        self.document = TypedLine()
        self.document.setAccessibleName("Документ")
        self.document.setPlaceholderText("заявление от 12.05.2025 № 7 – без фамилий")
        self.word = TypedLine()
        self.word.setAccessibleName("Подтверждение директора")
        self.word.textChanged.connect(lambda _text: self._show_state())
        for caption, editor in (
            ("Основание", self._reasons),
            ("Документ, если есть", self.document),
            (f"Подтверждение директора: наберите слово «{WORD}»", self.word),
        ):
            area.add(label(caption, TextStyle.SMALL, Tone.MUTED))
            area.add(editor)
        consent = Consent(len(found.traces.packages), len(found.traces.backups))
        self.packages, self.backups = consent.packages, consent.backups
        area.add(consent)
        for words in found.traces.by_hand:
            area.add(_wide(words, Tone.MUTED))
        self.problem = SignText(self)
        self.problem.hide()
        self.extra.addWidget(self.problem)
        self.do_button.clicked.disconnect()
        self.do_button.clicked.connect(self.asked.emit)
        self._show_state()
        screen = self.screen().availableGeometry() if self.screen() else None
        tallest = screen.height() - lines(3) if screen else lines(30)
        self.resize(chars(68), min(tallest, lines(33)))

    @property
    def reason(self) -> str:
        """The code of the reason."""
        return str(self._reasons.currentData())

    def refuse(self, message: Worded) -> None:
        """Say why not; what was typed stays."""
        self.problem.set_words(f"{message.what} {message.do}", "circle-alert", Tone.HIGH)
        self.problem.show()
        self._show_state()

    def _show_state(self) -> None:
        self.do_button.setEnabled(self.word.text().strip().casefold() == WORD.casefold())


class OrdersDialog(QDialog):
    """Orders with their state on this copy; the one that waits can be confirmed here."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Стирание данных")
        self._desk = desk
        self._orders: dict[str, Order] = {}
        self.table = RecordTable(_COLUMNS, "Поручения стереть данные")
        self.table.row_selected.connect(lambda _row: self._show_tools())
        self.table.set_row_lines(2)
        self.table.setMinimumSize(chars(70), lines(10))
        self.empty = _wide(
            "Поручений нет. Школа поручает стереть данные человека в его записи: кнопка «Стереть данные…».", Tone.MUTED
        )
        self.confirm = Button("Стереть на этом компьютере…", ButtonKind.PRIMARY, "trash-2")
        self.confirm.clicked.connect(self._ask)
        close = Button("Закрыть")
        close.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        set_gaps(column, 0.5, (1.25, 1, 1.25, 1))
        column.addWidget(label("Поручения стереть данные", TextStyle.SECTION))
        column.addWidget(_wide("Каждая копия стирает у себя сама, после подтверждения. Вернуть стёртое нельзя."))
        column.addWidget(self.empty)
        column.addWidget(self.table, 1)
        row = QHBoxLayout()
        set_gaps(row, 0.5, (0, 0.75, 0, 0))
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.confirm)
        column.addLayout(row)

    def read(self) -> None:
        """Read the orders anew."""
        workspace = self._desk.workspace
        school = self._desk.school or None
        self._desk.read(lambda: erasures.orders(workspace, school), self.show_orders)

    def show_orders(self, found: Sequence[Order]) -> None:
        """Fill the table."""
        self._orders = {one.id: one for one in found}
        self.table.set_rows([_row(one) for one in found])
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        self._show_tools()

    def _show_tools(self) -> None:
        one = self._orders.get(self.table.current_id())
        can = one is not None and not one.done_at and not self._desk.workspace.store.read_only
        self.confirm.setEnabled(can)

    def _ask(self) -> None:
        one = self._orders.get(self.table.current_id())
        if one is None:
            return
        workspace = self._desk.workspace
        self._desk.read(
            lambda: erasures.traces_of(workspace, one.school),
            lambda traces: self._open_question(one, len(traces.packages), len(traces.backups)),
        )

    def _open_question(self, one: Order, packages: int, backups: int) -> None:
        words = "Значения исчезнут из данных и из истории на этом компьютере. Вернуть их нельзя."
        dialog = ConfirmDialog(f"{one.school_name}. {one.words}. Стереть?", words, "Стереть навсегда", "Оставить", self)
        consent = Consent(packages, backups)
        dialog.extra.addWidget(consent)
        desk, workspace = self._desk, self._desk.workspace

        def on_accepted() -> None:
            keep = (consent.packages.isChecked(), consent.backups.isChecked())
            desk.write(
                lambda: erasures.confirm(workspace, one.id, remove_packages=keep[0], remove_backups=keep[1]), on_done
            )

        def on_done(done: Erased) -> None:
            desk.say(_said(done), MessageLevel.INFO)
            self.read()

        dialog.accepted.connect(on_accepted)
        dialog.open()


def _row(one: Order) -> Row:
    state = f"стёрто {_day(one.done_at)}" if one.done_at else "ждёт подтверждения"
    return Row(one.id, (_day(one.ordered_on), one.school_name, one.words, state), hint=one.words)


def _day(text: str) -> str:
    return short_date(date.fromisoformat(text[:10])) if text else ""


def _wide(text: str, tone: Tone = Tone.NORMAL) -> QWidget:
    words = label(text, TextStyle.BODY, tone)
    set_chars(words, 40, 64)
    return words
