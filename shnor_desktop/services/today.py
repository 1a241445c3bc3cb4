"""«Сегодня»: what is overdue, what this week asks for, whose answer is waited for, and the one next step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from shnor_desktop.domain import findings
from shnor_desktop.domain.errors import BugError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.log import DELETED
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.development_plans import DevelopmentActivity
from shnor_desktop.models.roadmap import Measure
from shnor_desktop.models.school import School
from shnor_desktop.services import erasures, pack_moving, records
from shnor_desktop.services.calendar import (
    CalendarItem,
    CalendarView,
    ItemKind,
    Returned,
    calendar_from,
    returned_of,
    until_words,
)
from shnor_desktop.services.calendar_registers import done_state
from shnor_desktop.services.check import CONFLICT, CheckResult, check_facts
from shnor_desktop.services.development import mark_activity_done
from shnor_desktop.services.facts import read_facts, today
from shnor_desktop.services.pack_shelf import PackSource
from shnor_desktop.services.records import Done
from shnor_desktop.services.roadmap import mark_occurrence
from shnor_desktop.services.stages import StagesView, mark_task, stages_of
from shnor_desktop.services.workspace import WAITING, Workspace
from shnor_desktop.storage.records import PackageRecord

WEEK = timedelta(days=7)
_SENT = ("prepared", "handed")
_NOT_A_DUTY = (ItemKind.APPOINTMENT,)
_MARKED_HERE = (ItemKind.MEASURE, ItemKind.STEP, ItemKind.TASK)


class Action(StrEnum):
    """What can be done with a line in place; OPEN goes to the field."""

    OPEN = "open"
    MARK_DONE = "mark_done"


@dataclass(frozen=True, slots=True)
class TodayItem:
    """One line: what and until when, and where it is done."""

    text: str
    detail: str
    page: str
    entity: str = ""
    row: str = ""
    field: str = ""
    action: Action = Action.OPEN
    due: date | None = None


@dataclass(frozen=True, slots=True)
class TodayView:
    """The three lists and the next step. `badges` are for the sidebar: only pages where something waits."""

    overdue: tuple[TodayItem, ...]
    this_week: tuple[TodayItem, ...]
    waiting: tuple[TodayItem, ...]
    next_step: TodayItem
    badges: Mapping[str, int]
    stage: str
    """«этап II · 24 дня», for the status line."""

    @property
    def is_quiet(self) -> bool:
        """Nothing is overdue, due this week or waited for."""
        return not (self.overdue or self.this_week or self.waiting)


_EMPTY_COPY = TodayView(
    (),
    (),
    (),
    TodayItem(
        "Примите пакет школы",
        "На этом компьютере ещё нет её данных. Попросите файл на первом компьютере школы или ответ в центре.",
        findings.EXCHANGE,
    ),
    {},
    "",
)
"""What another computer of a school shows until the first package comes."""


def today_view(workspace: Workspace) -> TodayView:
    """The first page of the school's desk."""
    with workspace.reading() as reader:
        packages = reader.records.packages(workspace.school)
        has_joined = reader.records.meta(WAITING) == "no"
        is_empty = has_joined and reader.row(School, workspace.school, workspace.school) is None
    if is_empty:
        return _EMPTY_COPY
    facts = read_facts(workspace)
    checked = check_facts(workspace, facts)
    view = today_of(workspace.pack, facts, checked, packages, returned_of(workspace))
    more = tuple(item for item in (_offer(workspace), _erasure(workspace)) if item is not None)
    return replace(view, waiting=(*more, *view.waiting)) if more else view


