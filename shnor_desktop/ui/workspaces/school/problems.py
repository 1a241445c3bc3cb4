"""«Проблемные поля»: those in work, those that the risk profile suggests, those put off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shnor_desktop.domain.checks.problems import MOST_ACTIVE
from shnor_desktop.models.diagnostics import ProblemField
from shnor_desktop.services import problems, records
from shnor_desktop.services.check import CheckLine
from shnor_desktop.services.problems import ProblemCard, SuggestedProblem
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.messages import Worded
from shnor_desktop.ui.pages import Desk, Target
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.theme import TextStyle, Tone, set_chars
from shnor_desktop.ui.widgets.buttons import Button
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.workspaces.school.map_problem import ProblemSheet, SuggestionSheet
from shnor_desktop.ui.workspaces.school.roadmap_offer import take_measure

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class ProblemsData:
    """What the section shows."""

    cards: tuple[ProblemCard, ...]
    suggestions: tuple[SuggestedProblem, ...]
    owners: Options
    findings: tuple[CheckLine, ...]

    @property
    def active(self) -> tuple[ProblemCard, ...]:
        """Those in work, in their order."""
        return tuple(card for card in self.cards if card.problem.is_active)

    @property
    def answered(self) -> frozenset[str]:
        """The factors that are answered by a problem in work."""
        return frozenset(factor for card in self.active for factor in card.problem.factors)


class ProblemsSection(ScrollColumn):
    """The last section of the map."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.sheets: dict[str, ProblemSheet] = {}
        self.suggested: list[SuggestionSheet] = []
        self._data: ProblemsData | None = None
        self._shown: object = None
        self._wanted = ""
        self.count = label("", TextStyle.BODY, Tone.MUTED)
        self.own = Button("Добавить своё проблемное поле", icon="plus")
        self.own.clicked.connect(self.begin_own)
        self.draft: RecordDraft | None = None

    def show_problems(self, data: ProblemsData) -> None:
        """Show the lists; sheets that stay are only filled, so that nothing being typed is lost."""
        self._data = data
        shown = ([(c.problem.id, c.problem.is_active) for c in data.cards], [s.title for s in data.suggestions])
        if shown != self._shown:
            self._shown = shown
            self._draw(data)
        self._fill(data)
        if self._wanted:
            wanted, self._wanted = self._wanted, ""
            self.show_problem(wanted)

    def show_problem(self, row: str, field: str = "") -> None:
        """Bring a problem into sight, with the cursor in a field of it."""
        sheet = self.sheets.get(row)
        if sheet is None:
            return
        self.show_widget(sheet)
        sheet.focus_field(field)

    def show_for_factors(self, factors: Sequence[str]) -> bool:
        """Bring what answers these factors into sight: a problem with its measures, else a suggestion."""
        data = self._data
        if data is None:
            return False
        for card in data.active:
            if set(factors).intersection(card.problem.factors):
                sheet = self.sheets[card.problem.id]
                sheet.open_offers()
                self._fill(data)
                self.show_widget(sheet)
                return True
        for suggestion in self.suggested:
            if suggestion.found.factor in factors:
                self.show_widget(suggestion)
                suggestion.accept.setFocus(Qt.FocusReason.OtherFocusReason)
                return True
        return False

    def begin_own(self) -> None:
        """Ask for the words of a problem that the school names itself."""
        if self.draft is None:
            fields = records.fields_of(self.desk.workspace, ProblemField)
            chosen = [fields[name] for name in ("title", "causes", "factors")]
            self.draft = RecordDraft("Своё проблемное поле", chosen, "Добавить", "Мероприятия добавляются после этого.")
            set_chars(self.draft, maximum=_WIDTH)
            self.draft.submitted.connect(self._on_own_submitted)
            self.draft.left.connect(self._end_own)
            self.column.insertWidget(self.column.indexOf(self.own) + 1, self.draft)
        self.draft.show()
        self.own.hide()
        self.draft.begin({})

    def _draw(self, data: ProblemsData) -> None:
        for widget in (self.count, self.own, *([self.draft] if self.draft else [])):
            self.column.removeWidget(widget)
        self.clear()
        self.sheets, self.suggested = {}, []
        self.add(label("Проблемные поля", TextStyle.SECTION))
        self.add(self.count)
        for card in data.active:
            self._add_sheet(card)
        if not self.desk.is_read_only:
            self.column.insertWidget(self.column.count() - 1, self.own, 0, Qt.AlignmentFlag.AlignLeft)
            if self.draft is not None:
                self.add(self.draft)
        if data.suggestions:
            self.add(label("Предлагает профиль рисков", TextStyle.SECTION))
            for found in data.suggestions:
                sheet = SuggestionSheet(found, self.desk.why_read_only)
                sheet.accepted.connect(self._on_accepted)
                self.suggested.append(sheet)
                self.add(sheet)
        waiting = [card for card in data.cards if not card.problem.is_active]
        if waiting:
            self.add(label("Отложенные", TextStyle.SECTION))
            for card in waiting:
                self._add_sheet(card)

    def _fill(self, data: ProblemsData) -> None:
        self.count.setText(_count_words(data))
        words = _words(data.findings)
        for place, card in enumerate(data.cards, 1):
            row = card.problem.id
            self.sheets[row].show_card(card, place, data.owners, words.get(row, {}))

    def _add_sheet(self, card: ProblemCard) -> None:
        sheet = ProblemSheet(card.problem.id, self.desk.workspace.pack, self.desk.why_read_only)
        sheet.edited.connect(self._on_edited)
        sheet.activity_changed.connect(self._on_activity_changed)
        sheet.moved.connect(self._on_moved)
        sheet.removed.connect(self._on_removed)
        sheet.measure_chosen.connect(self._on_measure_chosen)
        sheet.measure_opened.connect(lambda row: self.desk.open("roadmap", Target("measure", row)))
        self.sheets[card.problem.id] = sheet
        self.add(sheet)

    def _on_accepted(self, template: str) -> None:
        data, workspace = self._data, self.desk.workspace
        found = next((item for item in data.suggestions if item.template == template), None) if data else None
        if found is not None:
            self.desk.write(lambda: problems.accept(workspace, found), self._on_begun)

    def _on_begun(self, done: records.Done) -> None:
        self._wanted = done.row

    def _on_own_submitted(self, values: dict[str, object]) -> None:
        workspace, draft = self.desk.workspace, self.draft
        factors = values.get("factors")
        chosen = [str(code) for code in factors] if isinstance(factors, list) else []
        title, causes = str(values.get("title") or ""), str(values.get("causes") or "")

        def on_added(done: records.Done) -> None:
            self._end_own()
            self._on_begun(done)

        refused = draft.refuse if draft is not None else None
        self.desk.write(lambda: problems.add_own(workspace, title, chosen, causes), on_added, refused)

    def _end_own(self) -> None:
        if self.draft is not None:
            self.draft.end()
            self.draft.hide()
        self.own.show()

    def _on_edited(self, row: str, name: str, value: object) -> None:
        workspace = self.desk.workspace

        def on_refused(message: Worded) -> None:
            if row in self.sheets:
                self.sheets[row].refuse(name, message)

        self.desk.write(lambda: records.edit(workspace, ProblemField.log_name, row, name, value), refused=on_refused)

    def _on_activity_changed(self, row: str, is_active: bool) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: problems.set_active(workspace, row, is_active=is_active))

    def _on_moved(self, row: str, step: int) -> None:
        order = [card.problem.id for card in self._data.active] if self._data else []
        at = order.index(row)
        to = at + step
        if 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
            workspace = self.desk.workspace
            self.desk.write(lambda: problems.put_in_order(workspace, order))

    def _on_removed(self, row: str) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: records.remove(workspace, ProblemField.log_name, row))

    def _on_measure_chosen(self, row: str, measure: str, terms: dict[str, str]) -> None:
        workspace = self.desk.workspace
        self.desk.write(lambda: take_measure(workspace, measure, row, terms))


def _count_words(data: ProblemsData) -> str:
    if not data.active and data.suggestions:
        return (
            "Ещё ни одного. Возьмите в работу одно из предложенных ниже: у него уже есть причины и мероприятия. "
            f"Одновременно — не больше {MOST_ACTIVE}."
        )
    if not data.cards and not data.suggestions:
        return "Предложений пока нет: ответьте на вопросы карты, и профиль рисков подскажет, с чего начать."
    return f"В работе {len(data.active)}, больше {MOST_ACTIVE} одновременно школе не выполнить. Первое — самое важное."


def _words(lines: Sequence[CheckLine]) -> Mapping[str, dict[str, str]]:
    """Words of the check by problem and field."""
    found: dict[str, dict[str, str]] = {}
    for line in lines:
        if line.entity == ProblemField.log_name and line.row:
            found.setdefault(line.row, {})[line.field] = f"{line.text} {line.do}".strip()
    return found
