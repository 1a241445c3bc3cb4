"""The draft of an agreement of cooperation with a partner school, to be read by both and signed by both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import NBSP, initialed, long_date, plural
from shnor_desktop.reports.content import (
    Align,
    Block,
    Column,
    Document,
    Heading,
    ListBlock,
    PageBreak,
    Paragraph,
    Row,
    SignatureLine,
    Spacer,
    Table,
)
from shnor_desktop.reports.documents.requisites import BLANK_NUMBER, dated

_BLANK = "____________________________"
_SIDES = (Column("Школа", 100), Column("Школа-партнёр", 100))


@dataclass(frozen=True, slots=True)
class SideFacts:
    """One of the two schools; what is empty is filled in by hand."""

    name: str
    director: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class AgreementFacts:
    """What is known of an agreement; `topics` are lines, `promised` the number of meetings in a year."""

    school: SideFacts
    partner: SideFacts
    place: str = ""
    number: str = ""
    day: date | None = None
    until: date | None = None
    subject: str = ""
    topics: tuple[str, ...] = ()
    frequency: str = ""
    promised: int | None = None


def agreement_document(agreements: Sequence[AgreementFacts]) -> Document:
    """Every agreement from a new page."""
    blocks: list[Block] = []
    for facts in agreements:
        blocks += [PageBreak()] if blocks else []
        blocks += _agreement(facts)
    return Document("Договор о сотрудничестве", tuple(blocks))


def _agreement(facts: AgreementFacts) -> list[Block]:
    school, partner = facts.school, facts.partner
    sides = (
        f"{school.name or _BLANK}, далее Школа (директор {school.director or _BLANK}), и {partner.name or _BLANK}, "
        f"далее Школа-партнёр (директор {partner.director or _BLANK}), на основании своих уставов договорились о "
        "следующем."
    )
    return [
        Paragraph("ПРОЕКТ", Align.RIGHT, first_line_indent=False),
        Heading(f"Договор о сотрудничестве №{NBSP}{facts.number or BLANK_NUMBER}", 0),
        Paragraph(f"{facts.place or _BLANK}\n{dated(facts.day)}", Align.LEFT, first_line_indent=False),
        Paragraph(sides),
        *_subject(facts),
        *_duties(),
        *_order(facts),
        Heading("5. Стороны"),
        Table(_SIDES, (Row((_requisites(school), _requisites(partner))),)),
        Spacer(),
        SignatureLine("Директор Школы", initialed(school.director)),
        SignatureLine("Директор Школы-партнёра", initialed(partner.director)),
    ]


def _subject(facts: AgreementFacts) -> list[Block]:
    subject = facts.subject or "методическая помощь Школе в переходе к стабильно хорошим результатам учеников"
    found: list[Block] = [
        Heading("1. О чём договор"),
        Paragraph(f"Предмет сотрудничества: {subject[:1].lower()}{subject[1:].rstrip('.')}."),
    ]
    if facts.topics:
        found += [Paragraph("Школа-партнёр помогает по следующим направлениям:"), ListBlock(facts.topics)]
    return found


def _duties() -> list[Block]:
    return [
        Heading("2. Что делает каждая сторона"),
        Paragraph("Школа-партнёр:"),
        ListBlock(
            (
                "принимает педагогов Школы на своих уроках и занятиях и показывает, как работает;",
                "консультирует педагогов и управленческую команду, передаёт разработки, которыми делится;",
                "участвует в диагностике и в обсуждении итогов.",
            )
        ),
        Paragraph("Школа:"),
        ListBlock(
            (
                "освобождает педагогов для встреч и стажировок и оплачивает им дорогу;",
                "применяет изученное на уроках и через два-три месяца сообщает, что прижилось;",
                "ведёт журнал событий и хранит подтверждения.",
            )
        ),
        Paragraph("Сведения об учениках стороны передают друг другу только без имён, под кодами."),
    ]


def _order(facts: AgreementFacts) -> list[Block]:
    often = facts.frequency or "по совместному плану"
    count = f", всего за год не менее {plural(facts.promised, 'встречи', 'встреч', 'встреч')}" if facts.promised else ""
    until = f"по {long_date(facts.until)}" if facts.until else "до исполнения совместного плана"
    return [
        Heading("3. Как идёт работа"),
        Paragraph(
            f"Стороны встречаются {often}{count}. Дни, формы и ответственные стоят в совместном плане, который "
            "утверждают оба директора. Итоги подводят вместе в конце каждого полугодия."
        ),
        Paragraph("Сотрудничество безвозмездное. Платные услуги, если они нужны, оформляются отдельно."),
        Heading("4. Срок и изменения"),
        Paragraph(
            f"Договор действует со дня подписания {until.rstrip('.')}. Изменить или прекратить его можно по "
            "письменному соглашению сторон. Договор составлен в двух экземплярах, по одному у каждой стороны."
        ),
    ]


def _requisites(side: SideFacts) -> str:
    return "\n".join((side.name or _BLANK, f"Адрес: {side.address or _BLANK}", f"Директор: {side.director or _BLANK}"))
