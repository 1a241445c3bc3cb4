"""What is done with teachers beside their plans: lesson visits, cross-checks, courses, mentors, the activity log."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import EVERYONE, boolean, choice, date, integer, long_text, reference, text
from shnor_desktop.models.staff import SUBJECTS

VISIT_KINDS = (
    ("administration", "администрация"),
    ("mutual", "взаимопосещение"),
    ("mentor", "наставник"),
    ("partner", "школа-партнёр"),
    ("methodist", "методист, куратор"),
)
COURSE_STATES = (
    ("needed", "нужны"),
    ("requested", "заявка отправлена"),
    ("enrolled", "зачислен"),
    ("studying", "обучается"),
    ("finished", "окончены"),
    ("refused", "отказано"),
)


class LessonVisit(Entity):
    """A visited lesson; the feedback is for the teacher, and nobody is ranked by it."""

    __tablename__ = "lesson_visit"
    log_name = "lesson_visit"
    caption = "Посещённый урок"
    plural = "Посещения уроков"
    title_field = "topic"

    visited_on: Mapped[str | None] = date("Дата", writers=EVERYONE, required=True)
    lesson: Mapped[int | None] = integer("Урок по счёту", writers=EVERYONE, minimum=1, maximum=12)
    kind: Mapped[str | None] = choice("Кто посетил", VISIT_KINDS, writers=EVERYONE, required=True)
    teacher: Mapped[str | None] = reference("Учитель", "staff_member", writers=EVERYONE, personal=True, required=True)
    visitor: Mapped[str | None] = reference("Посетил педагог школы", "staff_member", writers=EVERYONE, personal=True)
    visitor_text: Mapped[str | None] = text(
        "Посетил гость", "Должность и имя.", writers=EVERYONE, personal=True, max_length=200
    )
    subject: Mapped[str | None] = choice("Предмет", SUBJECTS, writers=EVERYONE, required=True)
    school_class: Mapped[str | None] = reference("Класс", "school_class", writers=EVERYONE, required=True)
    pupils: Mapped[int | None] = integer("Учеников на уроке", unit="чел.", writers=EVERYONE)
    topic: Mapped[str | None] = text("Тема урока", writers=EVERYONE, required=True, max_length=300)
    purpose: Mapped[str | None] = choice("Цель посещения", code_list="visit_purposes", writers=EVERYONE)
    rubric: Mapped[str | None] = choice("Карта", code_list="rubrics", writers=EVERYONE, required=True)
    lesson_minutes: Mapped[int | None] = integer("Длительность", unit="мин", writers=EVERYONE, maximum=240)
    independent_minutes: Mapped[int | None] = integer(
        "Из них самостоятельная работа учеников", unit="мин", writers=EVERYONE, maximum=240
    )
    strengths: Mapped[str | None] = long_text("Что получилось", writers=EVERYONE, max_length=3000)
    growth: Mapped[str | None] = long_text("Зоны роста", writers=EVERYONE, max_length=3000)
    advice: Mapped[str | None] = long_text("Рекомендации", writers=EVERYONE, max_length=3000)
    feedback: Mapped[str | None] = long_text(
        "Обратная связь учителю",
        "Текст листа, который учитель получает сразу после урока; черновик составляется из полей выше.",
        writers=EVERYONE,
        max_length=6000,
    )
    taken_away: Mapped[str | None] = long_text("Что посетивший возьмёт с собой", writers=EVERYONE, max_length=2000)
    level: Mapped[str | None] = choice("Общий уровень урока", code_list="lesson_levels", writers=EVERYONE)
    discussed_on: Mapped[str | None] = date("Обсуждено с учителем", writers=EVERYONE)
    again_on: Mapped[str | None] = date("Посетить снова", writers=EVERYONE)


class LessonMark(Entity):
    """What was seen at one criterion of the rubric."""

    __tablename__ = "lesson_mark"
    log_name = "lesson_mark"
    caption = "Оценка критерия"
    plural = "Оценки критериев"
    natural_key = ("visit", "criterion")
    parent = "visit"
    title_field = "criterion"

    visit: Mapped[str | None] = reference("Посещение", "lesson_visit", writers=EVERYONE, required=True)
    criterion: Mapped[str | None] = text("Критерий", writers=EVERYONE, required=True, max_length=60)
    score: Mapped[str | None] = text("Оценка", writers=EVERYONE, max_length=20)
    note: Mapped[str | None] = text("Что увидели", writers=EVERYONE, max_length=500)


class FeedbackCard(Entity):
    """The administration's personal feedback to a teacher; it stays in the school: no package, no ranking, no table."""

    __tablename__ = "feedback_card"
    log_name = "feedback_card"
    caption = "Личная карточка обратной связи"
    plural = "Личные карточки"
    title_field = "given_on"
    stays = True

    teacher: Mapped[str | None] = reference("Учитель", "staff_member", personal=True, required=True)
    given_on: Mapped[str | None] = date("Дата беседы", required=True)
    given_by: Mapped[str | None] = reference("Кто беседовал", "staff_member", personal=True)
    strengths: Mapped[str | None] = long_text("Сильные стороны", personal=True, required=True, max_length=3000)
    growth: Mapped[str | None] = long_text("Над чем работать", personal=True, required=True, max_length=3000)
    support: Mapped[str | None] = long_text("Какую помощь даёт школа", personal=True, max_length=2000)
    agreed: Mapped[str | None] = long_text("О чём договорились", personal=True, max_length=2000)
    again_on: Mapped[str | None] = date("Вернуться к разговору")


