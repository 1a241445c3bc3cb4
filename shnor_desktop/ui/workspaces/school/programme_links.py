"""The tree problem → goal → task → measure, indicator as a panel; what hangs in the air is marked."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView, QVBoxLayout, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.programme_tree import NodeKind, ProgrammeTree, TreeNode
from shnor_desktop.ui.theme import TextStyle, Tone, lines, look, set_gaps
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.workspaces.school.programme_gaps import GapButtons

_ICONS = {
    NodeKind.PROBLEM: "flag",
    NodeKind.GOAL: "target",
    NodeKind.TASK: "list-checks",
    NodeKind.MEASURE: "circle-dot",
    NodeKind.INDICATOR: "chart-column",
}
_WORDS = {
    NodeKind.PROBLEM: "проблемное поле",
    NodeKind.GOAL: "цель",
    NodeKind.TASK: "задача",
    NodeKind.MEASURE: "мероприятие",
    NodeKind.INDICATOR: "показатель",
}
HERE = ("goal", "target_indicator", "measure", "problem_field")
_NODE = int(Qt.ItemDataRole.UserRole) + 1


class LinksPanel(QWidget):
    """The tree with its count of hanging ends; `node_chosen` tells (entity, row)."""

    node_chosen = Signal(str, str)
    mending_wanted = Signal(str, str, str)

    def __init__(self, parent: QWidget | None = None, *, read_only: bool = False) -> None:
        super().__init__(parent)
        self._read_only = read_only
        self.gaps = GapButtons(self)
        self.gaps.mending_wanted.connect(self._on_mending_wanted)
        self._tree: ProgrammeTree | None = None
        self._folded: set[tuple[str, str]] = set()
        self.hanging = SignText(self)
        self.model = QStandardItemModel(self)
        self.view = QTreeView(self)
        self.view.setModel(self.model)
        self.view.setHeaderHidden(True)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.view.setUniformRowHeights(True)
        self.view.setIndentation(lines(0.85))
        self.view.setAccessibleName("Связи программы: проблема, цель, задача, мероприятие, показатель")
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self.view.clicked.connect(self._on_clicked)
        self.view.activated.connect(self._on_opened)
        self.view.collapsed.connect(lambda index: self._folded.add(index.data(_NODE)))
        self.view.expanded.connect(lambda index: self._folded.discard(index.data(_NODE)))
        look().changed.connect(self._on_look_changed)
        top = QVBoxLayout()
        set_gaps(top, 0.1, (0.75, 0.5, 0.5, 0.3))
        top.addWidget(label("Связи", TextStyle.STRONG, Tone.MUTED))
        top.addWidget(self.hanging)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addLayout(top)
        column.addWidget(self.view, 1)
        column.addWidget(self.gaps)

    def show_tree(self, tree: ProgrammeTree) -> None:
        """Replace the tree, keeping what is chosen and what is folded."""
        if tree == self._tree:
            return
        self._tree = tree
        words = plural(tree.hanging, "место требует", "места требуют", "мест требуют")
        is_whole = not tree.hanging
        self.hanging.set_words(
            "Ничего не висит в воздухе." if is_whole else f"{words} внимания",
            "circle-check" if is_whole else "triangle-alert",
            Tone.LOW if is_whole else Tone.MEDIUM,
        )
        chosen = self.view.currentIndex().data(_NODE)
        selection = self.view.selectionModel()
        selection.blockSignals(True)
        self.model.clear()
        for problem in tree.problems:
            self.model.appendRow(self._item(problem))
        if self._folded:
            self._unfold(QModelIndex())
        else:
            self.view.expandAll()
        selection.blockSignals(False)
        if chosen is not None:
            self.select(*chosen)
        self._show_gaps()

    def select(self, entity: str, row: str) -> None:
        """Choose a place without telling."""
        found = self._find(QModelIndex(), (entity, row))
        if found is not None:
            selection = self.view.selectionModel()
            was = selection.blockSignals(True)
            self.view.setCurrentIndex(found)
            selection.blockSignals(was)
            self.view.viewport().update()
            self._show_gaps()

    def _item(self, node: TreeNode) -> QStandardItem:
        mark = f"{', '.join(node.hanging)} — " if node.hanging else ""
        item = QStandardItem(f"{mark}{node.title}")
        tone = Tone.MEDIUM if node.is_hanging else Tone.MUTED
        item.setIcon(look().icon("triangle-alert" if node.is_hanging else _ICONS[node.kind], tone.value))
        item.setData((node.entity, node.row), _NODE)
        hint = [f"{_WORDS[node.kind].capitalize()}: {node.title}", *node.hanging]
        item.setToolTip("\n".join(hint))
        said = f"{_WORDS[node.kind]}: {node.title}" + (f", {', '.join(node.hanging)}" if node.hanging else "")
        item.setData(said, int(Qt.ItemDataRole.AccessibleTextRole))
        if node.is_hanging:
            item.setForeground(look().colour("medium"))
        for child in node.children:
            item.appendRow(self._item(child))
        return item

    def _unfold(self, parent: QModelIndex) -> None:
        for at in range(self.model.rowCount(parent)):
            index = self.model.index(at, 0, parent)
            if index.data(_NODE) not in self._folded:
                self.view.setExpanded(index, True)
            self._unfold(index)

    def _find(self, parent: QModelIndex, wanted: tuple[str, str]) -> QModelIndex | None:
        for at in range(self.model.rowCount(parent)):
            index = self.model.index(at, 0, parent)
            if index.data(_NODE) == wanted:
                return index
            deeper = self._find(index, wanted)
            if deeper is not None:
                return deeper
        return None

    def _on_look_changed(self) -> None:
        self.view.setIndentation(lines(0.85))
        tree, self._tree = self._tree, None
        if tree is not None:
            self.show_tree(tree)

    def current(self) -> TreeNode | None:
        """The chosen place."""
        chosen = self.view.currentIndex().data(_NODE)
        nodes = self._tree.walk() if self._tree is not None else iter(())
        return next((node for node in nodes if chosen == (node.entity, node.row)), None)

    def _show_gaps(self) -> None:
        self.gaps.show_gaps(None if self._read_only else self.current())

    def _on_mending_wanted(self, gap: str) -> None:
        node = self.current()
        if node is not None:
            self.mending_wanted.emit(node.entity, node.row, gap)

    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self._show_gaps()
        if current.isValid() and self.view.hasFocus():
            self._on_clicked(current)

    def _on_clicked(self, index: QModelIndex) -> None:
        """What is written down is shown beside the tree; a place that only gathers leads nowhere."""
        if index.data(_NODE)[0] in HERE:
            self._on_opened(index)

    def _on_opened(self, index: QModelIndex) -> None:
        entity, row = index.data(_NODE)
        if row:
            self.node_chosen.emit(entity, row)
