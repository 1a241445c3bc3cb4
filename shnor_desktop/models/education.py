"""What a school counts once a year or once a survey: levels of education, graduates, directions, offers, parents.

A figure that follows from a list (how many directions, how many offers) is counted, never typed.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.domain.facts.education import LITERACIES
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, date, integer, text

LEVELS = (
    ("primary", "НОО (начальное общее)"),
    ("basic", "ООО (основное общее)"),
    ("secondary", "СОО (среднее общее)"),
)
GRADUATES_OF = (("9", "9 класс"), ("11", "11 класс"))
DIRECTION_KINDS = (("in_depth", "углублённое изучение"), ("profile", "профильное обучение"))
SPHERES = (
    ("technical", "техническая"),
    ("natural", "естественно-научная"),
    ("sport", "физкультурно-спортивная"),
    ("art", "художественная"),
    ("tourism", "туристско-краеведческая"),
    ("social", "социально-гуманитарная"),
)
SATISFACTION = "Удовлетворены ли вы качеством образовательных услуг?"


class StudyDirection(Entity):
    """A direction of in-depth or profile study that the school offers this year."""

    __tablename__ = "study_direction"
    log_name = "study_direction"
    caption = "Направление"
    plural = "Углублённое и профильное изучение"
    natural_key = ("title", "kind")
    title_field = "title"

    title: Mapped[str | None] = text(
        "Направление", "Предмет или профиль, например «математика».", required=True, max_length=200
    )
    kind: Mapped[str | None] = choice("Вид", DIRECTION_KINDS, required=True)
    grades: Mapped[str | None] = text("Классы", "Например «8–9».", max_length=60)


class ExtraOffer(Entity):
    """An offer of additional education that a pupil may choose, in the school or beside it."""

    __tablename__ = "extra_offer"
    log_name = "extra_offer"
    caption = "Объединение"
    plural = "Дополнительное образование"
    natural_key = ("title",)
    title_field = "title"

    title: Mapped[str | None] = text("Кружок, секция, программа", required=True, max_length=200)
    sphere: Mapped[str | None] = choice("Направленность", SPHERES, required=True)
    is_outside: Mapped[bool | None] = boolean(
        "Вне школы", "В доме творчества, спортивной школе; доступно ученикам школы."
    )
    pupils: Mapped[int | None] = integer("Занимаются", unit="чел.")


class EducationLevel(Entity):
    """One level of education in a school year: what is taught in depth, how a lesson's time is used."""

    __tablename__ = "education_level"
    log_name = "education_level"
    caption = "Уровень образования"
    plural = "Уровни образования"
    natural_key = ("year", "level")
    title_field = "level"

    year: Mapped[int | None] = integer(
        "Учебный год с", "Год, осенью которого он начался.", required=True, minimum=2000, maximum=2100
    )
    level: Mapped[str | None] = choice("Уровень", LEVELS, required=True)
    pupils_in_depth: Mapped[int | None] = integer(
        "Учатся по углублённым и профильным программам", "Каждый ученик один раз; 0, если таких нет.", unit="чел."
    )
    lesson_minutes: Mapped[int | None] = integer(
        "Посещённые уроки: минут всего", "Например, 6 уроков по 40 минут: 240.", unit="мин", maximum=100_000
    )
    independent_minutes: Mapped[int | None] = integer(
        "Из них самостоятельная работа учеников", "По картам посещённых уроков.", unit="мин", maximum=100_000
    )


class Graduation(Entity):
    """The graduates of one year after grade 9 or 11; the marks by subject stand in «Результаты»."""

    __tablename__ = "graduation"
    log_name = "graduation"
    caption = "Выпуск"
    plural = "Выпускники"
    natural_key = ("year", "level")
    title_field = "year"

    year: Mapped[int | None] = integer("Год выпуска", required=True, minimum=2000, maximum=2100)
    level: Mapped[str | None] = choice("Выпуск", GRADUATES_OF, required=True)
    graduates: Mapped[int | None] = integer("Выпускников", unit="чел.", required=True)
    passed_both: Mapped[int | None] = integer(
        "Преодолели порог по русскому языку и математике",
        "По обоим обязательным предметам, с пересдачами.",
        unit="чел.",
    )
    certificates: Mapped[int | None] = integer("Получили аттестат", unit="чел.")
    profile_pupils: Mapped[int | None] = integer(
        "Учились по профилям", "Только для 11 класса; 0, если профилей нет.", unit="чел."
    )
    profile_chose: Mapped[int | None] = integer(
        "Из них выбрали профильные предметы на ЕГЭ", "Только для 11 класса.", unit="чел."
    )
    profile_passed: Mapped[int | None] = integer(
        "Из них успешно сдали профильные предметы", "Только для 11 класса: не ниже порога.", unit="чел."
    )


class LiteracyCheck(Entity):
    """One assessment of functional literacy of a year."""

    __tablename__ = "literacy_check"
    log_name = "literacy_check"
    caption = "Оценка функциональной грамотности"
    plural = "Функциональная грамотность"
    natural_key = ("year", "kind", "grade")
    title_field = "kind"

    year: Mapped[int | None] = integer("Год", required=True, minimum=2000, maximum=2100)
    kind: Mapped[str | None] = choice("Вид грамотности", tuple(LITERACIES.items()), required=True)
    grade: Mapped[int | None] = integer("Класс", required=True, minimum=1, maximum=12)
    participants: Mapped[int | None] = integer("Участников", unit="чел.", required=True)
    below_base: Mapped[int | None] = integer("Ниже базового уровня", unit="чел.", required=True)


class ParentSurvey(Entity):
    """One survey of the parents."""

    __tablename__ = "parent_survey"
    log_name = "parent_survey"
    caption = "Опрос родителей"
    plural = "Опросы родителей"
    natural_key = ("held_on", "question")
    title_field = "question"

    held_on: Mapped[str | None] = date("Дата", required=True)
    question: Mapped[str | None] = text("Вопрос", f"Например: «{SATISFACTION}»", required=True, max_length=300)
    asked: Mapped[int | None] = integer("Ответили", "Родителей, которые ответили.", unit="чел.", required=True)
    satisfied: Mapped[int | None] = integer("Удовлетворены", "Ответили «да» и «скорее да».", unit="чел.", required=True)