def today_of(
    pack: Pack,
    facts: SchoolFacts,
    checked: CheckResult,
    packages: Sequence[PackageRecord] = (),
    returned: Returned | None = None,
) -> TodayView:
    """The same from what was read already."""
    stages = stages_of(pack, facts)
    calendar = calendar_from(pack, facts, returned=returned)
    dated = sorted(_dated(calendar), key=lambda item: (item.due or date.max, item.text))
    overdue = tuple(item for item in dated if item.due is not None and item.due < facts.as_of)
    ahead = facts.as_of + WEEK
    this_week = tuple(item for item in dated if item.due is not None and facts.as_of <= item.due < ahead)
    waiting = tuple(_waiting(facts, checked, packages))
    return TodayView(
        overdue=overdue,
        this_week=this_week,
        waiting=waiting,
        next_step=_next_step(facts, checked, stages),
        badges=_badges(checked, overdue, waiting),
        stage=stages.caption,
    )


def _offer(workspace: Workspace) -> TodayItem | None:
    """A version of the methodology that waits for the school's decision."""
    found = pack_moving.offer(workspace)
    if found is None:
        return None
    is_own = found.entry.source is PackSource.PROGRAM
    text = "В программе новая версия методики" if is_own else "Центр прислал новую версию методики"
    detail = f"{found.title}. Посмотрите отличия и решите, переходить ли."
    return TodayItem(text, detail, findings.METHODOLOGY, row=found.hash)


def _erasure(workspace: Workspace) -> TodayItem | None:
    """Orders to erase a person's data that this computer has not carried out."""
    count = len(erasures.pending(workspace, workspace.school))
    if not count:
        return None
    detail = "Кадры – «Стирание данных…»: подтвердите, и данные исчезнут с этого компьютера."
    return TodayItem(f"Поручено стереть данные: {count}", detail, findings.STAFF)


def mark_item_done(workspace: Workspace, item: TodayItem, evidence: str = "") -> Done:
    """Do a line in place; a measure asks for its evidence (KnownError roadmap.evidence_needed)."""
    if item.action is not Action.MARK_DONE:
        raise BugError(f"{item.text!r} is done on its page")
    if item.entity == Measure.log_name:
        return mark_occurrence(workspace, item.row, item.due or today(workspace), evidence)
    if item.entity == DevelopmentActivity.log_name:
        return mark_activity_done(workspace, item.row, evidence)
    register = done_state(item.entity)
    if register is not None:
        values = {register.state: register.done, register.done_on: today(workspace)}
        return records.edit_many(workspace, item.entity, item.row, values)
    return mark_task(workspace, item.field, "done")


def _dated(view: CalendarView) -> Iterator[TodayItem]:
    """Everything open that has a day; of the days of one measure the one that is late, else the next one."""
    seen: set[tuple[str, str]] = set()
    for item in view.items:
        if item.is_closed or item.kind in _NOT_A_DUTY or item.due is None:
            continue
        if item.kind is ItemKind.MEASURE:
            if (item.entity, item.row) in seen:
                continue
            seen.add((item.entity, item.row))
        yield _line(item, item.due)


def _line(item: CalendarItem, due: date) -> TodayItem:
    words = [until_words(due), item.part, item.note]
    if item.kind is ItemKind.TASK:
        words = [item.note, until_words(due)]
    elif item.kind is ItemKind.STEP and item.is_overdue:
        words = ["просрочено", until_words(due)]
    elif item.kind is ItemKind.REPORT or item.kind is ItemKind.DOCUMENT:
        words = [item.words, until_words(due)]
    elif item.is_register:
        words = [item.words, until_words(due), item.owner]
    text = f"{item.title} — {item.owner}" if item.kind is ItemKind.STEP and item.owner else item.title
    is_marked_here = item.kind in _MARKED_HERE or done_state(item.entity) is not None
    action = Action.MARK_DONE if is_marked_here else Action.OPEN
    detail = ", ".join(word for word in words if word)
    return TodayItem(text, detail, item.page, item.entity, item.row, item.field, action, due)


