"""What people say about deadlines that the program does not know by itself: corrected readings, dates of reports."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import CENTRE, EVERYONE, boolean, choice, date, long_text, text

DEADLINE_KINDS = (
    ("date", "к определённому дню"),
    ("window", "в определённый период"),
    ("recurring", "несколько раз"),
    ("ongoing", "постоянно, весь срок"),
    ("stage", "в сроки этапа"),
    ("schedule", "по отдельному графику"),
    ("event", "после события"),
    ("on_demand", "при необходимости"),
)


class DeadlineReading(Entity):
    """How a phrase is to be read in plans of one methodology, where a person corrected the program."""

    __tablename__ = "deadline_reading"
    log_name = "deadline_reading"
    caption = "Чтение срока"
    plural = "Исправленные сроки"
    natural_key = ("pack", "phrase")
    title_field = "phrase"

    pack: Mapped[str | None] = text("Методика", writers=EVERYONE, required=True, max_length=80)
    phrase: Mapped[str | None] = text(
        "Срок словами", "Без различия прописных букв и пробелов.", writers=EVERYONE, required=True, max_length=200
    )
    kind: Mapped[str | None] = choice("Какой это срок", DEADLINE_KINDS, writers=EVERYONE, required=True)
    windows: Mapped[str | None] = long_text("Дни и периоды", writers=EVERYONE, max_length=6000)
    times: Mapped[str | None] = text("Как часто", writers=EVERYONE, max_length=60)
    event: Mapped[str | None] = text("Какого события ждёт", writers=EVERYONE, max_length=200)
    is_optional: Mapped[bool | None] = boolean("При необходимости", "Не бывает просроченным.", writers=EVERYONE)
    note: Mapped[str | None] = text("Почему так", writers=EVERYONE, max_length=300)


class ReportDate(Entity):
    """The day by which the centre wants the data for a report of its plan, earlier than the report itself."""

    __tablename__ = "report_date"
    log_name = "report_date"
    caption = "Внутренний срок отчёта"
    plural = "Внутренние сроки отчётов"
    natural_key = ("pack", "report")
    title_field = "report"

    pack: Mapped[str | None] = text("Методика", writers=CENTRE, required=True, max_length=80)
    report: Mapped[str | None] = text("Отчёт", writers=CENTRE, required=True, max_length=80)
    inner_due: Mapped[str | None] = date("Данные собрать до", writers=CENTRE)
