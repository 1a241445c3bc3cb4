"""What a calendar holds: things on their days, and apart from them what waits without a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ItemKind(StrEnum):
    """What stands in a calendar."""

    MEASURE = "measure"
    TASK = "task"
    WAVE = "wave"
    STEP = "step"
    EVENT = "event"
    REPORT = "report"
    DOCUMENT = "document"
    RETURNED = "returned"
    APPOINTMENT = "appointment"
    INTERVIEW = "interview"
    DECISION = "decision"
    CONTROL = "quality_control"
    PUPIL_STEP = "pupil_step"
    DIFFICULTY = "learning_difficulty"
    JOINT_PLAN = "joint_plan_item"
    COURSE = "training_course"
    VISIT = "lesson_visit"
    MENTOR = "mentor_meeting"
    DELEGATION = "delegation"
    AGREEMENT = "partner_school"
    RECORD = "record"
    """A row of a register that has no words of its own here; the item names it."""

    @property
    def words(self) -> str:
        """As a list names it."""
        return _KINDS[self]


_KINDS = {
    ItemKind.MEASURE: "мероприятие",
    ItemKind.TASK: "задача этапа",
    ItemKind.WAVE: "мониторинг",
    ItemKind.STEP: "шаг ИОМ",
    ItemKind.EVENT: "встреча с партнёром",
    ItemKind.REPORT: "отчёт",
    ItemKind.DOCUMENT: "документ",
    ItemKind.RETURNED: "доработка",
    ItemKind.APPOINTMENT: "назначение",
    ItemKind.INTERVIEW: "собеседование",
    ItemKind.DECISION: "поручение",
    ItemKind.CONTROL: "контроль ВСОКО",
    ItemKind.PUPIL_STEP: "шаг плана ученика",
    ItemKind.DIFFICULTY: "затруднение класса",
    ItemKind.JOINT_PLAN: "совместный план",
    ItemKind.COURSE: "курсы",
    ItemKind.VISIT: "посещение урока",
    ItemKind.MENTOR: "встреча с наставником",
    ItemKind.DELEGATION: "часть у коллеги",
    ItemKind.AGREEMENT: "договор",
    ItemKind.RECORD: "запись",
}


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One thing on one day; `due` is None for what waits, with the reason in `waits`. `id` is stable."""

    id: str
    kind: ItemKind
    title: str
    due: date | None
    start: date | None = None
    owner: str = ""
    state: str = ""
    is_closed: bool = False
    """Nothing is to be done about it any more."""
    is_unmarked: bool = False
    """Whether it was done is not known here: a day that has passed is closed without a tick."""
    is_overdue: bool = False
    page: str = ""
    entity: str = ""
    row: str = ""
    field: str = ""
    part: str = ""
    """«срок 2 из 4», where there are several."""
    phrase: str = ""
    evidence: str = ""
    note: str = ""
    waits: str = ""
    is_register: bool = False
    """A row of a register, closed by a click where its page allows it."""
    named: str = ""

    @property
    def words(self) -> str:
        """What it is, for a list: «поручение», «отчёт»."""
        return self.named or self.kind.words


@dataclass(frozen=True, slots=True)
class CalendarView:
    """What has a day, by days; and apart from it what waits for an event, a schedule or a need, never overdue."""

    items: tuple[CalendarItem, ...]
    undated: tuple[CalendarItem, ...]
    on: date

    @property
    def overdue(self) -> tuple[CalendarItem, ...]:
        """Open items whose day has passed."""
        return tuple(item for item in self.items if item.is_overdue)

    def item(self, item_id: str) -> CalendarItem | None:
        """An item by its id."""
        return next((item for item in (*self.items, *self.undated) if item.id == item_id), None)
