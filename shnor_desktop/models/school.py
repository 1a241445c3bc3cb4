"""The school itself: passport, context, buildings, classes."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.domain.facts.school import CONDITIONS
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, choices, date, decimal, integer, long_text, reference, text

TERRITORIES = (("village", "сельская местность"), ("settlement", "посёлок городского типа"), ("town", "город"))
SUPPORT_LEVELS = (("regional", "региональный (список 1.1)"), ("municipal", "муниципальный (список 1.2)"))
SCHOOL_KINDS = (
    ("primary", "начальная"),
    ("basic", "основная"),
    ("secondary", "средняя"),
)
_PASSPORT = "Паспорт"
_TEAM = "Контакты"
_PROJECT = "Участие в проекте"
_CONTEXT = "Социальный контекст"
_RESOURCES = "Ресурсы и доступность"
_TEACHING = "Учебный процесс"
_PARENTS = "Родители"
_CONDITIONS = "Условия обучения"


class School(Entity):
    """Passport and context of one school; its row id is the id of the school."""

    __tablename__ = "school"
    log_name = "school"
    caption = "Школа"
    plural = "Школы"
    title_field = "short_name"
    is_root = True

    code: Mapped[str | None] = text(
        "Код школы",
        "Выдаёт муниципальный центр; стоит в имени каждого пакета. Латиницей и цифрами, например 72-014.",
        required=True,
        max_length=20,
        is_code=True,
        group=_PASSPORT,
    )
    short_name: Mapped[str | None] = text(
        "Краткое наименование", "Как в уставе.", required=True, max_length=200, group=_PASSPORT
    )
    full_name: Mapped[str | None] = text(
        "Полное наименование", "Печатается на титульном листе программы.", required=True, group=_PASSPORT
    )
    kind: Mapped[str | None] = choice("Уровень образования", SCHOOL_KINDS, required=True, group=_PASSPORT)
    municipality: Mapped[str | None] = text("Муниципальное образование", required=True, max_length=200, group=_PASSPORT)
    locality: Mapped[str | None] = text("Населённый пункт", required=True, max_length=200, group=_PASSPORT)
    territory: Mapped[str | None] = choice("Тип территории", TERRITORIES, required=True, group=_PASSPORT)
    address: Mapped[str | None] = text("Адрес", max_length=300, group=_PASSPORT)
    founder: Mapped[str | None] = text("Учредитель", max_length=300, group=_PASSPORT)

    director: Mapped[str | None] = text(
        "Директор",
        "Фамилия, имя, отчество: печатается в грифах.",
        personal=True,
        required=True,
        max_length=200,
        group=_TEAM,
    )
    responsible: Mapped[str | None] = text(
        "Ответственный за программу", "Фамилия, имя, отчество, должность.", personal=True, max_length=300, group=_TEAM
    )
    phone: Mapped[str | None] = text("Телефон школы", personal=True, max_length=60, group=_TEAM)
    email: Mapped[str | None] = text("Электронная почта школы", personal=True, max_length=120, group=_TEAM)
    website: Mapped[str | None] = text("Сайт", max_length=200, group=_TEAM)

    support_level: Mapped[str | None] = choice(
        "Уровень поддержки", SUPPORT_LEVELS, "По приказу о проекте.", required=True, group=_PROJECT
    )
    project_year: Mapped[int | None] = integer(
        "Первый год проекта",
        "Этапы и сроки методики переносятся на этот год. Пусто: годы методики.",
        minimum=2000,
        maximum=2100,
        group=_PROJECT,
    )
    history: Mapped[str | None] = long_text(
        "Участие в прежних проектах", "Годы и проекты, например «500+», 2021–2023.", group=_PROJECT
    )

    pupils: Mapped[int | None] = integer(
        "Обучающихся всего", "На 1 сентября или на дату заполнения.", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_as_of: Mapped[str | None] = date("Контингент на дату", required=True, group=_CONTEXT)
    pupils_sen: Mapped[int | None] = integer(
        "Обучающихся с ОВЗ и инвалидностью", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_not_native: Mapped[int | None] = integer(
        "Русский язык не родной", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_single_parent: Mapped[int | None] = integer("Из неполных семей", unit="чел.", required=True, group=_CONTEXT)
    pupils_low_income: Mapped[int | None] = integer(
        "Из малообеспеченных семей", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_large_family: Mapped[int | None] = integer(
        "Из многодетных семей", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_unemployed: Mapped[int | None] = integer(
        "Из семей, где родители не работают", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_on_register: Mapped[int | None] = integer(
        "Состоят на учёте", "Внутришкольный учёт, КДН, ПДН.", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_guardianship: Mapped[int | None] = integer("Под опекой", unit="чел.", required=True, group=_CONTEXT)
    parents_higher_education: Mapped[int | None] = integer(
        "Оба родителя с высшим образованием", "Обучающихся из таких семей.", unit="чел.", required=True, group=_CONTEXT
    )
    pupils_at_risk: Mapped[int | None] = integer(
        "Группа риска учебной неуспешности", "Обучающихся; без фамилий.", unit="чел.", required=True, group=_CONTEXT
    )

    pupils_bussed: Mapped[int | None] = integer("На подвозе", unit="чел.", required=True, group=_RESOURCES)
    distance_km: Mapped[Decimal | None] = decimal(
        "До районного центра", unit="км", required=True, maximum=2000, group=_RESOURCES
    )
    is_small: Mapped[bool | None] = boolean("Малокомплектная", group=_RESOURCES)
    computers: Mapped[int | None] = integer("Компьютеров для обучающихся", unit="шт.", required=True, group=_RESOURCES)
    internet_mbps: Mapped[Decimal | None] = decimal(
        "Скорость интернета", "0, если интернета нет.", unit="Мбит/с", required=True, group=_RESOURCES
    )
    vacancies: Mapped[int | None] = integer("Вакансий педагогов", unit="ед.", required=True, group=_RESOURCES)
    psychologist: Mapped[bool | None] = boolean("Есть педагог-психолог", group=_RESOURCES)
    speech_therapist: Mapped[bool | None] = boolean("Есть учитель-логопед или дефектолог", group=_RESOURCES)
    social_teacher: Mapped[bool | None] = boolean("Есть социальный педагог", group=_RESOURCES)

    grade9_hours: Mapped[int | None] = integer(
        "Учебных часов в 9 классе за год", "По учебному плану, на один класс.", unit="ч", group=_TEACHING
    )
    grade9_elective_hours: Mapped[int | None] = integer(
        "Из них элективные курсы", "0, если их нет.", unit="ч", group=_TEACHING
    )
    pupils_individual_plan: Mapped[int | None] = integer(
        "Старшеклассников с индивидуальным учебным планом",
        "10–11 классы; 0, если таких нет.",
        unit="чел.",
        group=_TEACHING,
    )
    distance_courses: Mapped[bool | None] = boolean(
        "Есть дистанционные курсы", "С использованием сетевых технологий.", group=_TEACHING
    )
    distance_courses_for_others: Mapped[bool | None] = boolean(
        "Дистанционные курсы открыты для учеников других школ", group=_TEACHING
    )
    pupils_extra: Mapped[int | None] = integer(
        "Занимаются дополнительным образованием",
        "В школе и вне её; каждый ученик один раз.",
        unit="чел.",
        group=_TEACHING,
    )

    parents: Mapped[int | None] = integer(
        "Родителей всего", "Родителей и законных представителей.", unit="чел.", group=_PARENTS
    )
    parents_in_governance: Mapped[int | None] = integer(
        "Участвуют в управлении школой",
        "Управляющий совет, родительские комитеты, комиссии.",
        unit="чел.",
        group=_PARENTS,
    )

    conditions: Mapped[list[str] | None] = choices(
        "Что есть в школе", tuple(CONDITIONS.items()), "Отметьте всё, что выполняется сейчас.", group=_CONDITIONS
    )


class Building(Entity):
    """A building or branch (филиал) of the school that reports on its own."""

    __tablename__ = "building"
    log_name = "building"
    caption = "Здание или филиал"
    plural = "Здания и филиалы"
    title_field = "name"

    name: Mapped[str | None] = text("Название", required=True, max_length=200)
    address: Mapped[str | None] = text("Адрес", max_length=300)
    is_branch: Mapped[bool | None] = boolean("Филиал")
    pupils: Mapped[int | None] = integer("Обучающихся", unit="чел.")


class SchoolClass(Entity):
    """One class of the current school year."""

    __tablename__ = "school_class"
    log_name = "school_class"
    caption = "Класс"
    plural = "Классы"
    natural_key = ("grade", "letter")
    title_field = "grade"
    title_suffix = "letter"

    grade: Mapped[int | None] = integer("Параллель", required=True, minimum=1, maximum=12)
    letter: Mapped[str | None] = text("Литера", max_length=4)
    pupils: Mapped[int | None] = integer("Обучающихся", unit="чел.", required=True, maximum=60)
    building: Mapped[str | None] = reference("Здание", "building")
