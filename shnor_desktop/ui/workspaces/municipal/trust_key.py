"""The key of the centre: since when, its recovery sheet, another code phrase, a successor."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.clock import parse_utc
from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.services import authority_desk, authority_recovery
from shnor_desktop.services.authority_desk import AuthorityState
from shnor_desktop.services.recovery import SheetState
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.pages.trust_dialogs import ForgottenPhraseDialog, NewPhraseDialog, flow_of
from shnor_desktop.ui.pages.trust_sheet import SheetDialog
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_NOT_HERE = (
    "Ключа центра нет на этом компьютере: подключать и отзывать можно там, где он создан, или после возврата по листу "
    "восстановления."
)
_NOT_ON_SHEET = "Если забыть фразу, лист не вернёт ключ центра: напечатайте новый."
_CHANGE = "Ключ останется прежним, изменится только фраза, которой он закрыт. После этого напечатайте новый лист."
_SUCCEED = (
    "Появится новый ключ центра. За него ручается прежний, поэтому школы и методисты примут его сами с первым же "
    "файлом. Делайте это, если прежнюю фразу мог узнать посторонний. После этого напечатайте новый лист."
)


class KeyPane(QWidget):
    """Words and three actions."""

    def __init__(self, page: DeskPage) -> None:
        super().__init__(page)
        self._page = page
        self.facts = label("", TextStyle.BODY)
        self.phrase = label("", TextStyle.SECTION)
        self.digits = label("", TextStyle.BODY, Tone.MUTED)
        self.phrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.problem = SignText(self)
        self.sheet = SignText(self)
        self.sheet_button = Button("Напечатать лист восстановления", ButtonKind.PLAIN, "printer")
        self.change_button = Button("Сменить кодовую фразу", ButtonKind.PLAIN)
        self.succeed_button = Button("Сменить ключ центра", ButtonKind.PLAIN)
        self.forgotten_button = Button("Фраза забыта", ButtonKind.LINK)
        self.forgotten_button.clicked.connect(self._ask_code)
        self._has_key = False
        self.sheet_button.clicked.connect(lambda: SheetDialog.ask(page, page.refresh, asks_phrase=self._has_key))
        self.change_button.clicked.connect(lambda: self._ask(is_new_key=False))
        self.succeed_button.clicked.connect(lambda: self._ask(is_new_key=True))
        area = ScrollColumn(gap=0.5, margins=0.75)
        for part in (self.facts, self.problem, label("Слова для сверки с теми, кто звонит", TextStyle.STRONG)):
            area.add(part)
        for part in (self.phrase, self.digits, self.sheet):
            area.add(part)
        area.add(flow_of(self.sheet_button, self.change_button, self.succeed_button, self.forgotten_button))
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(area)

    def show_state(self, state: AuthorityState, sheet: SheetState) -> None:
        """Show the facts."""
        since, until = (short_date(date.fromisoformat(day)) for day in (state.since, state.until))
        revoked = plural(state.revoked, "компьютер", "компьютера", "компьютеров")
        listed = f" В списке отзыва № {state.list_number}: {revoked}." if state.list_number else ""
        self.facts.setText(f"{state.name}. Ключ действует с {since} до {until}.{listed}")
        self.problem.set_words("" if state.has_key else _NOT_HERE, "triangle-alert", Tone.MEDIUM)
        self.phrase.setText(state.phrase)
        self.digits.setText(f"То же цифрами: {state.digits}")
        if not sheet.exists:
            self.sheet.set_words("Листа восстановления ещё нет: напечатайте его.", "triangle-alert", Tone.MEDIUM)
        elif not sheet.is_complete:
            self.sheet.set_words("Лист не знает новых ключей: напечатайте новый.", "triangle-alert", Tone.MEDIUM)
        else:
            day = short_date(parse_utc(sheet.made_at).astimezone().date())
            self.sheet.set_words(f"Лист восстановления напечатан {day}.", "circle-check", Tone.LOW)
        if sheet.exists and sheet.is_complete and not state.is_on_sheet:
            self.sheet.set_words(_NOT_ON_SHEET, "triangle-alert", Tone.MEDIUM)
        self._has_key = state.has_key
        self.forgotten_button.setEnabled(state.is_on_sheet and not self._page.desk.is_read_only)
        can = state.has_key and not self._page.desk.is_read_only
        self.sheet_button.setEnabled(not self._page.desk.is_read_only)
        for button in (self.change_button, self.succeed_button):
            button.setEnabled(can)

    def _ask(self, *, is_new_key: bool) -> None:
        question, words = ("Сменить ключ центра?", _SUCCEED) if is_new_key else ("Сменить кодовую фразу?", _CHANGE)
        dialog = NewPhraseDialog(question, words, asks_old=True, parent=self.window())
        dialog.given.connect(lambda old, new: self.change(old, new, is_new_key=is_new_key))
        dialog.open()

    def _ask_code(self) -> None:
        dialog = ForgottenPhraseDialog(self.window())
        dialog.given.connect(self.reset)
        dialog.open()

    def reset(self, code: str, new: str) -> None:
        """Set a new phrase by the code of the sheet."""
        workspace = self._page.desk.workspace

        def done(_result: object) -> None:
            words = Notice("Новая кодовая фраза задана.", "Ключ центра прежний, лист остаётся в силе.", "")
            self._page.desk.say(words, MessageLevel.DONE)

        self._page.run_long("Меняем", lambda _task: authority_recovery.reset_passphrase(workspace, code, new), done)

    def change(self, old: str, new: str, *, is_new_key: bool) -> None:
        """Change the phrase, or the key with it."""
        workspace = self._page.desk.workspace

        def work(_task: object) -> None:
            if is_new_key:
                authority_desk.succeed(workspace, old, new)
            else:
                authority_desk.change_passphrase(workspace, old, new)

        def done(_result: object) -> None:
            what = "Ключ центра сменён." if is_new_key else "Кодовая фраза сменена."
            words = Notice(what, "Прежняя фраза больше ничего не открывает.", "Напечатайте новый лист восстановления.")
            self._page.desk.say(words, MessageLevel.DONE)

        self._page.run_long("Меняем", work, done)
