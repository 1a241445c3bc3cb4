"""The road map: what is done, by whom, until when, with which evidence."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import boolean, choice, date, decimal, long_text, reference, text

MEASURE_STATES = (
    ("planned", "запланировано"),
    ("in_progress", "выполняется"),
    ("done", "выполнено"),
    ("partly", "выполнено частично"),
    ("moved", "перенесено"),
    ("cancelled", "отменено"),
)


class Measure(Entity):
    """One row of the road map (мероприятие)."""

    __tablename__ = "measure"
    log_name = "measure"
    caption = "Мероприятие"
    plural = "Дорожная карта"
    parent = "programme"
    title_field = "title"

    programme: Mapped[str | None] = reference("Программа", "programme", required=True)
    position: Mapped[str | None] = text("Место", required=True, max_length=60)
    title: Mapped[str | None] = text("Мероприятие", required=True, max_length=500)
    stage: Mapped[str | None] = choice("Этап", code_list="stages", required=True)
    direction: Mapped[str | None] = choice(
        "Раздел плана", help="По нему мероприятия собираются в план школы.", code_list="directions"
    )
    task: Mapped[str | None] = reference("Задача", "goal", "Чтобы ничего не висело в воздухе.", required=True)
    problem: Mapped[str | None] = reference("Проблемное поле", "problem_field")
    antirisk: Mapped[str | None] = reference("Антирисковая программа", "antirisk_programme")
    library_code: Mapped[str | None] = text("Код в методике", max_length=60)
    owner: Mapped[str | None] = reference("Ответственный", "staff_member", "Кто отвечает в школе.", personal=True)
    owner_text: Mapped[str | None] = text("Исполнители", "Как печатается в карте.", personal=True, max_length=300)
    deadline: Mapped[str | None] = text("Срок словами", "Печатается без изменений.", required=True, max_length=200)
    starts_on: Mapped[str | None] = date("Начало")
    due_on: Mapped[str | None] = date("Срок", required=True)
    expected: Mapped[str | None] = long_text("Ожидаемый результат", required=True, max_length=1000)
    evidence: Mapped[str | None] = text("Чем подтверждается", required=True, max_length=300)
    is_optional: Mapped[bool | None] = boolean("При необходимости", "Не бывает просроченным.")
    state: Mapped[str | None] = choice("Выполнение", MEASURE_STATES, required=True)
    done_on: Mapped[str | None] = date("Выполнено")
    evidence_given: Mapped[str | None] = text("Подтверждение", "Документ, дата, номер, где лежит.", max_length=500)
    note: Mapped[str | None] = long_text("Примечание", "Причина переноса или отмены.", max_length=1000)


class MeasureOccurrence(Entity):
    """How one of the days of a measure stands: done with its evidence, moved or cancelled with its reason."""

    __tablename__ = "measure_occurrence"
    log_name = "measure_occurrence"
    caption = "Срок мероприятия"
    plural = "Сроки мероприятий"
    natural_key = ("measure", "due_on")
    parent = "measure"
    title_field = "due_on"

    measure: Mapped[str | None] = reference("Мероприятие", "measure", required=True)
    due_on: Mapped[str | None] = date("Срок по плану", required=True)
    state: Mapped[str | None] = choice("Выполнение", MEASURE_STATES, required=True)
    moved_to: Mapped[str | None] = date("Перенесено на")
    reason: Mapped[str | None] = text("Причина переноса или отмены", max_length=400)
    done_on: Mapped[str | None] = date("Выполнено")
    evidence_given: Mapped[str | None] = text("Подтверждение", "Документ, дата, номер, где лежит.", max_length=500)


class IndicatorValue(Entity):
    """What a target indicator had reached on a day."""

    __tablename__ = "indicator_value"
    log_name = "indicator_value"
    caption = "Значение показателя"
    plural = "Значения показателей"
    natural_key = ("indicator", "measured_on")
    parent = "indicator"
    title_field = "measured_on"

    indicator: Mapped[str | None] = reference("Показатель", "target_indicator", required=True)
    measured_on: Mapped[str | None] = date("На дату", required=True)
    value: Mapped[Decimal | None] = decimal("Значение", required=True, minimum=None)
    source: Mapped[str | None] = text("Откуда", max_length=300)
    note: Mapped[str | None] = text("Почему так", max_length=400)
