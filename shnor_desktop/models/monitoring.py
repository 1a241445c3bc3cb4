"""The stages of the project: what the pack asks of the school and how far it is."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, long_text

TASK_STATES = (
    ("open", "не начато"),
    ("in_progress", "в работе"),
    ("done", "выполнено"),
    ("not_needed", "не требуется"),
)


class StageTaskMark(Entity):
    """How a task of a stage stands in this school."""

    __tablename__ = "stage_task_mark"
    log_name = "stage_task_mark"
    caption = "Задача этапа"
    plural = "Задачи этапов"
    natural_key = ("task",)
    title_field = "task"

    task: Mapped[str | None] = choice("Задача", code_list="stage_tasks", required=True)
    state: Mapped[str | None] = choice("Состояние", TASK_STATES)
    done_on: Mapped[str | None] = date("Дата")
    comment: Mapped[str | None] = long_text("Комментарий", max_length=2000)
