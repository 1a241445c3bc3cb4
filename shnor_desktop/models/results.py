"""Results of assessment procedures: aggregates of a class or grade, never of a person."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.domain.school_subjects import SUBJECTS
from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, decimal, integer, reference, text

PROCEDURES = (("vpr", "ВПР"), ("oge", "ОГЭ"), ("ege", "ЕГЭ"), ("diagnostic", "диагностическая работа"))
RESULT_SUBJECTS = tuple((subject.code, subject.name.lower()) for subject in SUBJECTS)
DIFFICULTIES = (("basic", "базовый"), ("advanced", "повышенный"), ("high", "высокий"))


class ResultSheet(Entity):
    """Result of one procedure in one subject and grade, typed or derived from an imported workbook."""

    __tablename__ = "result_sheet"
    log_name = "result_sheet"
    caption = "Результат"
    plural = "Результаты"
    natural_key = ("procedure", "subject", "grade", "year")
    title_field = "subject"

    procedure: Mapped[str | None] = choice("Процедура", PROCEDURES, required=True)
    subject: Mapped[str | None] = choice("Предмет", RESULT_SUBJECTS, required=True)
    grade: Mapped[int | None] = integer("Класс", required=True, minimum=1, maximum=12)
    year: Mapped[int | None] = integer("Год", "Календарный год процедуры.", required=True, minimum=2000, maximum=2100)
    held_on: Mapped[str | None] = date("Дата проведения")
    participants: Mapped[int | None] = integer("Участников", unit="чел.", required=True)
    mark_2: Mapped[int | None] = integer("Отметка «2»", "Для ЕГЭ: ниже минимального балла.", unit="чел.", required=True)
    mark_3: Mapped[int | None] = integer("Отметка «3»", unit="чел.", required=True)
    mark_4: Mapped[int | None] = integer("Отметка «4»", unit="чел.", required=True)
    mark_5: Mapped[int | None] = integer("Отметка «5»", unit="чел.", required=True)
    lowered: Mapped[int | None] = integer("Ниже отметки по журналу", unit="чел.")
    confirmed: Mapped[int | None] = integer("Подтвердили отметку", unit="чел.")
    raised: Mapped[int | None] = integer("Выше отметки по журналу", unit="чел.")
    mean_score: Mapped[Decimal | None] = decimal("Средний первичный балл", unit="балла")
    max_score: Mapped[int | None] = integer("Максимальный первичный балл", unit="балла")
    mark_3_from: Mapped[int | None] = integer("«3» начинается с", "Первичный балл.", unit="балла")
    mark_4_from: Mapped[int | None] = integer("«4» начинается с", "Первичный балл.", unit="балла")
    mark_5_from: Mapped[int | None] = integer("«5» начинается с", "Первичный балл.", unit="балла")
    dataset: Mapped[str | None] = text("Файл результатов", "Отпечаток загруженной книги.", max_length=64)
    source: Mapped[str | None] = text("Источник", "Имя файла или «введено вручную».", max_length=300)


class ResultTask(Entity):
    """How one task of a procedure was done by the school: share of the maximum."""

    __tablename__ = "result_task"
    log_name = "result_task"
    caption = "Задание"
    plural = "Задания"
    natural_key = ("sheet", "code")
    parent = "sheet"
    title_field = "code"

    sheet: Mapped[str | None] = reference("Результат", "result_sheet", required=True)
    code: Mapped[str | None] = text("Номер задания", required=True, max_length=20)
    difficulty: Mapped[str | None] = choice("Уровень сложности", DIFFICULTIES)
    max_score: Mapped[int | None] = integer("Максимальный балл", unit="балла")
    attempts: Mapped[int | None] = integer("Выполняли", unit="чел.")
    percent: Mapped[Decimal | None] = decimal(
        "Выполнение", "Сумма баллов к наибольшей возможной.", unit="%", maximum=100
    )
    skill: Mapped[str | None] = text("Проверяемое умение", max_length=400)


class ResultScore(Entity):
    """How many pupils of the school got a primary score."""

    __tablename__ = "result_score"
    log_name = "result_score"
    caption = "Первичный балл"
    plural = "Распределение баллов"
    natural_key = ("sheet", "score")
    parent = "sheet"
    title_field = "score"

    sheet: Mapped[str | None] = reference("Результат", "result_sheet", required=True)
    score: Mapped[int | None] = integer("Балл", unit="балла", required=True)
    pupils: Mapped[int | None] = integer("Учеников", unit="чел.", required=True)


class ResultGroup(Entity):
    """How one group of participants did one task: those who got «2», «3», «4», «5»."""

    __tablename__ = "result_group"
    log_name = "result_group"
    caption = "Группа участников"
    plural = "Группы участников"
    natural_key = ("sheet", "cohort", "code")
    parent = "sheet"
    title_field = "cohort"

    sheet: Mapped[str | None] = reference("Результат", "result_sheet", required=True)
    cohort: Mapped[str | None] = text("Группа", required=True, max_length=60)
    code: Mapped[str | None] = text("Номер задания", required=True, max_length=20)
    pupils: Mapped[int | None] = integer("Учеников", unit="чел.")
    percent: Mapped[Decimal | None] = decimal("Выполнение", unit="%", maximum=100)