def _waiting(facts: SchoolFacts, checked: CheckResult, packages: Sequence[PackageRecord]) -> Iterator[TodayItem]:
    """Packages without a receipt, remarks without an answer, fields that two people changed."""
    sent = [item for item in packages if item.direction == "out" and item.state in _SENT]
    if sent:
        newest = max(sent, key=lambda item: item.number)
        words = "подготовлен, ещё не передан" if newest.state == "prepared" else "передан, ответа пока нет"
        yield TodayItem(f"Пакет № {newest.number} {words}", newest.file_name, findings.EXCHANGE, row=newest.id)
    for remark in facts.remarks:
        has_day = remark.due_on is not None and remark.due_on < facts.as_of + WEEK  # it stands among the days
        if remark.kind != "praise" and remark.state in ("new", "in_work") and not has_day:
            place = remark.target_caption or "документы школы"
            yield TodayItem(
                remark.label or "Замечание координатора", place, findings.EXCHANGE, remark.entity, remark.id, "answer"
            )
    for line in checked.errors:
        if line.code == CONFLICT:
            field = "" if line.field == DELETED else line.field
            yield TodayItem(line.text, line.do, line.page, line.entity, line.row, field)


_FIRST_STEPS = (
    ("staff", findings.STAFF, "staff_member", "Внесите список педагогов", "Из него заполнятся показатели карты."),
    ("results", findings.RESULTS, "result_sheet", "Внесите результаты ВПР", "Загрузите отчёты «Ф1» или введите итоги."),
    ("problems", findings.MAP, "problem_field", "Выберите проблемные поля", "Программа предложит их по карте."),
    ("programmes", findings.PROGRAMME, "programme", "Составьте программу перехода", "Черновик соберётся из данных."),
    ("measures", findings.ROADMAP, "measure", "Добавьте мероприятия", "У каждого — срок, ответственный, результат."),
)


def _next_step(facts: SchoolFacts, checked: CheckResult, stages: StagesView) -> TodayItem:
    """What is not begun, in the order of the work; then the next task of the stage; then the first error."""
    school = facts.school
    if school is None or school.pupils is None:
        row = school.id if school else ""
        detail = "С него начинается всё остальное: числа вводятся один раз."
        return TodayItem("Заполните паспорт школы", detail, findings.PASSPORT, "school", row)
    for member, page, entity, text, detail in _FIRST_STEPS:
        if member == "problems" and (unanswered := _unanswered(checked)):
            return unanswered
        if not getattr(facts, member):
            return TodayItem(text, detail, page, entity)
    task = stages.next_task
    if task is not None:
        detail = "Следующий шаг этапа; отметьте, когда сделано."
        field = task.task.id
        return TodayItem(
            task.task.text, detail, task.page or findings.TODAY, "stage_task_mark", task.row, field, Action.MARK_DONE
        )
    if checked.lines:
        line = checked.lines[0]
        return TodayItem(line.text, line.do, line.page, line.entity, line.row, line.field)
    return TodayItem("Ошибок нет: выгрузите пакет для центра", "Всё заполнено.", findings.EXCHANGE)


def _unanswered(checked: CheckResult) -> TodayItem | None:
    """The map, while questions of it wait for an answer."""
    lines = [line for line in checked.errors if line.code == findings.CheckCode.MAP_UNANSWERED]
    if not lines:
        return None
    left = plural(len(lines), "показатель", "показателя", "показателей")
    first = lines[0]
    return TodayItem(
        "Заполните диагностическую карту", f"Осталось: {left}.", findings.MAP, first.entity, first.row, first.field
    )


def _badges(checked: CheckResult, overdue: Sequence[TodayItem], waiting: Sequence[TodayItem]) -> dict[str, int]:
    """Errors of each page; on «Сегодня» what is overdue, on «Обмен» what waits there."""
    counts = {page: sum(1 for line in lines if line.is_error) for page, lines in checked.by_page.items()}
    counts[findings.TODAY] = len(overdue)
    counts[findings.EXCHANGE] = sum(1 for item in waiting if item.page == findings.EXCHANGE)
    counts[findings.CHECK] = len(checked.errors)
    return {page: count for page, count in counts.items() if count}
