"""What the reviewers say: remarks to a field, a measure or a paragraph, and decisions on packages."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import CENTRE, EVERYONE, REVIEWERS, choice, date, integer, long_text, text

REMARK_KINDS = (
    ("remark", "замечание"),
    ("proposal", "предложение по корректировке"),
    ("praise", "отмечено положительно"),
)
REMARK_STATES = (
    ("new", "новое"),
    ("in_work", "в работе"),
    ("fixed", "исправлено"),
    ("accepted", "принято"),
    ("withdrawn", "снято"),
)
SIDES = (("school", "школа"), ("methodist", "методист"), ("municipal", "муниципальный центр"))
DECISIONS = (("received", "получен"), ("accepted", "принят"), ("returned", "на доработке"))


class Remark(Entity):
    """A remark of the coordinator or methodist; it stays with the row and field it speaks of."""

    __tablename__ = "remark"
    log_name = "remark"
    caption = "Замечание"
    plural = "Замечания"
    title_field = "body"

    kind: Mapped[str | None] = choice("Вид", REMARK_KINDS, writers=REVIEWERS, required=True)
    target_entity: Mapped[str | None] = text("К чему относится", writers=REVIEWERS, required=True, max_length=60)
    target_row: Mapped[str | None] = text("Строка", writers=REVIEWERS, max_length=80)
    target_field: Mapped[str | None] = text("Поле", writers=REVIEWERS, max_length=80)
    target_caption: Mapped[str | None] = text("Где", "Как назвать место словами.", writers=REVIEWERS, max_length=400)
    body: Mapped[str | None] = long_text("Текст", writers=REVIEWERS, required=True, max_length=4000)
    author: Mapped[str | None] = text("Кто", personal=True, writers=REVIEWERS, max_length=200)
    made_on: Mapped[str | None] = date("Дата", writers=REVIEWERS)
    state: Mapped[str | None] = choice("Состояние", REMARK_STATES, writers=EVERYONE, required=True)
    answer: Mapped[str | None] = long_text("Ответ школы", max_length=4000)
    quoted: Mapped[str | None] = long_text(
        "Как было", "Что стояло в этом месте, когда замечание оставили.", writers=REVIEWERS, max_length=4000
    )
    due_on: Mapped[str | None] = date("Исправить до", writers=REVIEWERS)


class RemarkMessage(Entity):
    """One word in the thread under a remark, and the state that it moved the remark to, if it did."""

    __tablename__ = "remark_message"
    log_name = "remark_message"
    caption = "Ответ на замечание"
    plural = "Переписка по замечаниям"
    title_field = "body"

    remark: Mapped[str | None] = text("Замечание", writers=EVERYONE, required=True, max_length=80)
    body: Mapped[str | None] = long_text("Текст", writers=EVERYONE, max_length=4000)
    author: Mapped[str | None] = text("Кто", personal=True, writers=EVERYONE, max_length=200)
    side: Mapped[str | None] = choice("От кого", SIDES, writers=EVERYONE)
    made_at: Mapped[str | None] = text("Когда", "Время, только для показа.", writers=EVERYONE, max_length=40)
    moved_to: Mapped[str | None] = choice("Стало", REMARK_STATES, writers=EVERYONE)


class ReviewDecision(Entity):
    """What the centre decided about a package of the school: the content of a receipt."""

    __tablename__ = "review_decision"
    log_name = "review_decision"
    caption = "Решение центра"
    plural = "Решения центра"
    natural_key = ("package",)
    title_field = "decision"

    package: Mapped[str | None] = text("Пакет", "Отпечаток пакета школы.", writers=CENTRE, required=True, max_length=64)
    package_name: Mapped[str | None] = text("Файл", writers=CENTRE, max_length=200)
    package_number: Mapped[int | None] = integer("Номер пакета", writers=CENTRE)
    received_on: Mapped[str | None] = date("Получен", writers=CENTRE)
    decision: Mapped[str | None] = choice("Решение", DECISIONS, writers=CENTRE, required=True)
    due_on: Mapped[str | None] = date("Доработать до", writers=CENTRE)
    comment: Mapped[str | None] = long_text("Пояснение", writers=CENTRE, max_length=4000)
