"""The school's word that the data of a person are to be erased; each replica confirms and does it by itself."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, text

ERASURE_REASONS = (
    ("withdrawn", "отзыв согласия"),
    ("left", "человек больше не учится и не работает"),
    ("mistake", "внесено по ошибке"),
    ("law", "требование закона или суда"),
)


class Erasure(Entity):
    """An order to erase the values of one row with everything below it; it names no person itself."""

    __tablename__ = "erasure"
    log_name = "erasure"
    caption = "Стирание персональных данных"
    plural = "Стирание персональных данных"
    title_field = "reason"

    target_entity: Mapped[str | None] = text("Что", required=True, max_length=60)
    target_row: Mapped[str | None] = text("Строка", required=True, max_length=80)
    reason: Mapped[str | None] = choice("Основание", ERASURE_REASONS, required=True)
    document: Mapped[str | None] = text("Документ", "Номер и дата заявления или приказа, без фамилий.", max_length=200)
    ordered_on: Mapped[str | None] = date("Дата", required=True)
