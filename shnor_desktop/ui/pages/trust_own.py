"""«Этот компьютер»: whether the centre knows it, what to read out by phone, the recovery sheet, a change of key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import short_date
from shnor_desktop.services import enrolment, recovery
from shnor_desktop.services.enrolment import Standing
from shnor_desktop.services.enrolment_requests import RequestReason
from shnor_desktop.services.packages import Exported
from shnor_desktop.services.recovery import SheetState
from shnor_desktop.ui.dialogs import choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages.page import DeskPage
from shnor_desktop.ui.pages.trust_dialogs import PersonDialog, flow_of, open_folder
from shnor_desktop.ui.pages.trust_sheet import SheetDialog
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_UNKNOWN = (
    "Центр подтвердит компьютер один раз: вы передаёте файл запроса, по телефону сверяете слова, принимаете "
    "приглашение. После этого пакеты шифруются, а телефон больше не нужен."
)
_KNOWN = "Пакеты этого компьютера центр принимает без звонка. Подтверждение действует до {until}."
_REVOKED = (
    "Центр больше не принимает пакеты этого компьютера. Данные целы. Если это ошибка, позвоните в центр и подключитесь "
    "заново."
)
_WAITS = "Запрос от {day} ждёт приглашения. Прочитайте в центре по телефону эти слова или цифры."
_READ_OUT = "Слова этого компьютера, если центр попросит прочитать их по телефону:"
_AGAIN = "Сделать запрос заново"
_PLACE = {
    "file": "Ключ лежит в файле, который может прочитать только ваш пользователь этого компьютера.",
    "system": "Ключ хранит система: Windows или связка ключей.",
}
_REASONS = {
    RequestReason.NEW: ("Подключить к центру", "Кто отвечает за этот компьютер?"),
    RequestReason.LOST: ("Подключить взамен утраченного", "Кто отвечает за этот компьютер?"),
    RequestReason.ROLLOVER: ("Сменить ключ", "Кто отвечает за этот компьютер?"),
    RequestReason.DIRECTOR: ("Сменить ключ: новый директор", "Как зовут нового директора?"),
}
_CONSEQUENCES = {
    RequestReason.NEW: "Программа запишет файл запроса. Отнесите его в центр или отправьте почтой.",
    RequestReason.LOST: "Центр перестанет принимать пакеты прежнего компьютера и вернёт сюда всё, что у него есть.",
    RequestReason.ROLLOVER: "Появится новый ключ. За него ручается прежний, звонить не нужно. Данные не меняются.",
    RequestReason.DIRECTOR: (
        "Появится новый ключ, прежний центр отзовёт. Затем напечатайте новый лист восстановления, смените пароль на "
        "данные, если он есть, и исправьте имя директора в паспорте школы."
    ),
}


@dataclass(frozen=True, slots=True)
class OwnTrust:
    """What the pane shows."""

    standing: Standing
    sheet: SheetState


def read_own(page: DeskPage) -> OwnTrust:
    """How this computer stands."""
    workspace = page.desk.workspace
    return OwnTrust(enrolment.standing(workspace), recovery.state(workspace))


class ComputerPane(QWidget):
    """It reads for itself; the page that holds it calls `refresh`."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self._shown: OwnTrust | None = None
        self.state = SignText(self)
        self.words = label("", TextStyle.BODY)
        self.lead = label(_READ_OUT, TextStyle.SMALL, Tone.MUTED)
        self.phrase = label("", TextStyle.SECTION)
        self.digits = label("", TextStyle.BODY, Tone.MUTED)
        for text in (self.phrase, self.digits):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sheet = SignText(self)
        self.sheet_words = label(_SHEET, TextStyle.BODY, Tone.MUTED)
        self.place = label("", TextStyle.SMALL, Tone.MUTED)
        self.buttons = {reason: self._button(reason) for reason in _REASONS}
        self.withdraw = Button("Отменить запрос", ButtonKind.LINK)
        self.withdraw.clicked.connect(self._on_withdraw_clicked)
        self.print_sheet = Button("Напечатать лист восстановления", ButtonKind.PLAIN, "printer")
        self.print_sheet.clicked.connect(self._on_sheet_clicked)
        self._lay_out()

    def refresh(self) -> None:
        """Read anew."""
        self._page.desk.read(lambda: read_own(self._page), self.show_own)

    def ask(self, reason: RequestReason) -> None:
        """Ask who answers for the computer, then for a folder, and write the request."""
        title, question = _REASONS[reason]
        dialog = PersonDialog(title, _CONSEQUENCES[reason], question, self.window())
        dialog.named.connect(lambda person: self._write_request(person, reason))
        dialog.open()

    def _on_reason_clicked(self, reason: RequestReason, _checked: bool = False) -> None:
        self.ask(reason)

    def _write_request(self, person: str, reason: RequestReason) -> None:
        folder = choose_folder(self, "Куда сохранить запрос: папка или флешка")
        if folder is not None:
            self.write_request(folder, person, reason)

    def write_request(self, folder: Path, person: str, reason: RequestReason) -> None:
        """Write the request into a folder."""
        workspace = self._page.desk.workspace
        self._page.run_long(
            "Готовим запрос", lambda _task: enrolment.request(workspace, folder, person, reason), self._on_written
        )

    def _on_written(self, made: Exported) -> None:
        words = Notice(
            f"Запрос сохранён: {made.path.name}.",
            f"Папка: {made.path.parent}.",
            "Передайте файл в центр. Слова для сверки стоят на этой странице.",
        )
        self._page.desk.say(words, MessageLevel.DONE, "Открыть папку", lambda: open_folder(made.path.parent))
        self.refresh()

    def show_own(self, found: OwnTrust) -> None:
        """Show how this computer stands."""
        self._shown = found
        standing, asked = found.standing, found.standing.asked
        title, icon, tone, words = _state_of(standing)
        self.state.set_words(title, icon, tone)
        self.words.setText(words)
        to_compare = asked if asked is not None and asked.reason in (RequestReason.NEW, RequestReason.LOST) else None
        self.phrase.setText((to_compare or standing).phrase)
        self.digits.setText(f"То же цифрами: {(to_compare or standing).digits}")
        self.place.setText(_PLACE.get(standing.key_place, ""))
        can_change = standing.is_enrolled and not standing.is_revoked
        for reason, button in self.buttons.items():
            is_new = reason in (RequestReason.NEW, RequestReason.LOST)
            button.setVisible(can_change != is_new)
        self.buttons[RequestReason.NEW].setText(_AGAIN if asked is not None else _REASONS[RequestReason.NEW][0])
        self.lead.setText(_READ_OUT if asked is None else "")
        self.lead.setVisible(asked is None)
        self.withdraw.setVisible(asked is not None)
        self._show_sheet(found.sheet)

    def _show_sheet(self, sheet: SheetState) -> None:
        if not sheet.exists:
            self.sheet.set_words("Листа восстановления ещё нет.", "triangle-alert", Tone.MEDIUM)
        elif not sheet.is_complete:
            self.sheet.set_words("Лист не знает новых ключей: напечатайте новый.", "triangle-alert", Tone.MEDIUM)
        else:
            self.sheet.set_words(f"Лист восстановления напечатан {_day(sheet.made_at)}.", "circle-check", Tone.LOW)

    def _on_withdraw_clicked(self) -> None:
        workspace = self._page.desk.workspace
        self._page.desk.write(lambda: enrolment.withdraw(workspace), lambda _done: self.refresh())

    def _on_sheet_clicked(self) -> None:
        SheetDialog.ask(self._page, self.refresh)

    def _button(self, reason: RequestReason) -> Button:
        kind = ButtonKind.PRIMARY if reason is RequestReason.NEW else ButtonKind.PLAIN
        button = Button(_REASONS[reason][0], kind, "key-round" if reason is RequestReason.NEW else "")
        button.clicked.connect(partial(self._on_reason_clicked, reason))
        button.setEnabled(not self._page.desk.is_read_only)
        return button

    def _lay_out(self) -> None:
        area = ScrollColumn(gap=0.5, margins=0.75)
        area.add(label("Этот компьютер и центр", TextStyle.SECTION))
        for part in (self.state, self.words, self.lead, self.phrase, self.digits):
            area.add(part)
        area.add(flow_of(*self.buttons.values(), self.withdraw))
        area.add(label("Лист восстановления", TextStyle.SECTION))
        for part in (self.sheet, self.sheet_words):
            area.add(part)
        area.add(flow_of(self.print_sheet))
        area.add(self.place)
        self.print_sheet.setEnabled(not self._page.desk.is_read_only)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(area)


_SHEET = (
    "С листом и копией данных на новом компьютере возвращается всё: подпись, доступ к зашифрованным пакетам. "
    "Напечатайте его и уберите в сейф. На компьютере лист не хранится."
)


def _state_of(standing: Standing) -> tuple[str, str, Tone, str]:
    if standing.is_revoked:
        return "Этот компьютер отозван центром.", "circle-alert", Tone.HIGH, _REVOKED
    if standing.asked is not None:
        day = _day(standing.asked.made_at)
        return "Ждём приглашения центра.", "clock", Tone.MEDIUM, _WAITS.format(day=day)
    if standing.is_enrolled:
        until = short_date(date.fromisoformat(standing.until))
        return f"Компьютер подтверждён: {standing.centre}.", "circle-check", Tone.LOW, _KNOWN.format(until=until)
    return "Компьютер ещё не подтверждён центром.", "triangle-alert", Tone.MEDIUM, _UNKNOWN


def _day(moment: str) -> str:
    return short_date(parse_utc(moment).astimezone().date())
