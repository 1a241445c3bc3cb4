"""The diagnostic map (ДТК): answers, levels of the risk factors, problem fields."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, choices, integer, long_text, text

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
