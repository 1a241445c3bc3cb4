"""The diagnostic map on paper: every answer with its figures and origin, risk profile, problem fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import (
    LEVEL_WORDS,
    Align,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    KeyValueTable,
    LevelCell,
    Note,
    Paragraph,
    RiskBar,
    RiskChart,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.problem_fields import ProblemFieldFacts, problem_field_table
from shnor_desktop.reports.documents.requisites import BLANK_DAY, NOT_STATED, stated


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """One line of the form.

    `value` is the answer with its unit («18,2 %»), `counts` what it was computed from («4 из 22»), `level` None where
    the question has no thresholds; `unconfirmed` marks thresholds that no published source confirms.
    """

    number: str
    question: str
    value: str
    counts: str = ""
    previous: str = ""
    origin: str = ""
    level: Level | None = None
    comment: str = ""
    evidence: str = ""
    unconfirmed: bool = False
    expert: str = ""
    """What an expert answered, with the words of it; empty where there is no expert's answer."""


@dataclass(frozen=True, slots=True)
class AnswerBlock:
    number: str
    title: str
    answers: tuple[AnswerFacts, ...]


@dataclass(frozen=True, slots=True)
class FactorFacts:
    """A risk factor; `score` 0 to 100 or None, `override_reason` where people set the level by hand."""

    title: str
    level: Level
    score: int | None = None
    reason: str = ""
    override_reason: str = ""


@dataclass(frozen=True, slots=True)
class CauseFacts:
    """A cause that the school judged: how strong it is, what shows it, the problem field that answers it."""

    title: str
    group: str
    level: Level
    facts: str = ""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class DiagnosticMapFacts:
    title: str
    school: str
    period: str
    as_of: date
    methodology: str
    blocks: tuple[AnswerBlock, ...]
    factors: tuple[FactorFacts, ...] = ()
    causes: tuple[CauseFacts, ...] = ()
    problem_fields: tuple[ProblemFieldFacts, ...] = ()
    conclusions: tuple[str, ...] = ()
    completeness: str = ""
    signatory_position: str = "Директор"
    signatory: str = ""


_ANSWER_COLUMNS = (
    Column("№", 11, Align.CENTER),
    Column("Показатель", 72),
    Column("Значение", 34),
    Column("Прошлый год", 30),
    Column("Откуда взято", 38),
    Column("Значимость", 32),
    Column("Комментарий, подтверждение", 56),
)
_TEXT_COLUMNS = (
    Column("№", 11, Align.CENTER),
    Column("Показатель", 50),
    Column("Ответ", 130),
    Column("Комментарий, подтверждение", 60),
)
_LONG_ANSWER = 120  # letters: such an answer needs a wider column than a figure
_UNCONFIRMED = "* Пороги этого показателя не подтверждены опубликованным источником."


def diagnostic_map_document(facts: DiagnosticMapFacts) -> Document:
    """The map on turned pages, to be signed by the director."""
    blocks: list[Block] = [Heading(facts.title, 0), _requisites(facts)]
    for block in facts.blocks:
        blocks += [Heading(f"{block.number} {block.title}".strip()), *_answer_tables(block)]
    if any(answer.unconfirmed for block in facts.blocks for answer in block.answers):
        blocks.append(Note(_UNCONFIRMED))
    if facts.factors:
        blocks += _risk_profile(facts.factors)
    if facts.causes:
        blocks += [Heading("Причины низких результатов"), _cause_table(facts.causes)]
    blocks += [Heading("Проблемные поля"), problem_field_table(facts.problem_fields)]
    if facts.conclusions:
        blocks += [Heading("Выводы"), *(Paragraph(text) for text in facts.conclusions)]
    blocks.append(SignatureLine(facts.signatory_position, facts.signatory, BLANK_DAY))
    title = f"{facts.title}. {facts.period}".strip(". ")
    return Document(title, tuple(blocks), Typeface.SANS, landscape=True, footer=facts.school)


def _requisites(facts: DiagnosticMapFacts) -> KeyValueTable:
    rows: list[tuple[str, Cell]] = [
        ("Школа", facts.school),
        ("Период", facts.period),
        ("По состоянию на", long_date(facts.as_of)),
        ("Методика", facts.methodology),
    ]
    if facts.completeness:
        rows.append(("Заполнено", facts.completeness))
    return KeyValueTable(tuple(rows), key_width=20)


def _answer_tables(block: AnswerBlock) -> list[Table]:
    """The figures, then what was answered in sentences: those would make a high narrow column."""
    long = [answer for answer in block.answers if len(answer.value) > _LONG_ANSWER]
    rows = tuple(_answer_row(answer) for answer in block.answers if answer not in long)
    tables = [Table(_ANSWER_COLUMNS, rows, empty="Вопросов нет.")] if rows or not long else []
    if long:
        told = (Row((one.number, one.question, one.value, _remarks(one))) for one in long)
        tables.append(Table(_TEXT_COLUMNS, tuple(told), is_dense=True))
    return tables


def _cause_table(causes: Sequence[CauseFacts]) -> Table:
    columns = (
        Column("Причина", 64),
        Column("Группа", 32),
        Column("Выраженность", 32),
        Column("В чём видно", 100),
        Column("Проблемное поле", 46),
    )
    rows = tuple(
        Row((item.title, item.group, LevelCell(item.level), stated(item.facts), stated(item.problem)))
        for item in causes
    )
    return Table(columns, rows)


def _answer_row(answer: AnswerFacts) -> Row:
    value = "\n".join(part for part in (stated(answer.value), answer.counts) if part)
    return Row(
        (
            answer.number,
            answer.question,
            value,
            stated(answer.previous),
            stated(answer.origin),
            _level_cell(answer),
            _remarks(answer),
        )
    )


def _remarks(answer: AnswerFacts) -> str:
    return "\n".join(part for part in (answer.comment, answer.evidence, answer.expert) if part)


def _level_cell(answer: AnswerFacts) -> Cell:
    if answer.level is None:
        return NOT_STATED
    mark = "*" if answer.unconfirmed and answer.level is not Level.UNKNOWN else ""
    return LevelCell(answer.level, LEVEL_WORDS[answer.level] + mark)


def _risk_profile(factors: Sequence[FactorFacts]) -> list[Block]:
    bars = tuple(RiskBar(factor.title, factor.level, factor.score) for factor in factors)
    columns = (
        Column("Фактор риска", 70),
        Column("Значимость", 34),
        Column("Балл, 0–100", 20, Align.CENTER),
        Column("Обоснование", 110),
    )
    rows = tuple(
        Row(
            (
                factor.title,
                LevelCell(factor.level),
                NOT_STATED if factor.score is None else str(factor.score),
                _ground(factor),
            )
        )
        for factor in factors
    )
    return [
        Heading("Профиль рисков"),
        RiskChart(bars, _PROFILE_CAPTION),
        Table(columns, rows),
    ]


_PROFILE_CAPTION = (
    "Балл от 0 до 100: чем он больше, тем выше значимость фактора. Знаки: треугольник — высокая, ромб — средняя, "
    "закрашенный круг — низкая, пустой круг — не определена."
)


def _ground(factor: FactorFacts) -> str:
    override = f"Изменено вручную: {factor.override_reason}" if factor.override_reason else ""
    return stated("\n".join(part for part in (factor.reason, override) if part))
