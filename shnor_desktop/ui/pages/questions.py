"""A form of the pack as a page shows it: its blocks at the left with their state, the questions of one as cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.checks import PAGE_OF_ENTITY
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.metrics import METRICS
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.diagnosis import BlockView, FormView, QuestionView, answer_question
from shnor_desktop.services.records import Done
from shnor_desktop.services.waves import take_all_previous, take_previous
from shnor_desktop.ui.messages import Notice
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.gradual import Gradual
from shnor_desktop.ui.pages.question_answer import Problems, problems_of
from shnor_desktop.ui.pages.question_card import AnswerCard
from shnor_desktop.ui.pages.question_previous import PreviousStrip
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.cards import Section, SectionList, SectionState
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import ScrollColumn

NO_PROBLEMS = Problems()
_AT_ONCE = 2  # the first cards are drawn at once


class BlockColumn(ScrollColumn):
    """The questions of one block; its cards are made once, the first at once, and then only filled.

    `adopt` is called with each new card: it connects and fills it.
    """

    next_requested = Signal()

    def __init__(
        self,
        block: BlockView,
        number: int,
        next_title: str,
        adopt: Callable[[AnswerCard], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cards: dict[str, AnswerCard] = {}
        self._adopt = adopt
        self._gradual = Gradual(self)
        self.add(label(block.block.title, TextStyle.SECTION))
        if block.block.guidance:
            guidance = label(block.block.guidance, TextStyle.BODY, Tone.MUTED)
            set_chars(guidance, maximum=100)
            self.add(guidance)
        self._cards_at = self.column.count() - 1
        if next_title:
            onward = Button(f"Дальше: {next_title}", ButtonKind.LINK, "arrow-right")
            onward.clicked.connect(self.next_requested)
            self.column.insertWidget(self.column.count() - 1, onward, 0, Qt.AlignmentFlag.AlignLeft)
        steps = [partial(self._make_card, view, f"{number}.{at}") for at, view in enumerate(block.questions, 1)]
        self._gradual.begin(steps, _AT_ONCE)

    def card(self, code: str) -> AnswerCard | None:
        """The card of a question, made now if it was not yet."""
        if code not in self.cards:
            self._gradual.finish()
        return self.cards.get(code)

    def go_to(self, code: str) -> None:
        """Bring a question into sight with the cursor in its answer."""
        card = self.card(code)
        if card is not None:
            self.show_widget(card)
            card.focus()

    def _make_card(self, view: QuestionView, number: str) -> None:
        card = AnswerCard(view, number)
        card.next_requested.connect(partial(self._on_next_requested, view.question.code))
        self.column.insertWidget(self._cards_at + len(self.cards), card)
        self.cards[view.question.code] = card
        self._adopt(card)

    def _on_next_requested(self, code: str) -> None:
        self._gradual.finish()
        codes = list(self.cards)
        at = codes.index(code) + 1
        if at < len(codes):
            self.go_to(codes[at])
        else:
            self.next_requested.emit()


class FormPanel(QWidget):
    """Shows a FormView and writes the answers; extra sections stand after the blocks.

    `measure_requested(question)` asks for what answers a worrying figure; without a receiver set
    `offers_measures` to False. `factor_opened(factor)` is a factor chosen in «почему».
    """

    measure_requested = Signal(str)
    factor_opened = Signal(str)
    section_shown = Signal(str)

    def __init__(self, desk: Desk, *, offers_measures: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.view: FormView | None = None
        self.columns: dict[str, BlockColumn] = {}
        self.marks_missing = False
        self.pack: Pack | None = None
        """The methodology that the form is of, where it is not the one in force: a draft of it."""
        self._pack_shown: Pack | None = None
        self._offers_measures = offers_measures
        self._problems: Mapping[str, Problems] = {}
        self._extra: dict[str, QWidget] = {}
        self._extra_states: dict[str, Section] = {}
        self.sections = SectionList("Блоки формы", self)
        self.sections.card_chosen.connect(self._on_section_chosen)
        self.stack = QStackedWidget(self)
        self.body = MasterDetail(self.sections, self.stack, 0.25, "К блокам")
        self.previous = PreviousStrip(self)
        self.previous.confirm_requested.connect(self._on_all_confirmed)
        self.previous.change_requested.connect(lambda: self.show_first("missing"))
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.previous)
        column.addWidget(self.body, 1)

    def add_section(self, section_id: str, title: str, widget: QWidget) -> None:
        """A section after the blocks, before the first `show_form`."""
        self._extra[section_id] = widget
        self._extra_states[section_id] = Section(section_id, title, SectionState.EMPTY)
        self.stack.addWidget(widget)

    def set_section_state(self, section_id: str, state: SectionState, findings: int = 0) -> None:
        """The sign of an extra section; shown with the next `show_form`."""
        self._extra_states[section_id] = Section(section_id, self._extra_states[section_id].title, state, findings)

    def show_form(self, view: FormView, findings: Sequence[CheckLine] = ()) -> None:
        """Show a form in one wave; another form or wave starts anew."""
        if self.view is not None and (self.view.form.id, self.view.wave) != (view.form.id, view.wave):
            self._forget()
        self.view = view
        self._pack_shown = self.pack or self.desk.workspace.pack_of(self.desk.school)
        self.previous.show_form(view, is_read_only=self.desk.is_read_only)
        self._problems = problems_of(list(findings))
        self.sections.set_sections([*map(self._section_of, view.blocks), *self._extra_states.values()])
        if not self.sections.current_id():
            begun = next((one for one in view.blocks if one.answered < len(one.questions)), view.blocks[0])
            self.sections.select(begun.block.code)
        else:
            self._fill(self.sections.current_id())

    def show_section(self, section_id: str) -> None:
        """Open a block or an extra section."""
        self.sections.select(section_id)
        self._on_section_chosen(section_id)
        self.body.show_detail()

    def show_question(self, code: str) -> None:
        """Open the block of a question with the cursor in its answer."""
        block = self._block_of(code)
        if block is not None:
            self.show_section(block)
            self.columns[block].go_to(code)

    def show_first(self, part: str) -> bool:
        """Go to the first question that is «missing», or has «errors» or «warnings»; False if there is none."""
        wanted = next((code for code in self._codes() if self._has(code, part)), None)
        if wanted is not None:
            self.show_question(wanted)
        return wanted is not None

    def mark_missing(self, is_on: bool = True) -> None:
        """Say under each question without an answer that it is missing."""
        self.marks_missing = is_on
        self._fill(self.sections.current_id())

    def card(self, code: str) -> AnswerCard | None:
        """The card of a question if its block has been opened."""
        block = self._block_of(code)
        return self.columns[block].card(code) if block in self.columns else None

    def progress(self, extra: str = "") -> Progress:
        """«заполнено 34 из 41 · 2 ошибки»: what is not answered yet counts as missing, not as an error."""
        views = self.view.questions if self.view else ()
        asked = [one for one in views if one.question.required]
        found = self._problems.values()
        errors = sum(1 for one in found if one.error and not one.is_unanswered)
        warnings = sum(1 for one in found if one.warning)
        return Progress(sum(1 for one in asked if one.is_answered), len(asked), errors, warnings, extra)

    def _codes(self) -> list[str]:
        return [one.question.code for one in self.view.questions] if self.view else []

    def _has(self, code: str, part: str) -> bool:
        problem = self._problems.get(code, NO_PROBLEMS)
        if part == "missing":
            views = self.view.questions if self.view else ()
            return any(v.question.code == code and v.question.required and not v.is_answered for v in views)
        if part == "errors":
            return bool(problem.error) and not problem.is_unanswered
        return bool(problem.warning)

    def _block_of(self, code: str) -> str:
        blocks = self.view.blocks if self.view else ()
        return next((b.block.code for b in blocks if any(q.question.code == code for q in b.questions)), "")

    def _section_of(self, block: BlockView) -> Section:
        problems = [self._problems.get(one.question.code, NO_PROBLEMS) for one in block.questions]
        errors = sum(1 for one in problems if one.error and not one.is_unanswered)
        answered = block.answered
        if errors:
            state = SectionState.ERRORS
        elif all(one.is_answered or not one.question.required for one in block.questions):
            state = SectionState.DONE
        else:
            state = SectionState.BEGUN if answered else SectionState.EMPTY
        return Section(block.block.code, block.block.title, state, errors)

    def _on_section_chosen(self, section_id: str) -> None:
        if section_id in self._extra:
            self.stack.setCurrentWidget(self._extra[section_id])
        elif section_id:
            self._fill(section_id)
            if section_id in self.columns:
                self.stack.setCurrentWidget(self.columns[section_id])
        self.section_shown.emit(section_id)

    def _fill(self, section_id: str) -> None:
        block = next((b for b in self.view.blocks if b.block.code == section_id), None) if self.view else None
        if block is None or self.view is None:
            return
        column = self.columns.get(section_id)
        if column is None:
            self._make_column(block)
            return
        for view in block.questions:
            if view.question.code in column.cards:
                self._fill_card(column.cards[view.question.code])

    def _fill_card(self, card: AnswerCard) -> None:
        if self.view is None:
            return
        code = card.view.question.code
        view = next((one for one in self.view.questions if one.question.code == code), card.view)
        card.show_view(
            view,
            self._problems.get(code, NO_PROBLEMS),
            self.desk.why_read_only,
            marks_missing=self.marks_missing,
            offers_measures=self._offers_measures,
        )
        if self._pack_shown is not None:
            card.set_context(self._pack_shown, self.view.profile)

    def _adopt(self, card: AnswerCard) -> None:
        card.desk = self.desk
        card.answered.connect(self._on_answered)
        card.previous_taken.connect(self._on_previous_taken)
        card.measure_requested.connect(self.measure_requested)
        card.factor_opened.connect(self.factor_opened)
        card.origin_opened.connect(self._on_origin_opened)
        card.row_opened.connect(self._on_row_opened)
        self._fill_card(card)

    def _make_column(self, block: BlockView) -> None:
        assert self.view is not None
        order = [*(one.block.code for one in self.view.blocks), *self._extra]
        at = order.index(block.block.code)
        onward = order[at + 1] if at + 1 < len(order) else ""
        titles = {one.block.code: one.block.title for one in self.view.blocks}
        titles |= {name: section.title for name, section in self._extra_states.items()}
        column = BlockColumn(block, at + 1, titles.get(onward, ""), self._adopt)
        column.next_requested.connect(lambda: self.show_section(onward))
        self.columns[block.block.code] = column
        self.stack.addWidget(column)

    def _forget(self) -> None:
        for column in self.columns.values():
            self.stack.removeWidget(column)
            column.deleteLater()
        self.columns = {}
        self.sections.set_sections([])

    def _on_answered(self, code: str, typed: dict[str, object]) -> None:
        if self.view is None or self.desk.is_read_only:
            return
        form, wave, workspace = self.view.form.id, self.view.wave, self.desk.workspace
        card = self.card(code)
        refused = card.refuse if card is not None else None
        self.desk.write(lambda: answer_question(workspace, form, wave, code, typed), refused=refused)

    def _on_previous_taken(self, code: str) -> None:
        if self.view is None or self.desk.is_read_only:
            return
        form, wave, workspace = self.view.form.id, self.view.wave, self.desk.workspace
        card = self.card(code)
        refused = card.refuse if card is not None else None
        self.desk.write(lambda: take_previous(workspace, form, wave, code), refused=refused)

    def _on_all_confirmed(self) -> None:
        if self.view is None:
            return
        form, wave, workspace = self.view.form.id, self.view.wave, self.desk.workspace

        def on_done(done: Done) -> None:
            words = f"{done.operation[:1].upper()}{done.operation[1:]}."
            self.desk.say(Notice(words, "Источник записан в комментарии ответов. Ctrl+Z отменит всё одним шагом."))

        self.desk.write(lambda: take_all_previous(workspace, form, wave), on_done)

    def _on_origin_opened(self, target: str) -> None:
        page, _, place = target.partition("|")
        self.desk.open(page, place)

    def _on_row_opened(self, metric: str, entity: str, row: str) -> None:
        page = PAGE_OF_ENTITY.get(entity) or METRICS[metric].page
        self.desk.open(page, Target(entity, row))
