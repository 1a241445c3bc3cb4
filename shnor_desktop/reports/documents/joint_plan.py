"""The plan of joint work with a partner school, approved by both directors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shnor_desktop.domain.russian import initialed, plural
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Row,
    Spacer,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import StampFacts, empty_rows, filled, stamp_row, stated

_COLUMNS = (
    Column("№", 8, Align.CENTER),
    Column("Мероприятие", 62),
    Column("Форма", 32),
    Column("Срок", 26),
    Column("Ответственные\nот школы", 36),
    Column("Ответственные\nот партнёра", 36),
    Column("Ожидаемый результат", 48),
    Column("Отметка", 30),
)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An item, every value as it is printed."""

    title: str
    form: str
    due: str
    owner: str
    partner_owner: str
    expected: str
    mark: str


@dataclass(frozen=True, slots=True)
class JointPlanFacts:
    """The plan with one partner."""

    school: str
    director: str
    partner: str
    partner_director: str
    agreement: str
    lines: tuple[PlanLine, ...]


def joint_plan_document(plans: Sequence[JointPlanFacts]) -> Document:
    """Every plan from a new turned page."""
    blocks: list[Block] = []
    for plan in plans:
        blocks += [PageBreak()] if blocks else []
        blocks += _plan(plan)
    return Document("План совместной работы", tuple(blocks), Typeface.SANS, landscape=True)


def _plan(plan: JointPlanFacts) -> list[Block]:
    rows = tuple(
        Row(
            (
                str(number),
                line.title,
                stated(line.form),
                stated(line.due),
                stated(line.owner),
                stated(line.partner_owner),
                stated(line.expected),
                line.mark,
            )
        )
        for number, line in enumerate(plan.lines, start=1)
    )
    heads = "\n".join(text for text in (f"{plan.school} и {filled(plan.partner)}", plan.agreement) if text)
    count = plural(len(rows), "мероприятие", "мероприятия", "мероприятий")
    is_form = not plan.partner and not rows
    return [
        stamp_row(
            (
                StampFacts("СОГЛАСОВАН", (filled(plan.partner),), "Директор", initialed(plan.partner_director)),
                StampFacts("УТВЕРЖДЁН", (plan.school,), "Директор", initialed(plan.director)),
            )
        ),
        Spacer(),
        Heading("План совместной работы", 0),
        Paragraph(heads, Align.CENTER, first_line_indent=False),
        Spacer(),
        Table(
            _COLUMNS,
            empty_rows(len(_COLUMNS), 6, is_numbered=True) if is_form else rows,
            "Пункты плана не внесены.",
            is_dense=True,
        ),
        *([] if is_form else [Paragraph(f"Всего: {count}.", Align.LEFT, first_line_indent=False)]),
    ]
