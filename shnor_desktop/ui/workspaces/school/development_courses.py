"""«Курсы»: who needs them by the day of the last ones or by a deficit, the request, the certificate."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QVBoxLayout

from shnor_desktop.domain.russian import plural
from shnor_desktop.models.teaching import TrainingCourse
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.courses import CoursesView, courses_view, mark_sent, request_courses
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.offer_strip import OfferStrip
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.register_panes import RegisterData, RegisterPane

COURSES = RecordSpec(
    cls=TrainingCourse,
    columns=("teacher", "title", "state", "ends_on"),
    add="Добавить курсы",
    empty_title="Здесь будут курсы педагогов",
    empty_text=(
        "От потребности до удостоверения: кому и какие курсы нужны, когда подана заявка, когда прошли. Оконченные "
        "курсы сами становятся последними в списке кадров."
    ),
    first=("teacher", "title"),
    begun_with={"state": "needed"},
    widths={"teacher": 20, "title": 24, "state": 17, "ends_on": 11},
    stretching=("teacher", "title"),
    least={"teacher": 12, "title": 13},
    row_lines=2,
)
_SHOWN_NEEDS = 12


@dataclass(frozen=True, slots=True)
class CoursesData:
    """The register with the needs that it does not hold yet."""

    register: RegisterData
    view: CoursesView


class CoursesPane(RegisterPane):
    """The register of courses under the needs that the program found."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, COURSES)
        self.strip = OfferStrip()
        self.take = self.strip.add_button("Внести в заявку", "plus")
        self.take_menu = QMenu(self.take)
        self.take.setMenu(self.take_menu)
        self.send = self.strip.add_button("Заявка отправлена", "send", self._on_sent)
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.insertWidget(0, self.strip)

    def load(self, found: CheckResult) -> CoursesData:
        """The register and the needs."""
        return CoursesData(super().load(found), courses_view(self.desk.workspace, self.desk.school))

    def show_data(self, snapshot: CoursesData) -> None:
        """Fill the register and the strip."""
        super().show_data(snapshot.register)
        view = snapshot.view
        self._fill_menu(view)
        words = [view.words] if view.needs else []
        if view.unsent:
            count = plural(len(view.unsent), "строка ждёт", "строки ждут", "строк ждут")
            words.append(f"В заявке {count} отправки: напечатайте её и отметьте, когда передадите.")
        shown = [button for button, there in ((self.take, view.needs), (self.send, view.unsent)) if there]
        self.strip.show_offer(" ".join(words), () if self.desk.is_read_only else tuple(shown))

    def count(self, snapshot: CoursesData) -> int | None:
        """How many courses there are."""
        return super().count(snapshot.register)

    def _fill_menu(self, view: CoursesView) -> None:
        self.take_menu.clear()
        every = self.take_menu.addAction(f"Всех: {len(view.needs)}")
        every.triggered.connect(lambda _=False: self._take(()))
        self.take_menu.addSeparator()
        for need in view.needs[:_SHOWN_NEEDS]:
            words = f"{need.name} — {need.why}".replace("&", "&&")
            action = self.take_menu.addAction(words if len(words) <= 90 else f"{words[:89]}…")
            action.triggered.connect(partial(self._on_need_chosen, need.key))
        if len(view.needs) > _SHOWN_NEEDS:
            self.take_menu.addAction(f"и ещё {len(view.needs) - _SHOWN_NEEDS}").setEnabled(False)

    def _on_need_chosen(self, key: str, _checked: bool = False) -> None:
        self._take((key,))

    def _take(self, keys: tuple[str, ...]) -> None:
        self.desk.write(lambda: request_courses(self.desk.workspace, keys))

    def _on_sent(self) -> None:
        self.desk.write(lambda: mark_sent(self.desk.workspace))
