"""The programme of transition to an effective mode of work and its parts."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, date, decimal, integer, long_text, reference, text

PROGRAMME_STATES = (
    ("draft", "проект"),
    ("adopted", "принята педсоветом"),
    ("under_review", "на рассмотрении у координатора"),
    ("returned", "на доработке"),
    ("agreed", "согласована"),
    ("approved", "утверждена"),
    ("running", "в реализации"),
    ("finished", "завершена"),
)
GOAL_KINDS = (("goal", "цель"), ("task", "задача"))


class Programme(Entity):
    """Passport of the programme; one a school and period."""

    __tablename__ = "programme"
    log_name = "programme"
    caption = "Программа перехода"
    plural = "Программы перехода"
    natural_key = ("period",)
    title_field = "title"

    title: Mapped[str | None] = text("Наименование", required=True, max_length=500)
    period: Mapped[str | None] = text("Период", "Год или годы, например 2024.", required=True, max_length=20)
    starts_on: Mapped[str | None] = date("Начало", required=True)
    ends_on: Mapped[str | None] = date("Окончание", required=True)
    state: Mapped[str | None] = choice("Состояние", PROGRAMME_STATES, required=True)
    basis: Mapped[str | None] = long_text("Основание для разработки", required=True, max_length=4000)
    developers: Mapped[str | None] = long_text("Разработчики", personal=True, required=True, max_length=2000)
    expected: Mapped[str | None] = long_text("Ожидаемые результаты", required=True)
    council_protocol: Mapped[str | None] = text("Протокол педагогического совета, №", max_length=40)
    council_date: Mapped[str | None] = date("Дата протокола")
    order_number: Mapped[str | None] = text("Приказ об утверждении, №", max_length=40)
    order_date: Mapped[str | None] = date("Дата приказа")
    agreed_by: Mapped[str | None] = text("Кем согласована", "Должность; печатается в грифе.", max_length=300)
    agreed_on: Mapped[str | None] = date("Дата согласования")


class ProgrammeParagraph(Entity):
    """One paragraph of a section: two people can edit one document, and a remark stays on its paragraph."""

    __tablename__ = "programme_paragraph"
    log_name = "programme_paragraph"
    caption = "Абзац программы"
    plural = "Текст программы"
    parent = "programme"
    title_field = "section"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    section: Mapped[str | None] = choice("Раздел", code_list="programme_sections", required=True)
    position: Mapped[str | None] = text("Место", required=True, max_length=60)
    body: Mapped[str | None] = long_text("Текст")
    generated: Mapped[bool | None] = boolean("Составлен программой", "Прочтите и поправьте: отметка снимется.")
    drafted: Mapped[str | None] = long_text("Черновик", "Что программа составила по данным в последний раз.")


class Goal(Entity):
    """A goal or a task of the programme, tied to the problem that it answers."""

    __tablename__ = "goal"
    log_name = "goal"
    caption = "Цель или задача"
    plural = "Цели и задачи"
    parent = "programme"
    title_field = "title"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    kind: Mapped[str | None] = choice("Вид", GOAL_KINDS, required=True)
    title: Mapped[str | None] = long_text("Формулировка", required=True, max_length=1000)
    problem: Mapped[str | None] = reference("Проблемное поле", "problem_field")
    goal: Mapped[str | None] = reference("К какой цели", "goal", "Для задачи.")
    position: Mapped[str | None] = text("Место", required=True, max_length=60)


class TargetIndicator(Entity):
    """An indicator of success with its base, target and the values reached."""

    __tablename__ = "target_indicator"
    log_name = "target_indicator"
    caption = "Целевой показатель"
    plural = "Целевые показатели"
    parent = "programme"
    title_field = "title"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    goal: Mapped[str | None] = reference("Цель или задача", "goal", required=True)
    code: Mapped[str | None] = choice("Показатель методики", code_list="indicators")
    title: Mapped[str | None] = text("Показатель", required=True, max_length=400)
    unit: Mapped[str | None] = text("Единица", required=True, max_length=30)
    base: Mapped[Decimal | None] = decimal("Исходное значение", required=True, minimum=None)
    base_date: Mapped[str | None] = date("Исходное на дату")
    target: Mapped[Decimal | None] = decimal("Целевое значение", required=True, minimum=None)
    reached_first: Mapped[Decimal | None] = decimal("Достигнуто, I этап", minimum=None)
    reached_second: Mapped[Decimal | None] = decimal("Достигнуто, II этап", minimum=None)


class AntiriskProgramme(Entity):
    """A programme against one risk factor, where it is needed."""

    __tablename__ = "antirisk_programme"
    log_name = "antirisk_programme"
    caption = "Антирисковая программа"
    plural = "Антирисковые программы"
    parent = "programme"
    title_field = "title"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    factor: Mapped[str | None] = choice("Фактор риска", code_list="factors", required=True)
    title: Mapped[str | None] = text("Наименование", required=True, max_length=400)
    aim: Mapped[str | None] = long_text("Цель", required=True, max_length=2000)
    tasks: Mapped[str | None] = long_text("Задачи", "По одной в строке.", required=True)
    expected: Mapped[str | None] = long_text("Планируемые результаты", required=True)


class ProgrammeVersion(Entity):
    """The whole programme as it stood at a step of its way; its text lies beside the log under its SHA-256."""

    __tablename__ = "programme_version"
    log_name = "programme_version"
    caption = "Редакция программы"
    plural = "Редакции программы"
    parent = "programme"
    title_field = "number"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    number: Mapped[int | None] = integer("Номер", required=True, minimum=1)
    state: Mapped[str | None] = choice("Состояние", PROGRAMME_STATES, required=True)
    made_on: Mapped[str | None] = date("Дата", required=True)
    note: Mapped[str | None] = text("Что изменено", max_length=400)
    content: Mapped[str | None] = text("Содержание", "Отпечаток текста.", required=True, max_length=64)


class StampBlock(Entity):
    """A stamp of the title page as this school wants it, in place of the one of the methodology."""

    __tablename__ = "stamp_block"
    log_name = "stamp_block"
    caption = "Гриф"
    plural = "Грифы титульного листа"
    natural_key = ("programme", "position")
    parent = "programme"
    title_field = "heading"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    position: Mapped[int | None] = integer("Место", "Слева направо, от 1 до 4.", required=True, minimum=1, maximum=4)
    heading: Mapped[str | None] = text("Гриф", "Например «СОГЛАСОВАНО».", max_length=60)
    lines: Mapped[str | None] = long_text(
        "Строки", "Должность, имя, протокол или приказ; по одной в строке.", personal=True, max_length=600
    )
    is_hidden: Mapped[bool | None] = boolean("Не печатать")
