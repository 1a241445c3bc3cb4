"""The school's word that the data of a person are to be erased; each replica confirms and does it by itself."""

from __future__ import annotations

from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class Beside:
    """Rows of an entity that go with a row of another: their `field` holds its id.

    `of` is the entity of that row; where any may be meant, `entity_field` says which.
    """

    entity: str
    field: str
    of: str = ""
    entity_field: str = ""


BESIDE = (
    Beside("attachment", "owner_row", entity_field="owner_entity"),
    Beside("remark", "target_row", entity_field="target_entity"),
    Beside("remark_message", "remark", "remark"),
    Beside("assignment", "staff", "staff_member"),
    Beside("development_plan", "teacher", "staff_member"),
    Beside("feedback_card", "teacher", "staff_member"),
    Beside("training_course", "teacher", "staff_member"),
    Beside("teacher_activity", "teacher", "staff_member"),
    Beside("contest", "teacher", "staff_member"),
    Beside("event_participant", "staff", "staff_member"),
    Beside("parent_consultation", "pupil", "risk_pupil"),
)
"""What speaks of one person without standing below them; visits, measures and decisions only name them by a row."""
ERASABLE = ("staff_member", "risk_pupil", "expert_answer", "support_record", "delegation", "assignment")
"""The entities whose rows are people, or name one who has no row."""
