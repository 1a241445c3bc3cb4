"""«Педагоги»: plans, lessons, cross-checks, work programmes, the activity log, courses, mentors, personal talks."""

from __future__ import annotations

from shnor_desktop.domain import findings
from shnor_desktop.models.teaching import CrossCheck, TeacherActivity, TrainingCourse, WorkProgrammeCheck
from shnor_desktop.services.document_kinds import DocumentKind
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.printing import fill_menu
from shnor_desktop.ui.pages.record_rows import RecordSpec
from shnor_desktop.ui.pages.register_panes import Part, register_part
from shnor_desktop.ui.pages.registers_page import RegistersPage
from shnor_desktop.ui.pages.visits import VISIT_ENTITIES, VisitsPane
from shnor_desktop.ui.workspaces.school.development_card import PLAN_ENTITIES
from shnor_desktop.ui.workspaces.school.development_courses import CoursesPane
from shnor_desktop.ui.workspaces.school.development_feedback import FeedbackPane
from shnor_desktop.ui.workspaces.school.development_mentors import MentorsPane
from shnor_desktop.ui.workspaces.school.development_plans import PlansPane
from shnor_desktop.ui.workspaces.school.development_programmes import ProgrammesPane

PLANS, VISITS, MENTORS, TALKS = "plans", "visits", "mentors", "talks"

CROSS_CHECKS = RecordSpec(
    cls=CrossCheck,
    columns=("held_on", "work", "school_class", "differing"),
    add="Записать проверку",
    empty_title="Здесь будут взаимопроверки работ",
    empty_text=(
        "Работы класса второй раз проверяет другой учитель, своей школы или школы-партнёра: сколько отметок не совпало "
        "и что из этого следует."
    ),
    first=("held_on", "work", "subject", "school_class"),
    titles={"differing": "Не совпало", "school_class": "Класс"},
    widths={"held_on": 14, "work": 22, "school_class": 7, "differing": 11},
    stretching=("work",),
    least={"work": 14},
    newest_first="held_on",
    row_lines=2,
)
ACTIVITY = RecordSpec(
    cls=TeacherActivity,
    columns=("noted_on", "teacher", "criterion", "what"),
    add="Добавить запись",
    empty_title="Здесь будет журнал активности",
    empty_text=(
        "Что педагог сделал по критериям методики: работа с учениками, которым трудно, с семьями, самообразование, "
        "учёт прогресса. Результаты ВПР сюда не входят, баллов и мест в журнале нет."
    ),
    first=("teacher", "criterion", "noted_on", "what"),
    widths={"noted_on": 14, "teacher": 20, "criterion": 22, "what": 24},
    stretching=("teacher", "criterion", "what"),
    least={"teacher": 12, "criterion": 12, "what": 12},
    newest_first="noted_on",
    row_lines=2,
)


def _parts() -> tuple[Part, ...]:
    visit_kinds = (
        DocumentKind.FEEDBACK_SHEET,
        DocumentKind.LESSON_CARD,
        DocumentKind.BLANK_LESSON_CARD,
        "register.lesson_visit",
    )
    programmes = (WorkProgrammeCheck.log_name,)
    return (
        Part(
            PLANS,
            "ИОМ",
            PlansPane,
            (*PLAN_ENTITIES, "staff_member"),
            (DocumentKind.DEVELOPMENT_PLANS,),
            ("Выбранный педагог", "Все педагоги"),
        ),
        Part(VISITS, "Посещения уроков", VisitsPane, VISIT_ENTITIES, visit_kinds),
        register_part(CROSS_CHECKS, title="Взаимопроверки"),
        Part(programmes[0], "Рабочие программы", ProgrammesPane, programmes, ("register.work_programme_check",)),
        register_part(ACTIVITY, title="Активность"),
        Part(
            TrainingCourse.log_name,
            "Курсы",
            CoursesPane,
            (TrainingCourse.log_name,),
            (DocumentKind.COURSE_REQUEST, "register.training_course"),
        ),
        Part(MENTORS, "Наставники", MentorsPane, (), (DocumentKind.MENTORS,)),
        Part(TALKS, "Личные карточки", FeedbackPane, (), (DocumentKind.FEEDBACK_CARD,)),
    )


class TeachersPage(RegistersPage):
    """Work with teachers; results of pupils rate nobody here."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            findings.DEVELOPMENT,
            "Педагоги",
            "Планы развития, уроки, курсы, наставники. Учителей здесь никто не сравнивает.",
            _parts(),
        )

    def is_talk_chosen(self) -> bool:
        """Whether a personal card is open: only that one is printed."""
        pane = self.pane(TALKS)
        return isinstance(pane, FeedbackPane) and pane.panel is not None and bool(pane.panel.current)

    def _fill_print_menu(self) -> None:
        """Plans are printed of one teacher or of all; the rest as every register."""
        if self.shown == TALKS and not self.is_talk_chosen():
            self._print_menu.clear()
            self._print_menu.addAction("Сначала откройте карточку").setEnabled(False)
            return
        if self.shown != PLANS:
            super()._fill_print_menu()
            return
        pane = self.pane()
        assert isinstance(pane, PlansPane)
        self._print_menu.clear()
        kind = DocumentKind.DEVELOPMENT_PLANS
        fill_menu(self._print_menu.addMenu("Выбранный педагог"), self, kind, lambda: pane.current)
        fill_menu(self._print_menu.addMenu("Все педагоги"), self, kind)
