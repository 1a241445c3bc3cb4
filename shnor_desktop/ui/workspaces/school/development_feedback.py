"""«Личные карточки»: the talk of the administration with one teacher; opened one at a time, it stays in the school."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from shnor_desktop.models.teaching import FeedbackCard
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_panel import RecordPanel
from shnor_desktop.ui.pages.record_rows import RecordRows, RecordSpec, read_rows
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps, set_lines
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn

_STAYS = (
    "Карточка остаётся в этой школе: её нет в пакете для центра, в сводках и выгрузках. "
    "Открывается карточка одного педагога; список карточек, баллы и сравнение не ведутся."
)
_NOBODY = "NOBODY"
_LEAST_LINES = 10


def cards_of(teacher: str) -> RecordSpec:
    """The cards of one teacher."""
    return RecordSpec(
        cls=FeedbackCard,
        columns=("given_on", "again_on"),
        add="Записать беседу",
        empty_title="Бесед ещё не было",
        empty_text="Сильные стороны, над чем работать, какую помощь даёт школа и о чём договорились.",
        first=("given_on", "strengths", "growth"),
        fixed={"teacher": teacher},
        titles={"again_on": "Вернуться"},
        newest_first="given_on",
    )


@dataclass(frozen=True, slots=True)
class FeedbackData:
    """The teachers, and the cards of the one who was chosen; nobody is chosen at first."""

    people: Options
    teacher: str
    rows: RecordRows | None


class FeedbackPane(PartPane):
    """A teacher is chosen by name; only the cards of that teacher are read at all."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.teacher = ""
        self.panel: RecordPanel | None = None
        self.stays = SignText()
        self.stays.set_words(_STAYS, "lock", Tone.MUTED)
        self.combo = QuietCombo()
        self.combo.setAccessibleName("Педагог")
        self.combo.activated.connect(self._on_teacher_chosen)
        set_chars(self.combo, 30, 60)
        top = QVBoxLayout()
        set_gaps(top, 0.4, (1, 0.6, 1, 0.4))
        top.addWidget(self.stays)
        top.addWidget(self.combo)
        self._stack = QStackedWidget()
        hint = ScrollColumn()
        self.hint = label("", TextStyle.BODY, Tone.MUTED)
        hint.add(self.hint)
        self._stack.addWidget(hint)
        set_lines(self._stack, _LEAST_LINES)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(top)
        column.addWidget(self._stack, 1)

    def load(self, found: CheckResult) -> FeedbackData:
        """The names, and the cards of the chosen teacher."""
        workspace, school, teacher = self.desk.workspace, self.desk.school, self.teacher
        people = records.reference_choices(workspace, "staff_member", school)
        rows = read_rows(workspace, cards_of(teacher), school) if teacher else None
        return FeedbackData(people, teacher, rows)

    def show_data(self, snapshot: FeedbackData) -> None:
        """Fill the names and the cards."""
        shown = [(self.combo.itemData(at), self.combo.itemText(at)) for at in range(self.combo.count())]
        wanted = [("", "Выберите педагога"), *snapshot.people]
        if shown != wanted:
            self.combo.clear()
            for row, name in wanted:
                self.combo.addItem(name, row)
        self.combo.setCurrentIndex(max(0, self.combo.findData(snapshot.teacher)))
        self.combo.setEnabled(bool(snapshot.people))
        chosen = "Выберите педагога: откроются только его карточки."
        self.hint.setText(chosen if snapshot.people else "Педагогов ещё нет: внесите их на странице «Кадры».")
        if snapshot.rows is None or snapshot.teacher != self.teacher:
            self._stack.setCurrentIndex(0)
            return
        self._panel().show_rows(snapshot.rows)
        self._stack.setCurrentWidget(self._panel())

    def begin(self) -> None:
        """Write down a talk with the chosen teacher."""
        if self.panel is not None and self.teacher:
            self.panel.begin_draft()

    def history_of(self) -> tuple[str, str]:
        """The chosen card alone: never the history of all."""
        return FeedbackCard.log_name, (self.panel.current if self.panel is not None else "") or _NOBODY

    def _panel(self) -> RecordPanel:
        if self.panel is None:
            self.panel = RecordPanel(self.desk, cards_of(self.teacher), 0.35, has_add=True)
            self.panel.row_chosen.connect(lambda _row: self.row_chosen.emit())
            self.panel.help_requested.connect(self.help_requested)
            self._stack.addWidget(self.panel)
        return self.panel

    def _on_teacher_chosen(self, at: int) -> None:
        teacher = str(self.combo.itemData(at) or "")
        if teacher == self.teacher:
            return
        if self.panel is not None:
            self.desk.leave_form(self.panel.form)
            self._stack.removeWidget(self.panel)
            self.panel.deleteLater()
            self.panel = None
        self.teacher = teacher
        self._stack.setCurrentIndex(0)
        self.row_chosen.emit()
        self.wants_reading.emit()