class CrossCheck(Entity):
    """Works of a class checked a second time by another teacher."""

    __tablename__ = "cross_check"
    log_name = "cross_check"
    caption = "Перекрёстная проверка"
    plural = "Перекрёстные проверки"
    title_field = "work"

    held_on: Mapped[str | None] = date("Дата", required=True)
    work: Mapped[str | None] = text("Работа", "Контрольная, диктант, ВПР.", required=True, max_length=300)
    subject: Mapped[str | None] = choice("Предмет", SUBJECTS, required=True)
    school_class: Mapped[str | None] = reference("Класс", "school_class", required=True)
    checked_by: Mapped[str | None] = reference("Проверил повторно", "staff_member", personal=True)
    checked_by_text: Mapped[str | None] = text("Проверил из другой школы", personal=True, max_length=200)
    works: Mapped[int | None] = integer("Работ проверено", unit="шт.", required=True)
    differing: Mapped[int | None] = integer("Отметка не совпала", unit="шт.", required=True)
    conclusion: Mapped[str | None] = long_text("Вывод", required=True, max_length=2000)
    decided: Mapped[str | None] = long_text("Что решили", max_length=2000)


class WorkProgrammeCheck(Entity):
    """The monthly look at how far the work programme of a subject is taught."""

    __tablename__ = "work_programme_check"
    log_name = "work_programme_check"
    caption = "Выполнение рабочей программы"
    plural = "Выполнение рабочих программ"
    natural_key = ("month", "teacher", "subject", "school_class")
    title_field = "subject"

    month: Mapped[str | None] = date("Месяц", "Первый день месяца.", required=True)
    teacher: Mapped[str | None] = reference("Учитель", "staff_member", personal=True, required=True)
    subject: Mapped[str | None] = choice("Предмет", SUBJECTS, required=True)
    school_class: Mapped[str | None] = reference("Класс", "school_class", required=True)
    planned: Mapped[int | None] = integer("Уроков по плану", "С начала года.", unit="ч", maximum=1000)
    held: Mapped[int | None] = integer("Проведено", "С начала года.", unit="ч", maximum=1000)
    reason: Mapped[str | None] = text("Причина отставания", max_length=300)
    correction: Mapped[str | None] = text("Как восполняется", max_length=300)


class TeacherActivity(Entity):
    """An entry of the activity log by the criteria of the methodology; results of pupils are none of them."""

    __tablename__ = "teacher_activity"
    log_name = "teacher_activity"
    caption = "Запись журнала активности"
    plural = "Журнал активности"
    title_field = "what"

    teacher: Mapped[str | None] = reference("Педагог", "staff_member", personal=True, required=True)
    criterion: Mapped[str | None] = choice("Критерий", code_list="activity_criteria", required=True)
    noted_on: Mapped[str | None] = date("Дата", required=True)
    what: Mapped[str | None] = text("Что сделано", required=True, max_length=400)
    proof: Mapped[str | None] = text("Подтверждение", max_length=300)
    confirmed: Mapped[bool | None] = boolean("Подтверждено администрацией")


class TrainingCourse(Entity):
    """A course of further training, from the need to the certificate."""

    __tablename__ = "training_course"
    log_name = "training_course"
    caption = "Курсы"
    plural = "Курсы и заявки на курсы"
    title_field = "title"

    teacher: Mapped[str | None] = reference("Педагог", "staff_member", personal=True, required=True)
    title: Mapped[str | None] = text("Тема", required=True, max_length=400)
    audience: Mapped[str | None] = choice("Для кого", code_list="course_audiences")
    deficit: Mapped[str | None] = reference("Какой дефицит восполняет", "development_deficit")
    provider: Mapped[str | None] = text("Организатор", max_length=300)
    hours: Mapped[int | None] = integer("Объём", unit="ч", maximum=2000)
    wanted_by: Mapped[str | None] = date("Желательно до")
    requested_on: Mapped[str | None] = date("Заявка подана")
    starts_on: Mapped[str | None] = date("Начало")
    ends_on: Mapped[str | None] = date("Окончание")
    state: Mapped[str | None] = choice("Состояние", COURSE_STATES, required=True)
    certificate: Mapped[str | None] = text("Удостоверение, №", personal=True, max_length=60)
    certificate_on: Mapped[str | None] = date("Дата удостоверения")
    used: Mapped[str | None] = long_text("Что применяется после курсов", max_length=2000)


class MentorMeeting(Entity):
    """A meeting of a mentor with a teacher."""

    __tablename__ = "mentor_meeting"
    log_name = "mentor_meeting"
    caption = "Встреча с наставником"
    plural = "Встречи с наставниками"
    parent = "plan"
    title_field = "topic"

    plan: Mapped[str | None] = reference("ИОМ", "development_plan", required=True)
    held_on: Mapped[str | None] = date("Дата", required=True)
    topic: Mapped[str | None] = text("О чём", required=True, max_length=400)
    agreed: Mapped[str | None] = long_text("О чём договорились", max_length=2000)
    again_on: Mapped[str | None] = date("Следующая встреча")
