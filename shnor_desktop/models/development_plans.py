"""Individual development plans of teachers (ИОМ): deficits, goals, activities, diagnostics in and out."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, decimal, integer, long_text, reference, text

PLAN_STATES = (("draft", "составляется"), ("running", "выполняется"), ("done", "завершён"))
MENTORING = (("has", "есть"), ("not_needed", "не требуется"), ("impossible", "нет возможности"))
DEFICIT_LEVELS = (("high", "выраженный"), ("medium", "умеренный"), ("low", "незначительный"))
ACTIVITY_STATES = (("planned", "запланировано"), ("done", "выполнено"), ("cancelled", "отменено"))


class DevelopmentPlan(Entity):
    """The plan of one teacher; results of pupils do not enter it."""

    __tablename__ = "development_plan"
    log_name = "development_plan"
    caption = "План профессионального развития"
    plural = "ИОМ"
    title_field = "goal"

    teacher: Mapped[str | None] = reference("Педагог", "staff_member", required=True)
    goal: Mapped[str | None] = long_text("Цель", required=True, max_length=1000)
    starts_on: Mapped[str | None] = date("Начало", required=True)
    ends_on: Mapped[str | None] = date("Окончание", required=True)
    mentoring: Mapped[str | None] = choice("Наставник", MENTORING, required=True)
    mentor: Mapped[str | None] = reference("Наставник из школы", "staff_member")
    mentor_text: Mapped[str | None] = text("Наставник из другой организации", personal=True, max_length=300)
    mentoring_reason: Mapped[str | None] = text("Причина, если наставника нет", max_length=300)
    diagnostics_in: Mapped[Decimal | None] = decimal("Входная диагностика", unit="%", maximum=100)
    diagnostics_in_on: Mapped[str | None] = date("Дата входной диагностики")
    diagnostics_out: Mapped[Decimal | None] = decimal("Итоговая диагностика", unit="%", maximum=100)
    diagnostics_out_on: Mapped[str | None] = date("Дата итоговой диагностики")
    state: Mapped[str | None] = choice("Состояние", PLAN_STATES, required=True)
    reflection: Mapped[str | None] = long_text("Вывод педагога", max_length=2000)


class DevelopmentDeficit(Entity):
    """A deficit that a diagnosis showed."""

    __tablename__ = "development_deficit"
    log_name = "development_deficit"
    caption = "Дефицит"
    plural = "Дефициты"
    parent = "plan"
    title_field = "description"

    plan: Mapped[str | None] = reference("ИОМ", "development_plan", required=True)
    kind: Mapped[str | None] = choice("Вид", code_list="deficit_kinds", required=True)
    description: Mapped[str | None] = text("В чём состоит", required=True, max_length=500)
    level: Mapped[str | None] = choice("Выраженность", DEFICIT_LEVELS)


class DevelopmentActivity(Entity):
    """One activity of the plan."""

    __tablename__ = "development_activity"
    log_name = "development_activity"
    caption = "Шаг плана"
    plural = "Шаги плана"
    parent = "plan"
    title_field = "title"

    plan: Mapped[str | None] = reference("ИОМ", "development_plan", required=True)
    deficit: Mapped[str | None] = reference("Какой дефицит восполняет", "development_deficit")
    form: Mapped[str | None] = choice("Форма", code_list="activity_forms", required=True)
    title: Mapped[str | None] = text("Содержание", required=True, max_length=400)
    place: Mapped[str | None] = text("Где, кто организует", max_length=300)
    hours: Mapped[int | None] = integer("Объём", unit="ч", maximum=1000)
    due_on: Mapped[str | None] = date("Срок", required=True)
    expected: Mapped[str | None] = text("Планируемый результат", required=True, max_length=500)
    presented_as: Mapped[str | None] = text("Форма предъявления", max_length=300)
    state: Mapped[str | None] = choice("Выполнение", ACTIVITY_STATES, required=True)
    done_on: Mapped[str | None] = date("Выполнено")
    result: Mapped[str | None] = long_text("Результат", max_length=1000)
