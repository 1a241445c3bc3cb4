"""Partner schools and what was done together."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, date, integer, long_text, reference, text


class PartnerSchool(Entity):
    """A school with better results that shares its experience."""

    __tablename__ = "partner_school"
    log_name = "partner_school"
    caption = "Школа-партнёр"
    plural = "Школы-партнёры"
    title_field = "name"

    name: Mapped[str | None] = text("Школа", required=True, max_length=300)
    municipality: Mapped[str | None] = text("Муниципальное образование", max_length=200)
    contact: Mapped[str | None] = text("Контактное лицо", "Должность и имя.", personal=True, max_length=200)
    agreement_number: Mapped[str | None] = text("Договор, №", max_length=60)
    agreement_date: Mapped[str | None] = date("Дата договора")
    agreement_until: Mapped[str | None] = date("Действует до")
    topics: Mapped[str | None] = long_text("В чём помогает", required=True, max_length=2000)
    promised_events: Mapped[int | None] = integer("Встреч обещано за год", unit="встреч")


class PartnerEvent(Entity):
    """One event with a partner school, and what was taken into work after it."""

    __tablename__ = "partner_event"
    log_name = "partner_event"
    caption = "Событие"
    plural = "События с партнёрами"
    parent = "partner"
    title_field = "topic"

    partner: Mapped[str | None] = reference("Школа-партнёр", "partner_school", required=True)
    held_on: Mapped[str | None] = date("Дата", required=True)
    form: Mapped[str | None] = choice("Форма", code_list="event_forms", required=True)
    topic: Mapped[str | None] = text("Тема", required=True, max_length=400)
    own_participants: Mapped[int | None] = integer("Участников от школы", unit="чел.", required=True)
    partner_participants: Mapped[int | None] = integer("Участников от партнёра", unit="чел.")
    outcome: Mapped[str | None] = long_text("Итоги", required=True, max_length=2000)
    taken_into_work: Mapped[str | None] = long_text("Что взяли в работу", "Приём, материал, решение.", max_length=2000)
    measure: Mapped[str | None] = reference("Мероприятие дорожной карты", "measure")
