"""The diagnostic map (ДТК): answers, levels of the risk factors, problem fields."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import (
    REVIEWERS,
    boolean,
    choice,
    choices,
    date,
    integer,
    long_text,
    reference,
    text,
)

LEVELS = (("high", "высокая"), ("medium", "средняя"), ("low", "низкая"))


class DiagnosticAnswer(Entity):
    """The answer to one question of a form of the pack in one wave; filled values are computed, not stored.

    A row is stored only for what a person typed, confirmed, replaced or commented.
    """

    __tablename__ = "diagnostic_answer"
    log_name = "diagnostic_answer"
    caption = "Ответ"
    plural = "Ответы"
    natural_key = ("form", "wave", "question")
    title_field = "question"

    form: Mapped[str | None] = text("Форма", required=True, max_length=60)
    wave: Mapped[str | None] = text("Волна", required=True, max_length=20)
    question: Mapped[str | None] = text("Показатель", required=True, max_length=60)
    value: Mapped[str | None] = long_text("Значение", "Число, вариант или текст, как просит форма.", max_length=4000)
    numerator: Mapped[int | None] = integer("Числитель")
    denominator: Mapped[int | None] = integer("Знаменатель")
    not_applicable: Mapped[bool | None] = boolean("Не применимо")
    evidence: Mapped[str | None] = text(
        "Подтверждение", "Документ, справка, приказ: название, дата, номер.", max_length=500
    )
    comment: Mapped[str | None] = long_text("Комментарий", max_length=4000)


class FactorLevel(Entity):
    """A level of a risk factor that the school set by hand, with its reason."""

    __tablename__ = "factor_level"
    log_name = "factor_level"
    caption = "Значимость фактора"
    plural = "Значимость факторов"
    natural_key = ("wave", "factor")
    title_field = "factor"

    wave: Mapped[str | None] = text("Волна", required=True, max_length=20)
    factor: Mapped[str | None] = choice("Фактор риска", code_list="factors", required=True)
    level: Mapped[str | None] = choice("Значимость", LEVELS)
    reason: Mapped[str | None] = long_text("Почему изменено", "Без причины значимость не меняется.", max_length=2000)


class ProblemField(Entity):
    """A problem that the diagnosis found and the programme answers."""

    __tablename__ = "problem_field"
    log_name = "problem_field"
    caption = "Проблемное поле"
    plural = "Проблемные поля"
    title_field = "title"

    title: Mapped[str | None] = text(
        "Проблема", "Одно предложение: что не так и где это видно.", required=True, max_length=400
    )
    factors: Mapped[list[str] | None] = choices("Факторы риска", code_list="factors")
    causes: Mapped[str | None] = long_text("Причины", "Почему это так; по одной в строке.", required=True)
    facts: Mapped[str | None] = long_text("На чём основано", "Показатели карты с числами.")
    rank: Mapped[int | None] = integer(
        "Очерёдность", "1 — самая важная; не больше десяти одновременно.", minimum=1, maximum=99, required=True
    )
    is_active: Mapped[bool | None] = boolean("В работе", "Входит в программу.")


class CauseMark(Entity):
    """How strongly one of the causes that the methodology names is at work in this school."""

    __tablename__ = "cause_mark"
    log_name = "cause_mark"
    caption = "Причина"
    plural = "Причины низких результатов"
    natural_key = ("wave", "cause")
    title_field = "cause"

    wave: Mapped[str | None] = text("Волна", required=True, max_length=20)
    cause: Mapped[str | None] = choice("Причина", code_list="causes", required=True)
    level: Mapped[str | None] = choice("Выраженность", LEVELS)
    facts: Mapped[str | None] = long_text("В чём видно", "Показатели карты, наблюдения.", max_length=2000)
    problem: Mapped[str | None] = reference("Проблемное поле", "problem_field")


class ExpertAnswer(Entity):
    """The expert's answer to a question of the form, beside the school's own."""

    __tablename__ = "expert_answer"
    log_name = "expert_answer"
    caption = "Оценка эксперта"
    plural = "Оценки эксперта"
    natural_key = ("form", "wave", "question")
    title_field = "question"

    form: Mapped[str | None] = text("Форма", writers=REVIEWERS, required=True, max_length=60)
    wave: Mapped[str | None] = text("Волна", writers=REVIEWERS, required=True, max_length=20)
    question: Mapped[str | None] = text("Показатель", writers=REVIEWERS, required=True, max_length=60)
    value: Mapped[str | None] = long_text("Значение", writers=REVIEWERS, max_length=4000)
    numerator: Mapped[int | None] = integer("Числитель", writers=REVIEWERS)
    denominator: Mapped[int | None] = integer("Знаменатель", writers=REVIEWERS)
    comment: Mapped[str | None] = long_text("На чём основано", writers=REVIEWERS, max_length=4000)
    expert: Mapped[str | None] = text("Эксперт", personal=True, writers=REVIEWERS, max_length=200)
    made_on: Mapped[str | None] = date("Дата", writers=REVIEWERS)
