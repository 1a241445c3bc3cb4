"""«Почему школа попала»: the categories with every figure behind them, the weights of the index, the comparison.

One school a document, or all schools of a centre as one table with the same rules printed below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.identification import (
    CategoryJudgement,
    IdentificationResult,
    LowResults,
    RuleJudgement,
    SheetJudgement,
    SheetStatus,
    Verdict,
    explanation,
    parameters,
)
from shnor_desktop.domain.methodology import Level, RuleKind, SocialIndex
from shnor_desktop.domain.russian import long_date, number, percent, plural
from shnor_desktop.domain.social_index import IndexLine, IndexValue, figure_words, index_words
from shnor_desktop.reports.content import (
    Align,
    Block,
    Cell,
    Column,
    Document,
    GroupRow,
    Heading,
    KeyValueTable,
    LevelCell,
    ListBlock,
    Note,
    Paragraph,
    Row,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated

_UNCONFIRMED = "Пороги и веса не подтверждены официальным источником: это параметры методики, центр может их изменить."
_VERDICTS = {
    Verdict.HOLDS: LevelCell(Level.HIGH, "выполнен"),
    Verdict.DOES_NOT: LevelCell(Level.LOW, "не выполнен"),
    Verdict.UNKNOWN: LevelCell(Level.UNKNOWN, "не хватает данных"),
}
_STATUSES = {
    SheetStatus.LOW: LevelCell(Level.HIGH, "низкий результат"),
    SheetStatus.NOT_LOW: LevelCell(Level.LOW, "не низкий"),
    SheetStatus.LEFT_OUT: LevelCell(Level.UNKNOWN, "не учтён"),
    SheetStatus.OTHER: LevelCell(Level.UNKNOWN, "не учтён"),
    SheetStatus.UNREADABLE: LevelCell(Level.UNKNOWN, "нужно исправить"),
}
_SHEETS = (
    Column("Процедура", 60),
    Column("Ниже минимального уровня", 34),
    Column("Вывод", 30),
    Column("Примечание", 52),
)
_RULES = (Column("Признак", 52), Column("Значение и порог", 80), Column("Вывод", 36))
_WEIGHTS = (
    Column("Признак", 70),
    Column("Значение", 38),
    Column("Шкала 0–100", 24, Align.RIGHT),
    Column("Вес, %", 18, Align.RIGHT),
    Column("Вклад", 18, Align.RIGHT),
)
_TABLE_OF_WEIGHTS = (
    Column("Признак", 80),
    Column("Вес", 16, Align.RIGHT),
    Column("Что лучше", 28),
    Column("Шкала", 24),
    Column("Источник", 50),
)
_SCHOOLS = (
    Column("№", 7, Align.CENTER),
    Column("Школа", 48),
    Column("Категории", 52),
    Column("Низкие результаты", 30),
    Column("ИСБШ", 15, Align.RIGHT),
    Column("Достигли минимального", 34),
    Column("Ожидается", 27),
    Column("Вывод", 30),
    Column("Не хватает данных", 20, Align.RIGHT),
)


@dataclass(frozen=True, slots=True)
class SchoolIdentificationFacts:
    """One school. `comparison` is empty where there is nothing to compare with: at the school itself."""

    school: str
    methodology: str
    as_of: date
    result: IdentificationResult
    index: IndexValue | None
    comparison: str = ""
    note: str = ""
    signatory: str = "Директор"
    signatory_name: str = ""


@dataclass(frozen=True, slots=True)
class IdentifiedLine:
    """A school in the table of a centre, every cell as it is shown."""

    school: str
    categories: str
    low: str
    index: str
    reached: str
    expected: str
    band: str
    missing: str


@dataclass(frozen=True, slots=True)
class CentreIdentificationFacts:
    """All schools of a centre, in the order of their names."""

    centre: str
    methodology: str
    as_of: date
    lines: tuple[IdentifiedLine, ...]
    groups: tuple[str, ...]
    parameters: tuple[tuple[str, str], ...]
    table: SocialIndex | None
    note: str
    why_no_expectation: str = ""
    is_unconfirmed: bool = False


def identification_document(facts: SchoolIdentificationFacts) -> Document:
    """The sheet of one school."""
    title = "Пояснение об отнесении школы к категориям проекта поддержки"
    result = facts.result
    blocks: list[Block] = [
        Heading(title, 0),
        Paragraph(
            f"{facts.school}\n{facts.methodology}. По данным на {long_date(facts.as_of)}",
            Align.CENTER,
            first_line_indent=False,
        ),
        Heading("1. Вывод"),
        *(Paragraph(text) for text in explanation(result)),
        Heading("2. Признаки категорий"),
        _rules_table(result.categories, result.low),
        Heading(f"3. Результаты процедур за {result.low.period}"),
        _sheets_table([item for item in result.low.sheets if item.status is not SheetStatus.OTHER]),
        *_others(result.low.sheets),
        *_index_blocks(facts.index),
        *_titled("5. Результат и условия", Paragraph(facts.comparison) if facts.comparison else None),
        *([Note(facts.note)] if facts.note else []),
        *_missing_blocks(facts),
        Heading("Параметры методики"),
        KeyValueTable(parameters(result.rules)),
        *([Note(_UNCONFIRMED)] if result.rules.unconfirmed else []),
        SignatureLine(facts.signatory, facts.signatory_name, BLANK_DAY),
    ]
    return Document(f"{title}. {facts.school}", tuple(blocks), Typeface.SERIF)


def centre_identification_document(facts: CentreIdentificationFacts) -> Document:
    """The table of all schools on turned pages, with the rules that it was made by."""
    title = "Выявление школ — участников проекта"
    cells = [
        (
            str(at),
            line.school,
            line.categories,
            line.low,
            line.index,
            line.reached,
            line.expected,
            line.band,
            line.missing,
        )
        for at, line in enumerate(facts.lines, start=1)
    ]
    blocks: list[Block] = [
        Heading(title, 0),
        Paragraph(
            f"{facts.centre}\n{facts.methodology}. По данным на {long_date(facts.as_of)}",
            Align.CENTER,
            first_line_indent=False,
        ),
        Table(_SCHOOLS, tuple(Row(tuple(map(stated, row))) for row in cells), empty="Школы ещё не присылали данных."),
        Note(facts.note),
        *([Paragraph(facts.why_no_expectation)] if facts.why_no_expectation else []),
        *_titled("Школы в похожих условиях", ListBlock(facts.groups) if facts.groups else None),
        Heading("Параметры методики"),
        KeyValueTable(facts.parameters),
        *_weights_blocks(facts.table),
        *([Note(_UNCONFIRMED)] if facts.is_unconfirmed else []),
        SignatureLine("Муниципальный координатор", "", BLANK_DAY),
    ]
    return Document(title, tuple(blocks), Typeface.SERIF, landscape=True)


def _titled(title: str, block: Block | None) -> list[Block]:
    """The block under its heading; neither where there is none."""
    return [Heading(title), block] if block is not None else []


def _rules_table(categories: Sequence[CategoryJudgement], low: LowResults) -> Table:
    rows: list[Row | GroupRow] = []
    for judged in categories:
        rows.append(GroupRow(f"{judged.category.title}: {_category_words(judged)}"))
        rows += [Row((item.rule.title, _rule_words(item, low), _VERDICTS[item.verdict])) for item in judged.rules]
    return Table(_RULES, tuple(rows), empty="В методике нет ни одной категории.")


def _rule_words(item: RuleJudgement, low: LowResults) -> str:
    """The procedures stand in a table of their own: here only how many."""
    if item.rule.kind is not RuleKind.LOW_RESULTS:
        return item.text
    counts = f"{len(low.low)} из {len(low.counted)} за {low.period}"
    return f"процедур с низким результатом: {counts}; нужно не менее {low.needed}"


def _category_words(judged: CategoryJudgement) -> str:
    words = {
        Verdict.HOLDS: "школа отнесена к категории",
        Verdict.DOES_NOT: "школа не отнесена к категории",
        Verdict.UNKNOWN: "не определено, не хватает данных",
    }
    return words[judged.verdict]


def _sheets_table(sheets: Sequence[SheetJudgement]) -> Table:
    rows = tuple(
        Row((item.sheet.label, stated(item.shown), _STATUSES[item.status], stated(item.reason or item.caution)))
        for item in sheets
    )
    return Table(_SHEETS, rows, empty="Результаты за эти годы не внесены.")


def _others(sheets: Sequence[SheetJudgement]) -> list[Block]:
    """How many procedures the methodology does not look at."""
    count = sum(item.status is SheetStatus.OTHER for item in sheets)
    if not count:
        return []
    words = f"Ещё {plural(count, 'результат', 'результата', 'результатов')} по другим предметам или процедурам: "
    return [Paragraph(f"{words}методика их не учитывает.", small=True)]


def _index_blocks(index: IndexValue | None) -> list[Block]:
    if index is None:
        return []
    table = index.table
    blocks: list[Block] = [
        Heading(f"4. {table.title}"),
        Paragraph(f"Значение индекса: {index_words(index)}. Таблица весов, версия {table.version}."),
        Table(_WEIGHTS, tuple(_index_row(line) for line in index.lines), empty="Таблица весов пуста."),
    ]
    if table.text:
        blocks.append(Paragraph(table.text, small=True))
    return [*blocks, Note("Веса не подтверждены, регион меняет их.")] if table.unconfirmed else blocks


def _index_row(line: IndexLine) -> Row:
    cells: tuple[Cell, ...] = (
        line.item.title,
        figure_words(line),
        number(line.scaled, 1) if line.scaled is not None else "—",
        number(line.weight, 1) if line.is_known else "—",
        number(line.contribution, 1) if line.contribution is not None else "—",
    )
    return Row(cells)


def _weights_blocks(table: SocialIndex | None) -> list[Block]:
    if table is None:
        return []
    rows = tuple(
        Row(
            (
                item.title,
                number(item.weight),
                "больше" if item.polarity.value == "higher_better" else "меньше",
                f"{percent(item.minimum)} – {percent(item.maximum)}",
                stated(item.source),
            )
        )
        for item in table.items
    )
    head = f"{table.title}: таблица весов, версия {table.version}"
    return [Heading(head), Table(_TABLE_OF_WEIGHTS, rows, empty="Таблица весов пуста.")]


def _missing_blocks(facts: SchoolIdentificationFacts) -> list[Block]:
    of_index = facts.index.missing if facts.index is not None else ()
    sentences = dict.fromkeys(item.sentence for item in (*facts.result.missing, *of_index))
    if not sentences:
        return []
    return [Heading("Каких данных не хватает"), ListBlock(tuple(sentences))]
