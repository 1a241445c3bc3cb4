"""How the registers of partner schools are shown."""

from __future__ import annotations

from shnor_desktop.models.partners import EventParticipant, JointPlanItem, PartnerEvent, PartnerSchool, Practice
from shnor_desktop.ui.pages.record_rows import RecordSpec

EVENTS = RecordSpec(
    cls=PartnerEvent,
    columns=("held_on", "topic", "taken_into_work"),
    add="Записать событие",
    empty_title="Журнал событий",
    empty_text="Начните со школы, которая делится опытом. Потом каждое событие займёт минуту: дата, тема и что взяли в "
    "работу. Отсюда их возьмут программа и мониторинг.",
    first=("partner", "held_on", "form", "topic"),
    titles={"taken_into_work": "Что взяли в работу"},
    widths={"held_on": 14, "topic": 22, "taken_into_work": 24},
    stretching=("topic", "taken_into_work"),
    newest_first="held_on",
    row_lines=2,
    takes_files=True,
)
PARTICIPANTS = RecordSpec(
    cls=EventParticipant,
    columns=("staff", "role", "used"),
    add="Добавить участника",
    empty_title="Участники события",
    empty_text="Кто из педагогов школы был на событии, в какой роли и что применяет.",
    first=("staff", "role"),
    widths={"staff": 20, "role": 11, "used": 20},
    stretching=("used",),
)
PARTNERS = RecordSpec(
    cls=PartnerSchool,
    columns=("name", "agreement_until", "promised_events"),
    add="Добавить школу-партнёра",
    empty_title="Школы-партнёры",
    empty_text="Школа с устойчивыми результатами, которая делится опытом по договору. Договор и план совместной работы "
    "программа составит сама.",
    titles={"promised_events": "Обещано", "agreement_until": "Договор до"},
    widths={"name": 26, "agreement_until": 12, "promised_events": 9},
    takes_files=True,
)
PLAN = RecordSpec(
    cls=JointPlanItem,
    columns=("due_on", "title", "partner", "state"),
    add="Добавить пункт",
    empty_title="Совместный план",
    empty_text="Что школы сделают вместе: форма, срок, ответственные с обеих сторон. Когда событие прошло, нажмите "
    "«Провести»: оно попадёт в журнал и останется связанным с пунктом.",
    first=("partner", "title", "form", "due_on", "expected"),
    begun_with={"state": "planned"},
    widths={"due_on": 14, "title": 26, "partner": 18, "state": 14},
    stretching=("title",),
    row_lines=2,
)
PRACTICES = RecordSpec(
    cls=Practice,
    columns=("title", "author", "used_by"),
    add="Добавить практику",
    empty_title="Банк практик",
    empty_text="Приёмы, которые стоит перенять, свои и партнёров: в чём состоят, чьи, кто применяет и что это дало.",
    first=("title", "author", "description"),
    titles={"used_by": "Применяют"},
    widths={"title": 26, "author": 22, "used_by": 11},
    row_lines=2,
    takes_files=True,
)
