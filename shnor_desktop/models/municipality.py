"""What the municipal centre keeps of its own: the registry of the schools of the municipality, a version a year.

The rows belong to the centre, not to a school: they live in the log under the centre's own aggregate.
"""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import CENTRE, boolean, choices, integer, long_text, text

CATEGORIES = (
    ("low_results", "низкие образовательные результаты"),
    ("social", "сложные социальные условия"),
    ("resources", "дефицит кадров и ресурсов"),
)


class RegisteredSchool(Entity):
    """One school of the municipality in the registry of one year."""

    __tablename__ = "registered_school"
    log_name = "registered_school"
    caption = "Школа реестра"
    plural = "Реестр школ"
    natural_key = ("year", "code")
    title_field = "name"

    year: Mapped[int | None] = integer(
        "Год реестра", "Реестр утверждают каждый год.", writers=CENTRE, required=True, minimum=2000, maximum=2100
    )
    code: Mapped[str | None] = text(
        "Код школы", "Тот же, что в пакетах школы.", writers=CENTRE, required=True, max_length=20, is_code=True
    )
    name: Mapped[str | None] = text("Школа", writers=CENTRE, required=True, max_length=200)
    categories: Mapped[list[str] | None] = choices(
        "Категории", CATEGORIES, "Пусто, если школа не нуждается в поддержке.", writers=CENTRE
    )
    included_since: Mapped[int | None] = integer(
        "В программе с", "Год включения; пусто, если не включена.", writers=CENTRE, minimum=2000, maximum=2100
    )
    is_analysed: Mapped[bool | None] = boolean("Анализ данных проведён", writers=CENTRE)
    in_events: Mapped[bool | None] = boolean("Участвует в межшкольных мероприятиях", writers=CENTRE)
    trained_staff: Mapped[int | None] = integer(
        "Обучено по вопросам качества",
        "Педагогов и управленцев, прошедших повышение квалификации по качеству преподавания и управления.",
        unit="чел.",
        writers=CENTRE,
    )
    realises: Mapped[bool | None] = boolean("Успешно реализует программу перехода", writers=CENTRE)
    has_succeeded: Mapped[bool | None] = boolean(
        "Проект завершён успешно", "Итог: цель программы школы достигнута.", writers=CENTRE
    )
    basis: Mapped[str | None] = long_text(
        "Основание", "Справка, протокол или приказ, по которому это признано.", writers=CENTRE, max_length=2000
    )
    disseminates: Mapped[bool | None] = boolean("Распространяет опыт", writers=CENTRE)
    is_practice_site: Mapped[bool | None] = boolean("Площадка успешной практики", writers=CENTRE)
    note: Mapped[str | None] = long_text("Примечание", writers=CENTRE, max_length=2000)
