"""«Проверка»: «Ошибок нет», or errors and warnings by page; each leads to its field and back to the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.findings import CHECK as PAGE
from shnor_desktop.domain.findings import MONITORING, PAGES
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.monitoring import StageTaskMark
from shnor_desktop.services.check import CheckLine, CheckResult, check, give_reason, withdraw_reason
from shnor_desktop.services.conflicts import Conflict, keep_version, undecided
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage, Target
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps, set_text_style
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.workspaces.school.check_finding import FindingPage

_TITLES = {
    "today": "Сегодня",
    "passport": "Паспорт",
    "staff": "Кадры",
    "results": "Результаты",
    "map": "Диагностическая карта",
    "programme": "Программа",
    "roadmap": "Дорожная карта",
    "partners": "Партнёры",
    "development": "Педагоги",
    "pupils": "Ученики и родители",
    "quality": "Управление",
    "monitoring": "Мониторинг",
    "check": "Данные с двух компьютеров",
    "exchange": "Обмен",
}
_ALIKE = 20
"""Of findings of one kind so many are shown at a time: nobody reads a thousand, and the window answers at once."""
_CONFIRMED = "Оставлено с пояснением"


@dataclass(frozen=True, slots=True)
class CheckData:
    """What the check found, with the versions of undecided fields."""

    result: CheckResult
    conflicts: Mapping[str, Conflict]

    def line(self, key: str) -> CheckLine | None:
        """A finding by its key, whether it is confirmed or not."""
        lines = (*self.result.lines, *self.result.confirmed)
        return next((line for line in lines if line.key == key), None)


class CheckPage(DeskPage):
    """The findings by page at the left, the chosen one at the right."""

    def __init__(self, desk: Desk) -> None:
        purpose = "Ошибки не дают выгрузить пакет. Предупреждение исправьте или поясните, почему так."
        super().__init__(desk, "Проверка", purpose)
        self._data: CheckData | None = None
        self._current = ""
        self.clean = CleanPanel()
        self.list = CardList("Что нашла проверка", title_lines=3, text_lines=1)
        self.list.card_chosen.connect(self._on_chosen)
        self.list.card_opened.connect(lambda _key: self.open_current())
        self.finding = FindingPage(desk.why_read_only)
        self.finding.reason_given.connect(self._on_reason_given)
        self.finding.reason_withdrawn.connect(self._on_reason_withdrawn)
        self.finding.version_kept.connect(self._on_version_kept)
        self._leads_to_exchange = False
        self.header.set_primary("Перейти к полю", "arrow-right")
        self.header.primary_clicked.connect(self._on_primary_clicked)
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.split = MasterDetail(self.list, self.finding, 0.42)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self.clean)
        column.addWidget(self.split, 1)
        self.set_body(body)

    def load(self) -> CheckData:
        """The whole check."""
        workspace, school = self.desk.workspace, self.desk.school
        return CheckData(check(workspace, school), undecided(workspace, school))

    def show_data(self, snapshot: CheckData) -> None:
        """Show what is left; after a mended finding the next one is chosen."""
        before, self._data = self._data, snapshot
        result = snapshot.result
        self.clean.show_result(result)
        self._show_head(result)
        cards = _cards(result)
        self.list.set_cards(cards)
        self.split.setVisible(bool(cards))
        key = self._next(before.result if before else None, result)
        if key:
            self.list.select(key)
            self._on_chosen(key)
        self._current = key

    def show_target(self, target: Target) -> None:
        """The finding at that place."""
        lines = self._data.result.lines if self._data else ()
        wanted = (target.entity, target.row, target.field)
        found = next((line for line in lines if (line.entity, line.row, line.field) == wanted), None)
        if found is not None:
            self.list.select(found.key)
            self._on_chosen(found.key)

    def open_current(self) -> None:
        """Go to the field of the chosen finding; coming back chooses the next one."""
        line = self._line()
        if line is None:
            return
        if line.page == PAGE:
            self.split.show_detail()
            return
        page = MONITORING if line.entity == StageTaskMark.log_name else line.page
        self.desk.open(page, Target(line.entity, line.row, line.field))

    def _show_head(self, result: CheckResult) -> None:
        progress = Progress(0, 0, len(result.errors), len(result.warnings)) if result.lines else None
        self.header.set_progress(progress)
        leads = not result.lines
        if leads != self._leads_to_exchange:
            self._leads_to_exchange = leads
            words, icon = ("Открыть «Обмен»", "package") if leads else ("Перейти к полю", "arrow-right")
            self.header.set_primary(words, icon)

    def _on_primary_clicked(self) -> None:
        if self._leads_to_exchange:
            self.desk.open("exchange")
        else:
            self.open_current()

    def _next(self, before: CheckResult | None, now: CheckResult) -> str:
        """The chosen finding while it is there, else the one that followed it, else the first."""
        there = [line.key for line in (*now.lines, *now.confirmed)]
        open_now = [line.key for line in now.lines]
        if self._current in open_now or (self._current in there and self._was_confirmed(before)):
            return self._current
        followers: list[str] = []
        if before is not None:
            keys = [line.key for line in before.lines]
            at = keys.index(self._current) + 1 if self._current in keys else 0
            followers = keys[at:]
        return next((key for key in [*followers, *there] if key in there), "")

    def _was_confirmed(self, before: CheckResult | None) -> bool:
        return before is not None and any(line.key == self._current for line in before.confirmed)

    def _line(self) -> CheckLine | None:
        return self._data.line(self._current) if self._data and self._current else None

    def _on_chosen(self, key: str) -> None:
        self._current = key
        line = self._line()
        if line is not None and self._data is not None:
            self.finding.show_finding(line, self._data.conflicts.get(key))

    def _on_reason_given(self, reason: str) -> None:
        line, workspace = self._line(), self.desk.workspace
        if line is not None:
            self.desk.write(lambda: give_reason(workspace, line, reason), refused=self.finding.refuse)

    def _on_reason_withdrawn(self) -> None:
        line, workspace = self._line(), self.desk.workspace
        if line is not None:
            self.desk.write(lambda: withdraw_reason(workspace, line))

    def _on_version_kept(self, at: int) -> None:
        conflict = self._data.conflicts.get(self._current) if self._data else None
        if conflict is None:
            return
        workspace, keep = self.desk.workspace, conflict.versions[at]
        words = Notice(f"Оставлено: {keep.words}.", "Второе значение осталось в истории изменений.")
        self.desk.write(
            lambda: keep_version(workspace, conflict, at),
            lambda _done: self.desk.say(words, MessageLevel.DONE),
        )

    def _on_progress_chosen(self, part: str) -> None:
        result = self._data.result if self._data else None
        lines = () if result is None else (result.errors if part == "errors" else result.warnings)
        if lines:
            self.list.select(min(lines, key=lambda line: PAGES.index(line.page)).key)


class CleanPanel(QWidget):
    """«Ошибок нет»: the words that a director waits for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = SignText(self)
        set_text_style(self.title.words, TextStyle.SECTION)
        self.text = label("", TextStyle.BODY, Tone.MUTED)
        column = QVBoxLayout(self)
        set_gaps(column, 0.3, (1, 0.75, 1, 0.75))
        column.addWidget(self.title)
        column.addWidget(self.text)

    def show_result(self, result: CheckResult) -> None:
        """Shown only when nothing stops the package."""
        self.setVisible(result.is_clean)
        self.title.set_words("Ошибок нет", "circle-check", Tone.LOW)
        left = plural(len(result.warnings), "предупреждение", "предупреждения", "предупреждений")
        more = f" Осталось исправить или пояснить: {left}." if result.warnings else ""
        self.text.setText(f"Пакет для муниципального центра можно выгрузить на странице «Обмен».{more}")


def _cards(result: CheckResult) -> list[Card]:
    cards: list[Card] = []
    for page, lines in result.by_page.items():
        alike = Counter(line.code for line in lines)
        seen: Counter[str] = Counter()
        for at, line in enumerate(lines):
            seen[line.code] += 1
            if seen[line.code] > _ALIKE:
                continue
            left = alike[line.code] - _ALIKE if seen[line.code] == _ALIKE else 0
            more = f"И ещё {left} таких же: они появятся здесь, когда эти будут исправлены." if left > 0 else ""
            heading = f"{_TITLES[page]} · {len(lines)}" if at == 0 else ""
            icon, tone = ("circle-alert", Tone.HIGH) if line.is_error else ("triangle-alert", Tone.MEDIUM)
            cards.append(Card(line.key, line.text, more, icon=icon, icon_tone=tone, heading=heading, hint=line.do))
    for at, line in enumerate(result.confirmed):
        heading = f"{_CONFIRMED} · {len(result.confirmed)}" if at == 0 else ""
        cards.append(
            Card(
                line.key,
                line.text,
                f"Пояснение: {line.reason}",
                icon="circle-check",
                icon_tone=Tone.LOW,
                heading=heading,
            )
        )
    return cards
