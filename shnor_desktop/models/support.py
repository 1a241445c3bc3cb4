"""Who supports the school: appointments, first contacts, the programme's team."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, long_text, reference, text


class Assignment(Entity):
    """A person in a role of the project, within the school or beside it."""

    __tablename__ = "assignment"
    log_name = "assignment"
    caption = "Назначение"
    plural = "Команда и сопровождение"
    title_field = "person"

    role: Mapped[str | None] = choice("Роль", code_list="roles", required=True)
    staff: Mapped[str | None] = reference("Педагог школы", "staff_member", "Если это человек из списка педагогов.")
    person: Mapped[str | None] = text("Фамилия, имя, отчество", personal=True, max_length=200)
    organisation: Mapped[str | None] = text("Организация", max_length=300)
    phone: Mapped[str | None] = text("Телефон", personal=True, max_length=60)
    since: Mapped[str | None] = date("С какого числа")
    until: Mapped[str | None] = date("По какое число")
    first_contact_on: Mapped[str | None] = date("Первая встреча или звонок")
    agreed: Mapped[str | None] = long_text("О чём договорились", max_length=2000)
