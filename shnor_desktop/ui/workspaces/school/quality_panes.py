"""The parts of «Управление» that are registers with a bar of actions over them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.russian import number
from shnor_desktop.models.quality import ResourceRequest, SchoolOrder
from shnor_desktop.services import meetings, orders, quality, requests
from shnor_desktop.services.meetings import Charge, ChargesView, Filter
from shnor_desktop.services.records import Done
from shnor_desktop.services.requests import Ground, RequestsView
from shnor_desktop.ui.forms.choices import QuietCombo
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.record_rows import RecordRow, RecordRows, RecordSpec
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.school.quality_cycle import BarPane

_ANYBODY = "Все исполнители"
_LONGEST_MENU = 90


class ChargesPane(BarPane):
    """Charges: open, late, done and unchecked; of one person or of all."""

    def __init__(self, desk: Desk, spec: RecordSpec) -> None:
        super().__init__(desk, spec)
        self.filter = SegmentBar("Какие поручения")
        self.filter.chosen.connect(self._on_filter)
        self.owner = QuietCombo()
        self.owner.setAccessibleName("Чьи поручения")
        self.owner.activated.connect(self._on_owner)
        self.bar_row(self.filter)
        self.flow.addWidget(self.owner)
        self.done = self.tool("Выполнено", "check")
        self.done.clicked.connect(self._on_done)
        self.checked = self.tool("Проверено", "clipboard-check")
        self.checked.clicked.connect(self._on_checked)
        self._chosen, self._whose = Filter.ALL, ""
        self._wanted: Target | None = None

    def bar_row(self, widget: QWidget) -> None:
        """A row of the bar above its buttons."""
        layout = self.bar.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.insertWidget(0, widget)

    def load_extra(self, facts: SchoolFacts) -> ChargesView:
        """All charges."""
        return meetings.charges_of(self.desk.workspace.pack_of(self.desk.school).code_list("meeting_kinds"), facts)

    def arranged(self, rows: RecordRows, extra: ChargesView) -> RecordRows:
        """Those of the filter, the open ones first."""
        kept = {charge.decision.id: charge for charge in extra.of(self._chosen, self._whose)}
        order = list(kept)
        shown = [_charge_row(row, kept[row.id]) for row in rows.rows if row.id in kept]
        return replace(rows, rows=tuple(sorted(shown, key=lambda row: order.index(row.id))))

    def show_target(self, target: Target) -> None:
        """A charge that the filter hides is shown by taking the filter off."""
        if target.row and self.panel.rows is not None and self.panel.rows.row(target.row) is None:
            self._chosen, self._whose, self._wanted = Filter.ALL, "", target
            self.wants_reading.emit()
            return
        super().show_target(target)

    def show_data(self, snapshot: Any) -> None:
        """Fill the register; go to the charge that the filter had hidden."""
        super().show_data(snapshot)
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            super().show_target(wanted)

    def count(self, snapshot: Any) -> int | None:
        """How many are open."""
        view: ChargesView = snapshot.extra
        return len(view.of(Filter.OPEN))

    def show_bar(self) -> None:
        """Counts on the filter, whose charges, what the chosen one comes from."""
        view: ChargesView | None = self.extra
        if view is None:
            return
        counts = {item: len(view.of(item, self._whose)) for item in Filter}
        self.filter.set_segments(
            [(item.value, f"{item.caption} · {counts[item]}" if counts[item] else item.caption) for item in Filter]
        )
        self.filter.select(self._chosen.value)
        self.owner.blockSignals(True)
        self.owner.clear()
        self.owner.addItem(_ANYBODY, "")
        for person, name in view.owners:
            self.owner.addItem(name, person)
        self.owner.setCurrentIndex(max(0, self.owner.findData(self._whose)))
        self.owner.blockSignals(False)
        charge = next((one for one in view.charges if one.decision.id == self.panel.current), None)
        self.words.setText(f"Откуда: {charge.source}." if charge is not None and charge.source else "")
        self.words.setVisible(bool(self.words.text()))
        is_active = charge is not None and not self.desk.is_read_only
        self.done.setVisible(is_active and charge is not None and charge.decision.is_open)
        self.checked.setVisible(is_active and charge is not None and charge.decision.checked_on is None)

    def _on_filter(self, name: str) -> None:
        self._chosen = Filter(name)
        self.wants_reading.emit()

    def _on_owner(self, _index: int) -> None:
        self._whose = str(self.owner.currentData() or "")
        self.wants_reading.emit()

    def _on_done(self) -> None:
        row = self.panel.current
        self.act(lambda: meetings.mark_done(self.desk.workspace, row))

    def _on_checked(self) -> None:
        row = self.panel.current
        self.act(lambda: quality.mark_checked(self.desk.workspace, row))


class RequestsPane(BarPane):
    """Requests, justified by a red indicator of the map or a problem field; the sums are told."""

    def __init__(self, desk: Desk, spec: RecordSpec) -> None:
        super().__init__(desk, spec)
        self.justify = self.tool("Обосновать по карте", "map", hint="Вписать показатели карты в обоснование")
        self.new = self.tool("Новая заявка по карте", "plus", hint="Начать заявку с показателя или проблемного поля")
        self._menus: list[QMenu] = []
        for button, act in ((self.justify, self._on_justify), (self.new, self._on_new)):
            menu = QMenu(button)
            menu.aboutToShow.connect(partial(self._fill, menu, act))
            button.setMenu(menu)
            self._menus.append(menu)

    def load_extra(self, facts: SchoolFacts) -> tuple[RequestsView, tuple[Ground, ...]]:
        """The sums, and what a request may stand on."""
        pack = self.desk.workspace.pack_of(self.desk.school)
        return requests.totals(pack, facts.requests), requests.grounds_of(pack, facts)

    def show_bar(self) -> None:
        """The sums by source and by what came of the requests."""
        if self.extra is None:
            return
        view: RequestsView = self.extra[0]
        self.justify.setEnabled(bool(self.panel.current))
        if not view.whole.requests:
            self.words.setText("Начните заявку с показателя карты: обоснование с числами программа напишет сама.")
            return
        states = "; ".join(f"{item.title} — {item.requests}" for item in view.by_state).capitalize()
        sources = "; ".join(f"{item.title} — {number(item.cost)} руб" for item in view.by_source if item.cost)
        unknown = f"; без суммы: {view.whole.unknown}" if view.whole.unknown else ""
        self.words.setText(
            f"Всего {number(view.whole.cost)} руб.{unknown}. {states}.{f' {sources.capitalize()}.' if sources else ''}"
        )

    def _fill(self, menu: QMenu, act: Callable[[Ground], None]) -> None:
        menu.clear()
        grounds = self.extra[1] if self.extra is not None else ()
        for ground in grounds:
            title = ground.title if len(ground.title) <= _LONGEST_MENU else f"{ground.title[:_LONGEST_MENU]}…"
            menu.addAction(title).triggered.connect(partial(_call, act, ground))
        if not grounds:
            menu.addAction("В карте нет красных и жёлтых показателей").setEnabled(False)

    def _on_justify(self, ground: Ground) -> None:
        row = self.panel.current
        self.act(lambda: requests.justify(self.desk.workspace, row, ground))

    def _on_new(self, ground: Ground) -> None:
        self.act(lambda: requests.begin_request(self.desk.workspace, ground), self._on_begun)

    def _on_begun(self, done: Done) -> None:
        self.desk.open("quality", Target(ResourceRequest.log_name, done.row, "title"))


class OrdersPane(BarPane):
    """Orders, drafted from the templates of the methodology."""

    def __init__(self, desk: Desk, spec: RecordSpec) -> None:
        super().__init__(desk, spec)
        self.new = self.tool("Составить из шаблона", "file-text")
        menu = QMenu(self.new)
        for item in desk.workspace.pack.order_templates:
            menu.addAction(item.title).triggered.connect(partial(_call, self._on_template, item.code))
        self.new.setMenu(menu)
        self.words.setText(
            "Черновик заполняется данными школы; приложение (состав команды, наставники, план ВСОКО, курсы) "
            "программа добавляет при печати. Номер и дату впишите после подписи."
        )

    def _on_template(self, kind: str) -> None:
        workspace, school = self.desk.workspace, self.desk.school

        def on_begun(done: Done) -> None:
            self.desk.open("quality", Target(SchoolOrder.log_name, done.row, "title"))

        def draft() -> Done:
            from shnor_desktop.services.document_makers import source_of  # with forty makers: not before it is needed

            return orders.draft_order(workspace, kind, source_of(workspace, school))

        self.act(draft, on_begun)


def _charge_row(row: RecordRow, charge: Charge) -> RecordRow:
    """An owner in words stands where no one of the list is chosen; a late day says so."""
    due = row.cells[2]
    cells = (row.cells[0], charge.owner, f"{due}, срок прошёл" if charge.is_overdue else due, *row.cells[3:])
    return replace(row, cells=cells)


def _call(act: Callable[[Any], None], value: Any, _checked: bool = False) -> None:
    act(value)
