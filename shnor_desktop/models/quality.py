"""ВСОКО as a cycle, meetings and their charges, requests to the founder, orders, the set of documents."""

from __future__ import annotations

from decimal import Decimal

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import EVERYONE, boolean, choice, date, decimal, integer, long_text, reference, text

CONTROL_STATES = (("planned", "запланирован"), ("held", "проведён"), ("moved", "перенесён"), ("cancelled", "отменён"))
DECISION_STATES = (
    ("open", "не начато"),
    ("in_progress", "в работе"),
    ("done", "выполнено"),
    ("partly", "выполнено частично"),
    ("cancelled", "снято"),
)
REQUEST_STATES = (
    ("draft", "готовится"),
    ("sent", "направлена"),
    ("granted", "удовлетворена"),
    ("partly", "удовлетворена частично"),
    ("refused", "отказано"),
)
ORDER_STATES = (("draft", "проект"), ("signed", "подписан"), ("cancelled", "отменён"))
DOCUMENT_STATES = (
    ("missing", "нет"),
    ("in_work", "готовится"),
    ("ready", "готов"),
    ("handed", "сдан"),
    ("accepted", "принят"),
    ("returned", "возвращён"),
)


class QualityControl(Entity):
    """One control in the year plan of the internal system of quality assessment (ВСОКО)."""

    __tablename__ = "quality_control"
    log_name = "quality_control"
    caption = "Контроль"
    plural = "План ВСОКО"
    title_field = "title"

    year: Mapped[int | None] = integer("Учебный год с", required=True, minimum=2000, maximum=2100)
    title: Mapped[str | None] = text("Что проверяем", required=True, max_length=400)
    area: Mapped[str | None] = choice("Направление", code_list="control_areas", required=True)
    method: Mapped[str | None] = choice("Способ", code_list="control_methods")
    classes: Mapped[str | None] = text("Классы, предметы", max_length=200)
    due_on: Mapped[str | None] = date("Срок", required=True)
    owner: Mapped[str | None] = reference("Кто проводит", "staff_member", personal=True, required=True)
    reviewed_at: Mapped[str | None] = choice("Где рассматривается", code_list="meeting_kinds")
    state: Mapped[str | None] = choice("Состояние", CONTROL_STATES, required=True)
    held_on: Mapped[str | None] = date("Проведён")
    reason: Mapped[str | None] = text("Причина переноса или отмены", max_length=300)


class QualityReport(Entity):
    """The analytical note (справка) that a control ends in."""

    __tablename__ = "quality_report"
    log_name = "quality_report"
    caption = "Справка"
    plural = "Справки"
    parent = "control"
    title_field = "title"

    control: Mapped[str | None] = reference("Контроль", "quality_control", required=True)
    number: Mapped[str | None] = text("Номер", max_length=40)
    title: Mapped[str | None] = text("О чём", required=True, max_length=400)
    made_on: Mapped[str | None] = date("Дата", required=True)
    author: Mapped[str | None] = reference("Кто составил", "staff_member", personal=True, required=True)
    looked_at: Mapped[str | None] = long_text("Что изучено", required=True, max_length=4000)
    found: Mapped[str | None] = long_text("Что установлено", required=True, max_length=8000)
    conclusions: Mapped[str | None] = long_text("Выводы", required=True, max_length=4000)
    advice: Mapped[str | None] = long_text("Рекомендации", max_length=4000)
    generated: Mapped[bool | None] = boolean(
        "Составлена программой", "Черновик по данным школы. Прочтите, поправьте и снимите отметку."
    )


class Meeting(Entity):
    """A meeting with its protocol."""

    __tablename__ = "meeting"
    log_name = "meeting"
    caption = "Совещание"
    plural = "Совещания и протоколы"
    title_field = "agenda"

    held_on: Mapped[str | None] = date("Дата", required=True)
    kind: Mapped[str | None] = choice("Вид", code_list="meeting_kinds", required=True)
    number: Mapped[str | None] = text("Протокол, №", max_length=40)
    agenda: Mapped[str | None] = long_text("Повестка", "По одному вопросу в строке.", required=True, max_length=1000)
    chair: Mapped[str | None] = reference("Председатель", "staff_member", personal=True)
    secretary: Mapped[str | None] = reference("Секретарь", "staff_member", personal=True)
    present: Mapped[int | None] = integer("Присутствовали", unit="чел.")
    invited: Mapped[str | None] = text("Приглашены", personal=True, max_length=400)
    heard: Mapped[str | None] = long_text("Слушали", "Кто и о чём; по абзацу на вопрос.", max_length=8000)


