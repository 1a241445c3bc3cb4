"""The card of a question with what unfolds in it: evidence, comment, «не применимо», and the computation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shnor_desktop.domain.facts.diagnosis import AnswerFact
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.scoring import Assessment
from shnor_desktop.models.diagnostics import DiagnosticAnswer
from shnor_desktop.models.registry import info_of
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.diagnosis import QuestionView
from shnor_desktop.ui.forms import FieldEditor, QuestionCard
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages.attachment_strip import AttachmentStrip
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.question_answer import (
    ADD_MEASURE,
    DETAILS,
    RESTORE,
    TAKE_PREVIOUS,
    WHY,
    Problems,
    details_words,
    expert_words,
    field_of,
    is_computed,
    notes_of,
    parse_answer,
    typed_values,
    value_of,
)
from shnor_desktop.ui.pages.question_why import WhyPanel
from shnor_desktop.ui.pages.values import parse
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps, set_lines, set_tone
from shnor_desktop.ui.widgets.labels import SignText, label

_FILES_LATER = "Файлы подтверждения можно приложить, когда назван документ или записан ответ."


class AnswerDetails(QWidget):
    """Evidence, comment and «не применимо»; tells (field, value) of the answer's row."""

    edited = Signal(str, object)

    def __init__(self, caption: str, desk: Desk | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        fields = info_of(DiagnosticAnswer).fields
        comment = replace(fields["comment"], help="Для «не применимо» напишите здесь, почему.")
        self.evidence = FieldEditor(fields["evidence"], parse, self)
        self.comment = FieldEditor(comment, parse, self)
        self.not_applicable = QCheckBox("Не применимо к нашей школе", self)
        self.not_applicable.setAccessibleName(f"Не применимо к нашей школе: {caption}")
        set_lines(self.not_applicable, 1.5)
        self.not_applicable.clicked.connect(self._on_not_applicable_clicked)
        self.evidence.edited.connect(self.edited)
        self.comment.edited.connect(self.edited)
        column = QVBoxLayout(self)
        set_gaps(column, 0.4, (0, 0.3, 0, 0))
        for widget in (self.evidence, self.not_applicable, self.comment):
            column.addWidget(widget)
        self.files = AttachmentStrip(desk, self) if desk is not None else None
        self.no_files = label(_FILES_LATER, TextStyle.SMALL, Tone.MUTED)
        self.no_files.hide()
        column.addWidget(self.no_files)
        if self.files is not None:
            self.files.title.setText("Файлы подтверждения")
            column.addWidget(self.files)

    def show_answer(self, typed: AnswerFact | None, read_only: str) -> None:
        """Fill the fields with what is stored."""
        for name, editor in (("evidence", self.evidence), ("comment", self.comment)):
            editor.set_read_only(read_only)
            editor.set_value(getattr(typed, name) if typed else None)
        self.not_applicable.setChecked(bool(typed and typed.not_applicable))
        self.not_applicable.setEnabled(not read_only)
        if self.files is not None:
            self.files.set_owner(Owner(DiagnosticAnswer.log_name, typed.id) if typed else None)
            self.no_files.setVisible(typed is None and not read_only)

    def _on_not_applicable_clicked(self, is_checked: bool) -> None:
        self.edited.emit("not_applicable", is_checked)


class AnswerCard(QuestionCard):
    """A question with its answer; `answered` tells the fields of the answer's row as typed."""

    answered = Signal(str, dict)
    previous_taken = Signal(str)
    measure_requested = Signal(str)
    row_opened = Signal(str, str, str)
    factor_opened = Signal(str)

    def __init__(self, view: QuestionView, number: str, parent: QWidget | None = None) -> None:
        super().__init__(field_of(view.question), number, parse_answer, parent)
        self.view = view
        self.desk: Desk | None = None
        """Where the files of the answer are kept; without it none are offered."""
        self.details: AnswerDetails | None = None
        self.why: WhyPanel | None = None
        self._read_only = ""
        self._pack: Pack | None = None
        self._profile: Sequence[Assessment] = ()
        self.summary = label("", TextStyle.SMALL, Tone.MUTED)
        self.summary.hide()
        self.expert = SignText(self)
        self.expert.hide()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self._column = column
        column.addWidget(self.expert)
        column.addWidget(self.summary)
        self.edited.connect(self._on_value_edited)
        self.action_requested.connect(self._on_action_requested)

    def show_view(
        self,
        view: QuestionView,
        problems: Problems,
        read_only: str = "",
        *,
        marks_missing: bool = False,
        offers_measures: bool = False,
    ) -> None:
        """Show the question as it stands now."""
        self.view = view
        self._read_only = read_only
        is_off = bool(view.typed and view.typed.not_applicable)
        notes = notes_of(view, problems, marks_missing=marks_missing, offers_measures=offers_measures and not read_only)
        if read_only:
            notes = replace(notes, actions=tuple(one for one in notes.actions if one[0] != RESTORE))
        self.set_answer(value_of(view), notes, read_only or ("Отмечено «не применимо»." if is_off else ""))
        differs = view.expert is not None and view.expert.differs
        sign, tone = ("triangle-alert", Tone.MEDIUM) if differs else ("user", Tone.MUTED)
        self.expert.set_words(expert_words(view), sign, tone)
        set_tone(self.field.editor.input(), Tone.MUTED if is_computed(view) or is_off else Tone.NORMAL)
        if self.details is not None:
            self.details.show_answer(view.typed, read_only)
        self._show_summary()

    def set_context(self, pack: Pack, profile: Sequence[Assessment]) -> None:
        """What «почему» is explained with."""
        self._pack, self._profile = pack, profile
        if self.why is not None:
            self.why.show_answer(self.view, pack, profile)

    def open_details(self) -> None:
        """Unfold evidence and comment."""
        if self.details is None:
            self.details = AnswerDetails(self.view.question.caption, self.desk, self)
            self.details.edited.connect(self._on_detail_edited)
            self.details.show_answer(self.view.typed, self._read_only)
            self._column.addWidget(self.details)
        self.details.show()
        self._show_summary()

    def refuse(self, message: Worded) -> None:
        """Show under the field why it was not saved; what was typed stays."""
        self.field.set_error(f"{message.what} {message.do}")

    def _show_summary(self) -> None:
        words = details_words(self.view)
        self.summary.setText(words)
        self.summary.setVisible(bool(words) and (self.details is None or self.details.isHidden()))

    def _on_value_edited(self, _name: str, value: object) -> None:
        self.answered.emit(self.view.question.code, dict(typed_values(self.view.question, value)))

    def _on_detail_edited(self, name: str, value: object) -> None:
        self.answered.emit(self.view.question.code, {name: value})

    def _on_action_requested(self, _name: str, action: str) -> None:
        if action == WHY[0]:
            self._toggle_why()
        elif action == DETAILS[0]:
            self._toggle_details()
        elif action == TAKE_PREVIOUS:
            self.previous_taken.emit(self.view.question.code)
        elif action == ADD_MEASURE[0]:
            self.measure_requested.emit(self.view.question.code)
        elif action == RESTORE:
            emptied: Mapping[str, object] = {"value": None, "numerator": None, "denominator": None}
            self.answered.emit(self.view.question.code, dict(emptied))

    def _toggle_details(self) -> None:
        if self.details is None or self.details.isHidden():
            self.open_details()
            assert self.details is not None
            self.details.evidence.focus()
        else:
            self.details.hide()
            self._show_summary()

    def _toggle_why(self) -> None:
        if self.why is None:
            self.why = WhyPanel(self.view.question.caption, self)
            self.why.row_opened.connect(self._on_row_opened)
            self.why.factor_opened.connect(self.factor_opened)
            self._column.insertWidget(1, self.why)
        else:
            self.why.setVisible(self.why.isHidden())
        if self._pack is not None:
            self.why.show_answer(self.view, self._pack, self._profile)

    def _on_row_opened(self, at: str) -> None:
        row = self.view.rows[int(at)]
        self.row_opened.emit(self.view.question.metric, row.entity, row.id)
