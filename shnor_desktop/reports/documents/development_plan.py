"""Development plans of teachers (ИОМ): deficits, steps with their results, diagnostics in and out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    KeyValueTable,
    PageBreak,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, empty_rows, filled, stated


@dataclass(frozen=True, slots=True)
class StepFacts:
    """One step of a plan, every value as it is printed."""

    title: str
    form: str = ""
    place: str = ""
    due: str = ""
    expected: str = ""
    presented_as: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class DevelopmentFacts:
    """The plan of one teacher; `requisites` and `outcome` are captions with values, a deficit is kind, words, level.

    A meeting with the mentor is day, topic, what was agreed; courses are title, hours, days, state with certificate.
    """

    teacher: str
    requisites: tuple[tuple[str, str], ...]
    deficits: tuple[tuple[str, str, str], ...] = ()
    steps: tuple[StepFacts, ...] = ()
    meetings: tuple[tuple[str, str, str], ...] = ()
    courses: tuple[tuple[str, str, str, str], ...] = ()
    outcome: tuple[tuple[str, str], ...] = ()


REQUISITES = ("Педагог", "Должность, предмет", "Педагогический стаж", "Наставник", "Период", "Цель")
OUTCOME = ("Входная диагностика", "Итоговая диагностика", "Изменение", "Вывод педагога")
_DEFICITS = (Column("Вид дефицита", 44), Column("В чём состоит", 120), Column("Выраженность", 36))
_MEETINGS = (Column("Дата", 24), Column("О чём", 88), Column("О чём договорились", 88))
_COURSES = (Column("Курсы", 100), Column("Объём, ч", 20, Align.CENTER), Column("Сроки", 40), Column("Состояние", 40))
_STEPS = (
    Column("№", 9, Align.CENTER),
    Column("Содержание", 60),
    Column("Форма", 34),
    Column("Где, кто организует", 40),
    Column("Срок", 24),
    Column("Планируемый результат", 46),
    Column("Форма предъявления", 36),
    Column("Отметка о выполнении", 40),
)


def development_document(school: str, plans: Sequence[DevelopmentFacts], signatory: str = "") -> Document:
    """Every plan from a new turned page, to be signed by the teacher and the director; a form where there is none."""
    title = "Индивидуальный образовательный маршрут педагога"
    blocks: list[Block] = []
    form = DevelopmentFacts("", tuple((key, "") for key in REQUISITES), outcome=tuple((key, "") for key in OUTCOME))
    for plan in plans or (form,):
        blocks += [PageBreak()] if blocks else []
        blocks += _plan(title, school, plan, signatory, is_form=not plans)
    return Document(title, tuple(blocks), Typeface.SANS, landscape=True, footer=school)


def _plan(title: str, school: str, plan: DevelopmentFacts, signatory: str, *, is_form: bool) -> list[Block]:
    shown = filled if is_form else stated
    steps = tuple(
        Row(
            (
                str(number),
                step.title,
                stated(step.form),
                stated(step.place),
                stated(step.due),
                stated(step.expected),
                stated(step.presented_as),
                step.done,
            )
        )
        for number, step in enumerate(plan.steps, start=1)
    )
    deficits = tuple(Row((kind, words, stated(level))) for kind, words, level in plan.deficits)
    if is_form:
        deficits, steps = empty_rows(len(_DEFICITS), 3), empty_rows(len(_STEPS), 6, is_numbered=True)
    return [
        Heading(title, 0),
        Paragraph(school, Align.CENTER, first_line_indent=False),
        KeyValueTable(tuple((key, shown(value)) for key, value in plan.requisites), key_width=26),
        Heading("Выявленные дефициты"),
        Table(_DEFICITS, deficits, empty="Дефициты не внесены."),
        Heading("План"),
        Table(_STEPS, steps, empty="Шаги плана не внесены."),
        *_lists(plan),
        Heading("Итоги"),
        KeyValueTable(tuple((key, shown(value)) for key, value in plan.outcome), key_width=26),
        SignatureLine("Педагог", plan.teacher, BLANK_DAY),
        SignatureLine("Директор", signatory, BLANK_DAY),
    ]


def _lists(plan: DevelopmentFacts) -> list[Block]:
    """Courses and meetings with the mentor, where there are any."""
    made: list[Block] = []
    if plan.courses:
        rows = tuple(Row(tuple(stated(cell) for cell in line)) for line in plan.courses)
        made += [Heading("Курсы"), Table(_COURSES, rows)]
    if plan.meetings:
        rows = tuple(Row(tuple(stated(cell) for cell in line)) for line in plan.meetings)
        made += [Heading("Встречи с наставником"), Table(_MEETINGS, rows)]
    return made
