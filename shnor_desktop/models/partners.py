"""Partner schools and what was done together."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, choices, date, integer, long_text, reference, text
from shnor_desktop.models.staff import SUBJECTS

EVENT_MODES = (("visit", "очно"), ("online", "по видеосвязи"), ("travel", "выезд специалистов"))
PARTICIPANT_ROLES = (("listener", "слушатель"), ("speaker", "выступал"), ("lead", "проводил"))


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
    agreement_subject: Mapped[str | None] = text("Предмет договора", max_length=400)
    director: Mapped[str | None] = text("Директор партнёра", "Для договора и плана.", personal=True, max_length=200)
    frequency: Mapped[str | None] = text("Как часто обещано", "Например «не реже 1 раза в четверть».", max_length=200)
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
    state: Mapped[str | None] = choice("Состояние", code_list="event_states")
    mode: Mapped[str | None] = choice("Как проходит", EVENT_MODES)
    place: Mapped[str | None] = text("Где", max_length=300)
    subjects: Mapped[list[str] | None] = choices("Предметы", SUBJECTS)
    own_participants: Mapped[int | None] = integer("Участников от школы", unit="чел.", required=True)
    partner_participants: Mapped[int | None] = integer("Участников от партнёра", unit="чел.")
    outcome: Mapped[str | None] = long_text("Итоги", required=True, max_length=2000)
    taken_into_work: Mapped[str | None] = long_text("Что взяли в работу", "Приём, материал, решение.", max_length=2000)
    measure: Mapped[str | None] = reference("Мероприятие дорожной карты", "measure")
    plan_item: Mapped[str | None] = reference("Пункт совместного плана", "joint_plan_item")
    used_on: Mapped[str | None] = date("Применение проверено")
    used_note: Mapped[str | None] = long_text("Как применяется", "Что видно на уроках.", max_length=2000)


class EventParticipant(Entity):
    """A teacher of the school at an event, and what he or she took from it."""

    __tablename__ = "event_participant"
    log_name = "event_participant"
    caption = "Участник события"
    plural = "Участники событий"
    natural_key = ("event", "staff")
    parent = "event"
    title_field = "staff"

    event: Mapped[str | None] = reference("Событие", "partner_event", required=True)
    staff: Mapped[str | None] = reference("Педагог", "staff_member", personal=True, required=True)
    role: Mapped[str | None] = choice("Роль", PARTICIPANT_ROLES)
    used: Mapped[str | None] = text("Что применяет", max_length=400)


class JointPlanItem(Entity):
    """One item of the plan of joint work with a partner school."""

    __tablename__ = "joint_plan_item"
    log_name = "joint_plan_item"
    caption = "Пункт совместного плана"
    plural = "Совместный план"
    parent = "partner"
    title_field = "title"

    partner: Mapped[str | None] = reference("Школа-партнёр", "partner_school", required=True)
    title: Mapped[str | None] = text("Мероприятие", required=True, max_length=400)
    form: Mapped[str | None] = choice("Форма", code_list="event_forms", required=True)
    deadline: Mapped[str | None] = text("Срок словами", "Печатается без изменений.", max_length=200)
    due_on: Mapped[str | None] = date("Срок", required=True)
    owner: Mapped[str | None] = reference("Ответственный от школы", "staff_member", personal=True)
    partner_owner: Mapped[str | None] = text("Ответственный от партнёра", personal=True, max_length=200)
    expected: Mapped[str | None] = text("Ожидаемый результат", required=True, max_length=400)
    state: Mapped[str | None] = choice("Состояние", code_list="event_states")


class Practice(Entity):
    """A practice worth sharing, of the school or of a partner: the bank of practices."""

    __tablename__ = "practice"
    log_name = "practice"
    caption = "Практика"
    plural = "Банк практик"
    title_field = "title"

    title: Mapped[str | None] = text("Практика", required=True, max_length=300)
    description: Mapped[str | None] = long_text("В чём она состоит", required=True, max_length=4000)
    author: Mapped[str | None] = text("Чья", "Школа, педагог.", personal=True, required=True, max_length=300)
    subjects: Mapped[list[str] | None] = choices("Предметы", SUBJECTS)
    event: Mapped[str | None] = reference("С какого события", "partner_event")
    used_by: Mapped[int | None] = integer("Применяют педагогов", unit="чел.")
    result: Mapped[str | None] = long_text("Что это дало", max_length=2000)
    published: Mapped[str | None] = text("Где опубликована", "Адрес, издание, дата.", max_length=300)