class Decision(Entity):
    """A decision or a charge (поручение): who does what until when, and whether it was checked."""

    __tablename__ = "decision"
    log_name = "decision"
    caption = "Поручение"
    plural = "Поручения"
    parent = "meeting"
    title_field = "title"

    title: Mapped[str | None] = text("Что сделать", required=True, max_length=500)
    meeting: Mapped[str | None] = reference("Совещание", "meeting")
    report: Mapped[str | None] = reference("Справка", "quality_report")
    owner: Mapped[str | None] = reference("Кому поручено", "staff_member", personal=True)
    owner_text: Mapped[str | None] = text("Или кому словами", personal=True, max_length=200)
    due_on: Mapped[str | None] = date("Контрольная дата", required=True)
    state: Mapped[str | None] = choice("Состояние", DECISION_STATES, required=True)
    done_on: Mapped[str | None] = date("Выполнено")
    outcome: Mapped[str | None] = long_text("Что сделано", max_length=2000)
    checked_on: Mapped[str | None] = date("Проверено")
    checked_by: Mapped[str | None] = reference("Кто проверил", "staff_member", personal=True)


class ResourceRequest(Entity):
    """A request to the founder for equipment, a post, transport or a municipal task, justified by the map."""

    __tablename__ = "resource_request"
    log_name = "resource_request"
    caption = "Заявка"
    plural = "Заявки на ресурсы"
    title_field = "title"

    title: Mapped[str | None] = text("Что нужно", required=True, max_length=400)
    kind: Mapped[str | None] = choice("Вид", code_list="request_kinds", required=True)
    quantity: Mapped[Decimal | None] = decimal("Сколько")
    unit: Mapped[str | None] = text("Единица", max_length=30)
    cost: Mapped[Decimal | None] = decimal("Сумма", unit="руб.")
    funding: Mapped[str | None] = choice("Источник", code_list="funding_sources")
    question: Mapped[str | None] = choice("Показатель карты", code_list="map_questions")
    problem: Mapped[str | None] = reference("Проблемное поле", "problem_field")
    justification: Mapped[str | None] = long_text("Обоснование", required=True, max_length=4000)
    to_whom: Mapped[str | None] = text("Кому", required=True, max_length=300)
    number: Mapped[str | None] = text("Исходящий №", max_length=40)
    sent_on: Mapped[str | None] = date("Направлена")
    state: Mapped[str | None] = choice("Состояние", REQUEST_STATES, required=True)
    decision: Mapped[str | None] = long_text("Решение учредителя", max_length=2000)
    decided_on: Mapped[str | None] = date("Дата решения")


class SchoolOrder(Entity):
    """An order of the school: drafted here, signed on paper."""

    __tablename__ = "school_order"
    log_name = "school_order"
    caption = "Приказ"
    plural = "Приказы"
    title_field = "title"

    kind: Mapped[str | None] = choice("Вид", code_list="order_kinds", required=True)
    number: Mapped[str | None] = text("№", max_length=40)
    made_on: Mapped[str | None] = date("Дата")
    title: Mapped[str | None] = text("О чём", required=True, max_length=400)
    preamble: Mapped[str | None] = long_text("Преамбула", "До слова «приказываю».", required=True, max_length=3000)
    body: Mapped[str | None] = long_text("Пункты", "По одному в строке.", required=True, max_length=8000)
    basis: Mapped[str | None] = text("Основание", "Решение, протокол, приказ вышестоящего органа.", max_length=400)
    annexes: Mapped[str | None] = long_text(
        "Приложения", "По одному в строке. Списки, которые программа составляет сама, сюда не пишите.", max_length=2000
    )
    control: Mapped[str | None] = reference("Контроль исполнения", "staff_member", personal=True)
    state: Mapped[str | None] = choice("Состояние", ORDER_STATES, required=True)


class DocumentMark(Entity):
    """How a document or a report that the methodology asks for stands: ready, handed in, accepted."""

    __tablename__ = "document_mark"
    log_name = "document_mark"
    caption = "Документ"
    plural = "Документы"
    natural_key = ("document", "ordinal")
    title_field = "document"

    document: Mapped[str | None] = text("Документ методики", writers=EVERYONE, required=True, max_length=80)
    ordinal: Mapped[int | None] = integer(
        "Который по счёту", "Если таких документов несколько, например справок.", writers=EVERYONE, minimum=1
    )
    state: Mapped[str | None] = choice("Состояние", DOCUMENT_STATES, writers=EVERYONE, required=True)
    number: Mapped[str | None] = text("№", writers=EVERYONE, max_length=40)
    made_on: Mapped[str | None] = date("Дата документа", writers=EVERYONE)
    due_on: Mapped[str | None] = date(
        "Срок", "Если назначен другой срок, чем в методике, или методика его не называет.", writers=EVERYONE
    )
    handed_on: Mapped[str | None] = date("Сдан", writers=EVERYONE)
    report: Mapped[str | None] = reference("Справка", "quality_report", writers=EVERYONE)
    note: Mapped[str | None] = text("Примечание", writers=EVERYONE, max_length=400)
