"""«Отчёты» of the road map: report dates with their countdown; the draft of the chosen one to read and print."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.services.documents import DocumentFormat, DocumentKind
from shnor_desktop.services.report_dates import ReportDate, current_report, mark_report, set_inner_day
from shnor_desktop.services.report_preview import LineKind, PreviewLine, report_preview
from shnor_desktop.ui.pages import DeskPage
from shnor_desktop.ui.pages.printing import save_document
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.flow import FlowLayout
from shnor_desktop.ui.widgets.labels import SignText, label
from shnor_desktop.ui.widgets.page import ScrollColumn
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row
from shnor_desktop.ui.widgets.table_model import RowState
from shnor_desktop.ui.workspaces.school.roadmap_step import StepPanel

_COLUMNS = (
    Column("title", "Отчёт", 28, stretches=True),
    Column("period", "За период", 23),
    Column("due", "Срок", 11),
    Column("left", "Сколько осталось", 19),
)
_DAY = FieldInfo("day", FieldKind.DATE, "Когда сдан")
_INNER = FieldInfo("day", FieldKind.DATE, "Собрать данные до", "Свой срок школы, раньше отчётной даты.")
_FILL = "Введите день."


class ReportsView(QWidget):
    """Tells which report was chosen."""

    row_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._first = ""
        self.table = RecordTable(_COLUMNS, "Отчётные даты")
        self.table.set_row_lines(2)
        self.table.row_selected.connect(self.row_chosen)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.table)

    def show_reports(self, found: Sequence[ReportDate], on: date) -> None:
        """Fill the table; the chosen one stays chosen, at first the one to work on."""
        self.table.set_rows([_row(one, on) for one in found])
        current = current_report(tuple(found), on)
        self._first = current.code if current is not None else ""

    def chosen(self) -> str:
        """The report with the cursor, else the one to work on."""
        return self.table.current_id() or self._first


class ReportCard(ScrollColumn):
    """One report: its days, how it stands, the draft as it would be printed, and the buttons that write it."""

    def __init__(self, page: DeskPage, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=0.5)
        self.page, self.desk = page, page.desk
        self.report: ReportDate | None = None
        self._asked = ""
        self.title = label("", TextStyle.SECTION)
        self.days = label("")
        self.state = SignText(self)
        self._make_buttons()
        self.panels = {
            "handed": StepPanel((_DAY,), "Отметить сданным", _FILL),
            "inner": StepPanel((_INNER,), "Назначить свой срок", _FILL),
        }
        self.panels["handed"].submitted.connect(self._on_handed)
        self.panels["inner"].submitted.connect(self._on_inner_set)
        self._draft = QWidget()
        self._lines = QVBoxLayout(self._draft)
        set_gaps(self._lines, 0.3)
        note = label(
            "Черновик собран из данных школы. Сохраните его в Word, прочтите и поправьте перед подписью.",
            TextStyle.SMALL,
            Tone.MUTED,
        )
        for widget in (self.title, self.days, self.state, self._buttons, *self.panels.values(), note, self._draft):
            self.add(widget)
        for panel in self.panels.values():
            panel.hide()

    def show_report(self, report: ReportDate, on: date) -> None:
        """Fill the card; the draft is assembled off the interface thread."""
        if self.report is None or report.code != self.report.code:
            for panel in self.panels.values():
                panel.hide()
            self.verticalScrollBar().setValue(0)
        self.report = report
        self.title.setText(report.title or f"Отчёт за {_period(report)}")
        inner = f" Данные собрать до {short_date(report.inner)}." if report.inner != report.due else ""
        whom = f" Кому: {report.to}." if report.to else ""
        by = "" if report.is_own else " Сдаёт не школа: школа передаёт свои данные."
        self.days.setText(f"За период {_period(report)}, срок {short_date(report.due)}.{inner}{whom}{by}")
        words = report.countdown(on)
        if report.is_handed_in:
            self.state.set_words(f"{words[:1].upper()}{words[1:]}.", "circle-check", Tone.LOW)
        else:
            icon, tone = ("circle-alert", Tone.HIGH) if report.is_overdue(on) else ("clock", Tone.MUTED)
            self.state.set_words(f"{words[:1].upper()}{words[1:]}.", icon, tone)
        self.handed.setVisible(not report.is_handed_in)
        self.back.setVisible(report.is_handed_in)
        self._ask_draft(report.code)

    def _make_buttons(self) -> None:
        self._buttons = QWidget()
        flow = FlowLayout(self._buttons)
        set_gaps(flow, 0.4)
        self.word = Button("Сохранить в Word…", ButtonKind.PRIMARY, "file-text")
        self.word.clicked.connect(lambda: self._save(DocumentFormat.DOCX))
        self.pdf = Button("PDF…", ButtonKind.PLAIN, "printer")
        self.pdf.clicked.connect(lambda: self._save(DocumentFormat.PDF))
        self.handed = Button("Сдан…", ButtonKind.PLAIN, "check")
        self.handed.clicked.connect(lambda: self.panels["handed"].begin({}))
        self.back = Button("Не сдан", ButtonKind.QUIET, "undo-2", "Снять отметку о сдаче")
        self.back.clicked.connect(self._on_back_clicked)
        self.inner = Button("Свой срок…", ButtonKind.QUIET, "calendar", "Назначить день, к которому собрать данные")
        self.inner.clicked.connect(self._on_inner_clicked)
        for button in (self.word, self.pdf, self.handed, self.back, self.inner):
            flow.addWidget(button)
        if self.desk.is_read_only:
            for button in (self.handed, self.back, self.inner):
                button.setEnabled(False)

    def _ask_draft(self, code: str) -> None:
        workspace, school = self.desk.workspace, self.desk.school
        self._asked = code

        def on_made(made: tuple[PreviewLine, ...]) -> None:
            if self._asked == code:
                self._show_draft(made)

        self.desk.read(lambda: report_preview(workspace, code, school), on_made)

    def _show_draft(self, made: tuple[PreviewLine, ...]) -> None:
        while self._lines.count():
            item = self._lines.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for line in made:
            match line.kind:
                case LineKind.HEADING:
                    self._lines.addWidget(label(line.text, TextStyle.STRONG))
                case LineKind.TABLE:
                    self._lines.addWidget(label(line.text, TextStyle.SMALL, Tone.MUTED))
                case LineKind.TEXT:
                    self._lines.addWidget(label(line.text))

    def _save(self, form: DocumentFormat) -> None:
        if self.report is not None:
            save_document(self.page, DocumentKind.REPORT_PERIOD, form, self.report.code)

    def _on_inner_clicked(self) -> None:
        if self.report is not None:
            self.panels["inner"].begin({"day": self.report.inner.isoformat()})

    def _on_handed(self, values: dict[str, str]) -> None:
        report, workspace, panel = self.report, self.desk.workspace, self.panels["handed"]
        if report is not None:
            day = values["day"]
            work = lambda: mark_report(workspace, report, "handed", day)  # noqa: E731
            self.desk.write(work, lambda _: panel.hide(), panel.refuse)

    def _on_back_clicked(self) -> None:
        report, workspace = self.report, self.desk.workspace
        if report is not None:
            self.desk.write(lambda: mark_report(workspace, report, "in_work"))

    def _on_inner_set(self, values: dict[str, str]) -> None:
        report, workspace, panel = self.report, self.desk.workspace, self.panels["inner"]
        if report is not None:
            day = values["day"]
            work = lambda: set_inner_day(workspace, report, day)  # noqa: E731
            self.desk.write(work, lambda _: panel.hide(), panel.refuse)


def _row(report: ReportDate, on: date) -> Row:
    is_late = report.is_overdue(on)
    state = RowState.ERROR if is_late else RowState.DONE if report.is_handed_in else RowState.WAITING
    cells = (report.title, _period(report), short_date(report.wanted), report.countdown(on))
    keys = (report.title.casefold(), report.starts.isoformat(), report.wanted.isoformat(), report.countdown(on))
    return Row(report.code, cells, keys, state, {"left": Tone.HIGH} if is_late else {}, report.title)


def _period(report: ReportDate) -> str:
    return f"{short_date(report.starts)} — {short_date(report.ends)}"
