"""The form of one channel: where, who, password; «Проверить» says plainly what is wrong, nothing is sent by it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.channels import ChannelKind, ChannelSettings, new_channel_id, pin
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.line import TypedLine
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.segments import SegmentBar

_KINDS = [
    (ChannelKind.FOLDER.value, "Папка"),
    (ChannelKind.WEBDAV.value, "Сервер (WebDAV)"),
    (ChannelKind.MAIL.value, "Почта"),
]
_FIELDS: tuple[tuple[str, str, str, tuple[ChannelKind, ...]], ...] = (
    ("title", "Как называть", "облако района", tuple(ChannelKind)),
    ("folder", "Папка", "общая или сетевая папка", (ChannelKind.FOLDER,)),
    ("url", "Адрес папки на сервере", "https://disk.example.ru/dav/papka", (ChannelKind.WEBDAV,)),
    ("mail", "Свой адрес почты", "school@example.ru", (ChannelKind.MAIL,)),
    ("receiver", "Адрес муниципального центра", "centre@example.ru", (ChannelKind.MAIL,)),
    ("outgoing", "Сервер исходящей почты", "smtp.example.ru:465", (ChannelKind.MAIL,)),
    ("incoming", "Сервер входящей почты (IMAP)", "imap.example.ru:993", (ChannelKind.MAIL,)),
    ("user", "Имя для входа", "если пусто – адрес почты", (ChannelKind.WEBDAV, ChannelKind.MAIL)),
    ("password", "Пароль", "", (ChannelKind.WEBDAV, ChannelKind.MAIL)),
    ("limit", "Письмо не больше, МБ", "10", (ChannelKind.MAIL,)),
)
_ADDRESS = {ChannelKind.FOLDER: "folder", ChannelKind.WEBDAV: "url", ChannelKind.MAIL: "mail"}
_PASSWORD_KEPT = "пароль записан; введите новый, чтобы заменить"


class ChannelForm(ScrollColumn):
    """Tells what the person wants; `saved` carries the settings, and the password if one was typed."""

    saved = Signal(object, object)
    tried = Signal(object, object)
    removed = Signal(str)
    folder_wanted = Signal()

    def __init__(self, workspace: Workspace, *, names_receiver: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.35)
        self._workspace = workspace
        self._names_receiver = names_receiver
        self._settings = self._blank()
        self._error: KnownError | None = None
        self.head = label("", TextStyle.SECTION)
        self.kinds = SegmentBar("Вид канала")
        self.kinds.set_segments(_KINDS)
        self.kinds.chosen.connect(self._on_kind_chosen)
        self.lines: dict[str, QLineEdit] = {}
        self._captions: dict[str, QWidget] = {}
        self.add(self.head)
        self.add(self.kinds)
        for name, caption, hint, _kinds in _FIELDS:
            self._add_line(name, caption, hint)
        self.browse = Button("Выбрать папку…", ButtonKind.LINK, "folder-open")
        self.browse.clicked.connect(self.folder_wanted)
        self.add(self.browse)
        self.is_on = QCheckBox("Отправлять и получать самому, когда есть связь")
        self.add(self.is_on)
        self._add_result()
        self._add_buttons()
        self.begin()

    def begin(self, kind: ChannelKind = ChannelKind.FOLDER) -> None:
        """An empty form for a new channel."""
        self.show_channel(replace(self._blank(), kind=kind), has_password=False, is_new=True)

    def show_channel(self, settings: ChannelSettings, *, has_password: bool, is_new: bool = False) -> None:
        """Show a channel that is kept."""
        self._settings, self._error = settings, None
        self.head.setText("Новый канал" if is_new else settings.title)
        self.remove.setVisible(not is_new)
        values = {
            "title": settings.title,
            _ADDRESS[settings.kind]: settings.address,
            "receiver": settings.receiver,
            "outgoing": settings.outgoing,
            "incoming": settings.incoming,
            "user": settings.user,
            "limit": str(settings.limit_mb),
        }
        for name, line in self.lines.items():
            line.setText(values.get(name, ""))
        self.lines["password"].setPlaceholderText(_PASSWORD_KEPT if has_password else "")
        self.is_on.setChecked(settings.is_on)
        self.kinds.select(settings.kind.value)
        self._show_fields()
        self._say("", "", Tone.MUTED)

    def settings(self) -> ChannelSettings:
        """What is typed now; it is judged when it is tried or kept."""
        text = {name: line.text().strip() for name, line in self.lines.items()}
        limit = int(text["limit"]) if text["limit"].isascii() and text["limit"].isdigit() else self._settings.limit_mb
        return replace(
            self._settings,
            title=text["title"],
            address=text[_ADDRESS[self._settings.kind]],
            receiver=text["receiver"],
            outgoing=text["outgoing"],
            incoming=text["incoming"],
            user=text["user"],
            limit_mb=limit,
            is_on=self.is_on.isChecked(),
        )

    def set_folder(self, folder: str) -> None:
        """A folder that was chosen in the dialog of the system."""
        self.lines["folder"].setText(folder)

    def show_result(self, words: str) -> None:
        """The channel works."""
        self._error = None
        self._say(words, "circle-check", Tone.LOW)
        self._bring_into_sight()

    def show_words(self, message: Worded) -> None:
        """Why it is not kept."""
        self._say(message.what, "circle-alert", Tone.HIGH, f"{message.means} {message.do}")
        self._bring_into_sight()

    def show_failure(self, error: KnownError) -> None:
        """Why it does not work; an unknown certificate can be trusted after its digits were compared."""
        self._error = error
        self.show_words(explain(error))
        self.trust.setVisible(bool(error.params.get("fingerprint")))
        self._bring_into_sight()

    def show_waiting(self) -> None:
        """It is being tried."""
        self._say("Проверяем…", "clock", Tone.MUTED)

    def _bring_into_sight(self) -> None:
        """The result stands at the end of a form that may be longer than the window."""
        QTimer.singleShot(0, self, lambda: self.show_widget(self.save))

    def _blank(self) -> ChannelSettings:
        return ChannelSettings(new_channel_id(), ChannelKind.FOLDER, "", "")

    def _add_line(self, name: str, caption: str, hint: str) -> None:
        line = TypedLine()
        line.setAccessibleName(caption)
        line.setPlaceholderText(hint)
        set_chars(line, 24, 56)
        if name == "password":
            line.setEchoMode(QLineEdit.EchoMode.Password)
            line.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhNoPredictiveText)
        words = label(caption, TextStyle.SMALL, Tone.MUTED)
        words.setBuddy(line)
        self.lines[name], self._captions[name] = line, words
        self.add(words)
        self.add(line)

    def _add_result(self) -> None:
        self.result = SignText(self)
        self.more = label("", TextStyle.BODY, Tone.MUTED)
        set_chars(self.more, 30, 64)
        self.trust = Button("Отпечаток сверен, доверять этому серверу", ButtonKind.PLAIN, "shield-check")
        self.trust.clicked.connect(self._on_trust_clicked)
        for widget in (self.result, self.more, self.trust):
            self.add(widget)

    def _add_buttons(self) -> None:
        self.save = Button("Сохранить канал", ButtonKind.PRIMARY, "save")
        self.save.clicked.connect(lambda: self.saved.emit(self.settings(), self._typed_password()))
        self.try_out = Button("Проверить", ButtonKind.PLAIN, "refresh-cw")
        self.try_out.clicked.connect(lambda: self.tried.emit(self.settings(), self._typed_password()))
        self.remove = Button("Удалить канал", ButtonKind.PLAIN, "trash-2")
        self.remove.clicked.connect(lambda: self.removed.emit(self._settings.id))
        buttons = QWidget(self)
        row = FlowLayout(buttons)
        set_gaps(row, 0.5)
        for button in (self.save, self.try_out, self.remove):
            row.addWidget(button)
        self.add(buttons)

    def _typed_password(self) -> str | None:
        return self.lines["password"].text() or None

    def _on_kind_chosen(self, kind: str) -> None:
        self._settings = replace(self._settings, kind=ChannelKind(kind), pinned="", pinned_incoming="")
        self._show_fields()
        self._say("", "", Tone.MUTED)

    def _on_trust_clicked(self) -> None:
        if self._error is not None:
            self._settings = pin(self._workspace, self._settings, self._error)
            self.tried.emit(self.settings(), self._typed_password())

    def _show_fields(self) -> None:
        for name, _caption, _hint, kinds in _FIELDS:
            is_shown = self._settings.kind in kinds and (name != "receiver" or self._names_receiver)
            self.lines[name].setVisible(is_shown)
            self._captions[name].setVisible(is_shown)
        self.browse.setVisible(self._settings.kind is ChannelKind.FOLDER)

    def _say(self, words: str, icon: str, tone: Tone, more: str = "") -> None:
        self.result.set_words(words, icon, tone)
        self.more.setText(more)
        self.more.setVisible(bool(more))
        self.trust.hide()
