"""A plan read from the cells of a table: columns, headings, what rows inherit, executors, and what looks wrong."""

from __future__ import annotations

import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shnor_desktop.domain.plan_table import (
    Column,
    ColumnKind,
    DoubtCode,
    PlanRow,
    PlanTable,
    SourceTable,
    Span,
    find_layouts,
    read_plan,
    settled,
)
from shnor_desktop.domain.plan_table.columns import heading_kind, mark_phrase
from shnor_desktop.domain.plan_table.executors import split_executors

HEAD = ("№", "Мероприятия", "Сроки", "Ответственные")


def table(*rows: tuple[str, ...], spans: tuple[Span, ...] = (), place: str = "таблица 1") -> SourceTable:
    return SourceTable(place, rows, tuple(range(1, len(rows) + 1)), spans)


def read(*rows: tuple[str, ...], spans: tuple[Span, ...] = ()) -> PlanTable:
    return read_plan([table(*rows, spans=spans)])


def codes(row: PlanRow) -> set[DoubtCode]:
    return {doubt.code for doubt in row.doubts}


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("№№\nпп", ColumnKind.NUMBER),
        ("No", ColumnKind.NUMBER),
        ("№ п/п", ColumnKind.NUMBER),
        ("Наименование мероприятия", ColumnKind.TITLE),
        ("МЕРОПРИЯТИЯ", ColumnKind.TITLE),
        ("Содержание работы", ColumnKind.TITLE),
        ("Сроки проведения мероприятия", ColumnKind.DEADLINE),
        ("Даты", ColumnKind.DEADLINE),
        ("Ответственный за мероприятие", ColumnKind.EXECUTORS),
        ("Исполнитель", ColumnKind.EXECUTORS),
        ("Предполагаемый результат", ColumnKind.RESULT),
        ("Контрольные показатели", ColumnKind.EVIDENCE),
        ("Документ", ColumnKind.EVIDENCE),
        ("IV кв.", ColumnKind.MARK),
        ("Отметка о выполнении", ColumnKind.NOTE),
        ("Наименование ОО", None),
        ("", None),
    ],
)
def test_that_a_heading_says_what_its_column_holds(words: str, kind: ColumnKind | None) -> None:
    assert heading_kind(words) is kind


def test_that_a_quarter_seen_by_a_scanner_is_a_quarter() -> None:
    found = [mark_phrase(words) for words in ("I кв.", "П квартал", "ІІІ кв", "4 квартал")]
    assert found == ["I квартал", "II квартал", "III квартал", "IV квартал"]


def test_that_columns_stand_in_any_order_and_a_number_is_not_needed() -> None:
    plan = read(
        ("План школы", "", ""),
        ("Ответственные", "Сроки", "Мероприятия"),
        ("Директор", "май", "Педсовет"),
        ("Завуч", "июнь", "Отчёт о работе"),
    )
    assert [(row.title, row.deadline, row.executors) for row in plan.rows] == [
        ("Педсовет", "май", ("Директор",)),
        ("Отчёт о работе", "июнь", ("Завуч",)),
    ]
    assert plan.rows[0].place == "таблица 1, строка 3"


def test_that_signs_under_quarters_are_deadlines() -> None:
    plan = read(
        ("№", "Мероприятия", "Срок", "", "", "", "Документ"),
        ("", "", "I кв.", "II кв.", "III кв.", "IV кв.", ""),
        ("1", "Диагностика", "+", "", "", "+", "справка"),
        ("2", "Семинар", "", "12 мая", "-", "", "приказ"),
        spans=(Span(0, 2, 0, 5), Span(0, 0, 1, 0), Span(0, 1, 1, 1), Span(0, 6, 1, 6)),
    )
    assert [row.deadline for row in plan.rows] == ["I квартал, IV квартал", "II квартал: 12 мая"]
    assert [row.evidence for row in plan.rows] == ["справка", "приказ"]


def test_that_a_deadline_merged_over_rows_is_inherited_without_a_heading() -> None:
    plan = read(
        HEAD,
        ("1", "Первое дело", "октябрь", "Завуч"),
        ("2", "Второе дело", "", ""),
        ("3", "Третье дело", "май", "Директор"),
        spans=(Span(1, 2, 2, 2), Span(1, 3, 2, 3)),
    )
    assert [(row.deadline, row.deadline_inherited) for row in plan.rows] == [
        ("октябрь", False),
        ("октябрь", True),
        ("май", False),
    ]
    assert plan.rows[1].executors == ("Завуч",)
    assert plan.rows[1].executors_inherited


def test_that_a_row_numbered_over_the_next_ones_is_a_heading_only_if_they_need_it() -> None:
    inherited = read(HEAD, ("1", "Кадры", "в течение года", "Завуч"), ("1.1", "Курсы", "", ""), ("1.2", "Пары", "", ""))
    assert [row.number for row in inherited.rows] == ["1.1", "1.2"]
    assert {row.deadline for row in inherited.rows} == {"в течение года"}
    own = read(HEAD, ("1", "Кадры", "май", "Завуч"), ("1.1", "Курсы", "июнь", "Директор"))
    assert [row.number for row in own.rows] == ["1", "1.1"]


def test_that_empty_deadlines_stay_empty_where_no_heading_gives_one() -> None:
    plan = read(HEAD, ("1", "Опрос", "", "МОЦ, ОО"), ("2", "Отчёт", "", "МОЦ, ОО"))
    assert [(row.deadline, row.deadline_inherited) for row in plan.rows] == [("", False), ("", False)]


def test_that_a_row_cut_by_the_end_of_a_page_is_put_together_and_said() -> None:
    plan = read(
        HEAD, ("1", "Мониторинг качества", "май", "Завуч"), ("", "по всем предметам", "", ""), ("2", "Совет", "", "")
    )
    assert settled(plan.rows[0]).title == "Мониторинг качества по всем предметам"
    assert DoubtCode.CONTINUED in codes(plan.rows[0])


def test_that_a_table_without_a_heading_goes_on_the_one_before_it() -> None:
    first = table(HEAD, ("1", "Опрос", "май", "Завуч"))
    second = table(("2", "Отчёт", "июнь", "Директор"), place="таблица 2")
    plan = read_plan([first, second])
    assert [row.title for row in plan.rows] == ["Опрос", "Отчёт"]


def test_that_a_plan_without_a_heading_is_guessed_and_said() -> None:
    plan = read(("1", "Провести диагностику", "сентябрь", "Завуч"), ("2", "Составить график", "до 25 мая", ""))
    assert [(row.number, row.deadline) for row in plan.rows] == [("1", "сентябрь"), ("2", "до 25 мая")]
    assert plan.doubts[0].code is DoubtCode.HEADER_ABSENT


def test_that_a_table_of_another_kind_is_left_alone() -> None:
    slots = table(("Наименование ОО", "ДАТА", "ВРЕМЯ"), ("Вязьма", "17.11.2020", "14.30"))
    plan = read_plan([table(HEAD, ("1", "Опрос", "май", "Завуч")), slots])
    assert [layout.is_taken for layout in plan.columns] == [True, False]
    assert len(plan.rows) == 1


def test_that_a_number_that_strayed_into_a_row_of_its_own_is_said() -> None:
    plan = read(
        HEAD, ("1", "Опрос", "май", "Завуч"), ("", "70", "", ""), ("2", "Отчёт", "май", "Завуч"), ("3", "", "", "")
    )
    assert [row.title for row in plan.rows] == ["Опрос", "Отчёт"]
    assert [(one.code, one.before) for one in plan.doubts] == [(DoubtCode.STRAY_ROW, "таблица 1, строка 3: 70")]


def test_that_a_row_like_a_heading_is_no_repeated_heading() -> None:
    head = ("№", "Мероприятия", "Сроки", "Ответственные", "Результат")
    row = ("1", "Проведение мероприятий", "Срок по графику", "Ответственные за работу", "Результаты мониторинга")
    assert len(read(head, row, ("2", "Отчёт", "май", "Завуч", "Справка")).rows) == 2
    bare = read(head[1:], row[1:], head[1:], ("Отчёт", "май", "Завуч", "Справка"))
    assert [one.title for one in bare.rows] == ["Проведение мероприятий", "Отчёт"]


def test_that_a_heading_over_the_table_holds_for_its_rows() -> None:
    first = SourceTable("таблица 1", (HEAD, ("1.1", "Опрос", "май", "Завуч")), (1, 2), (), "1. Организация")
    rest = SourceTable("таблица 2", (("1.2", "Отчёт", "май", "Завуч"),), (1,))
    second = SourceTable("таблица 3", (HEAD, ("2.1", "Курсы", "май", "Завуч")), (1, 2), (), "Раздел II. Кадры")
    plan = read_plan([first, rest, second])
    assert [row.section for row in plan.rows] == ["1. Организация", "1. Организация", "Раздел II. Кадры"]


def test_that_a_stage_may_stand_over_the_participants() -> None:
    lanes = ("ДОН", "ТОГИРРО", "МОУО", "ШНОР")
    first = SourceTable("таблица 1", (lanes, ("Список", "Вебинар", "", "Анализ")), (1, 2), (), "I ЭТАП. ВЫБОР (ЯНВАРЬ)")
    stage = ("II ЭТАП. ДОКУМЕНТЫ (МАРТ-АПРЕЛЬ)", "", "", "")
    second = table(lanes, stage, ("", "Консультации", "Участие\nПланы", "Заполнение ДТК"), place="таблица 2")
    rows = read_plan([first, second]).rows
    assert [(row.title, row.executors, row.deadline) for row in rows] == [
        ("Список", ("ДОН",), "ЯНВАРЬ"),
        ("Вебинар", ("ТОГИРРО",), "ЯНВАРЬ"),
        ("Анализ", ("ШНОР",), "ЯНВАРЬ"),
        ("Консультации", ("ТОГИРРО",), "МАРТ-АПРЕЛЬ"),
        ("Участие", ("МОУО",), "МАРТ-АПРЕЛЬ"),
        ("Планы", ("МОУО",), "МАРТ-АПРЕЛЬ"),
        ("Заполнение ДТК", ("ШНОР",), "МАРТ-АПРЕЛЬ"),
    ]


def test_that_a_cell_over_two_participants_is_the_task_of_both() -> None:
    plan = read(
        ("Этап", "ДОН", "МОУО", "ШНОР"),
        ("I этап (январь)", "", "Общее дело", ""),
        ("II этап (май)", "Дело всех", "", ""),
        spans=(Span(1, 2, 1, 3), Span(2, 1, 2, 3)),
    )
    assert [row.executors for row in plan.rows] == [("МОУО", "ШНОР"), ()]


def test_that_directions_in_a_column_of_their_own_are_sections() -> None:
    plan = read(
        ("№", "Направление", "Мероприятия", "Срок", "Ответственный", "Финансирование"),
        ("1", "Кадры", "Курсы учителей русского языка", "май", "Завуч", "бюджет"),
        ("2", "", "Наставничество молодых учителей", "июнь", "Завуч", ""),
        spans=(Span(1, 1, 2, 1),),
    )
    assert [row.section for row in plan.rows] == ["Кадры", "Кадры"]
    assert [(one.code, one.before) for one in plan.doubts] == [
        (DoubtCode.COLUMN_IGNORED, "таблица 1, «Финансирование»")
    ]


def test_that_nothing_is_left_out_without_a_word() -> None:
    plan = read(HEAD, ("1", "Опрос", "май", "Завуч"), ("2", "", "июнь", "Директор"))
    assert [row.title for row in plan.rows] == ["Опрос"]
    assert [doubt.code for doubt in plan.doubts] == [DoubtCode.STRAY_ROW]
    assert "июнь Директор" in plan.doubts[0].before


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Управление образования, общеобразовательные организации", 2),
        ("МОТО\nГБУ ТО ЦОКО\nГБОУ ДПО ТОИУУ\nМуниципальные образования\nОО", 5),
        ("Отдел образования администрации \nЛебедянского\nмуниципального района,\nМБУ КИРО и РО\nОУ района", 3),
        ("Руководители органов, осуществляющих управление в сфере образования (далее – ОМСУ)", 1),
        ("ГАУДПО ЛО «ИРО»,\nотдел образования администрации \nЛебедянского\nмуниципального района", 2),
        ("Иванова А.А.\nПетров Б.Б.", 2),
        ("Заместитель директора\nклассные руководители\nучителя-предметники", 3),
        ("учитель, работающий в 5 классе; завуч", 2),
        ("Руководитель\nШМО", 2),
        ("", 0),
    ],
)
def test_that_executors_in_one_cell_are_told_apart(text: str, names: int) -> None:
    assert len(split_executors(text)) == names, split_executors(text)


def test_that_executors_without_a_sign_between_them_are_offered_apart() -> None:
    plan = read(
        HEAD,
        ("1", "Опрос", "май", "МБУ КИРО и РО, ОУ района"),
        ("2", "Отчёт", "июнь", "МБУ КИРО и РО ОУ района"),
    )
    row = plan.rows[1]
    assert row.executors == ("МБУ КИРО и РО ОУ района",)
    at = next(at for at, doubt in enumerate(row.doubts) if doubt.code is DoubtCode.GLUED_EXECUTORS)
    assert settled(row, {at}).executors == ("МБУ КИРО и РО", "ОУ района")


NOISE = (
    ("Данные о школах, демонстри рующих рост", DoubtCode.BROKEN_WORD, "Данные о школах, демонстрирующих рост"),
    ("Создание Интернетресурса", DoubtCode.GLUED_WORDS, "Создание Интернет-ресурса"),
    ("Задание школамучастницам", DoubtCode.GLUED_WORDS, "Задание школам-участницам"),
    ("Мнение родителеи школы", DoubtCode.SHORT_I, "Мнение родителей школы"),
    ("Переход школ В режим развития", DoubtCode.STRAY_CAPITAL, "Переход школ в режим развития"),
    ("Дoля учеников", DoubtCode.LOOK_ALIKE, "Доля учеников"),
    ("Работа с родителями МЕРОПРИЯТИЯ", DoubtCode.CAPITALS_TAIL, "Работа с родителями"),
    ("Проведение по по плану", DoubtCode.DOUBLE_WORD, "Проведение по плану"),
    ("Работа с семьями\n70", DoubtCode.STRAY_NUMBER, "Работа с семьями"),
)


@pytest.mark.parametrize(("words", "code", "wanted"), NOISE)
def test_that_a_repair_is_offered_and_made_only_when_accepted(words: str, code: DoubtCode, wanted: str) -> None:
    row = read(HEAD, ("1", words, "май", "Завуч"), ("2", "Отчёт", "июнь", "Завуч")).rows[0]
    at = next(at for at, doubt in enumerate(row.doubts) if doubt.code is code)
    assert settled(row).title == " ".join(words.split())
    assert settled(row, {at}).title == wanted


def test_that_only_signs_nobody_typed_are_mended_unasked() -> None:
    row = read(HEAD, ("1", "□Мо\u00adни\u00adторинг\tхода  работ ", "май", "Завуч")).rows[0]
    assert settled(row).title == "Мониторинг хода работ"
    assert settled(row, set()).title == "□Мо\u00adни\u00adторинг хода работ"
    assert row.title == "□Мо\u00adни\u00adторинг\tхода  работ"


def test_that_a_word_broken_in_one_place_is_whole_in_another() -> None:
    rows = read(
        HEAD, ("1", "Школы, демонстри рующие рост", "май", "А"), ("2", "Школы, демонстрирующие рост", "май", "Б")
    ).rows
    assert [doubt.code for doubt in rows[1].doubts if doubt.is_repair] == []


def test_that_words_out_of_order_are_said_and_left() -> None:
    rows = read(HEAD, *[(str(at), f"Дело номер {at}", "май", "Завуч") for at in range(1, 9)],
                ("9", "использующих Доля педагогов", "май", "Завуч")).rows  # fmt: skip
    doubt = rows[-1].doubts[0]
    assert (doubt.code, doubt.after) == (DoubtCode.WORD_ORDER, None)


def test_that_plain_russian_raises_no_doubts() -> None:
    titles = (
        "Мониторинг реализации мероприятия 21 в 2018 году",
        "Создание условий для партнёрств и обмена опытом на базе школ",
        "Работа с лицеями, музеи и герои края",
        "Педагогический совет «Итоги I полугодия» (ВКС)",
        "Разработка ИОМ педагога, КПК и методический абонемент",
        "Размещение web-страниц, PR-сопровождение, ВСОКО",
    )
    plan = read(HEAD, *[(str(at), title, "май", "Завуч") for at, title in enumerate(titles, start=1)])
    assert [row.doubts for row in plan.rows] == [()] * len(titles)


def test_that_a_measure_that_stands_twice_is_said() -> None:
    plan = read(
        HEAD,
        ("1", "Проведение мониторинга качества подготовки выпускников", "май", "Завуч"),
        ("2", "Родительское собрание по итогам четверти", "май", "Завуч"),
        ("3", "Проведение мониторинга качества подготовки выпускника.", "июнь", "Завуч"),
    )
    assert [DoubtCode.DUPLICATE in codes(row) for row in plan.rows] == [False, False, True]


def test_that_numbers_a_spreadsheet_spoilt_are_offered_back() -> None:
    rows = [(f"1.{at}", f"Дело {at} недели", "май", "Завуч") for at in range(1, 10)]
    plan = read(HEAD, ("01.02.2024", "Иное дело", "май", "Завуч"), *rows, ("1.1", "Десятое", "май", "Завуч"))
    assert settled(plan.rows[0]).number == "1.2"
    zero = next(doubt for doubt in plan.rows[-1].doubts if doubt.code is DoubtCode.NUMBER_ZERO)
    assert zero.after == "1.10"


def test_that_a_layout_mended_by_a_person_is_obeyed() -> None:
    source = [table(("Шаг", "Описание шага", "Кому"), ("1", "Опрос", "Завуч"), ("2", "Отчёт", "Директор"))]
    found = find_layouts(source)[0]
    columns = (Column(ColumnKind.NUMBER), Column(ColumnKind.TITLE), Column(ColumnKind.EXECUTORS))
    plan = read_plan(source, [replace(found, columns=columns, first=1, is_taken=True)])
    assert [(row.number, row.title, row.executors) for row in plan.rows] == [
        ("1", "Опрос", ("Завуч",)),
        ("2", "Отчёт", ("Директор",)),
    ]


def test_that_a_long_plan_is_read_within_seconds() -> None:
    title = "Мероприятие {} по повышению качества подготовки учеников {} класса"
    rows = [(str(at), title.format(at, at % 7), "май", f"Отдел {at}") for at in range(2000)]
    start = time.perf_counter()
    assert len(read(HEAD, *rows).rows) == 2000
    assert time.perf_counter() - start < 8


KNOWN = (
    "||№|Мероприятия|Сроки|Ответственные|I кв.|II кв.|Этап|ДОН|МОУО|+|1|1.1|2.|I ЭТАП (ЯНВАРЬ)|май|1. Раздел|70"
    "|по мере необходимости|Опрос\nродителей|- дело\n- второе|□70\t|А.А., отдел\nсовет"
)
CELLS = st.one_of(
    st.sampled_from(KNOWN.split("|")), st.text(alphabet="абвИКнoa. ,;\n\t«»()-1\u00ad\u00a0\\", max_size=30)
)
ROWS = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=12)
SPANS = st.lists(st.tuples(*[st.integers(0, 12)] * 4), max_size=4)


@given(rows=ROWS, spans=SPANS, heading=CELLS)
@settings(max_examples=300)
def test_that_any_table_is_read_and_any_repair_can_be_made(
    rows: list[list[str]], spans: list[tuple[int, int, int, int]], heading: str
) -> None:
    made = tuple(Span(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in spans)
    source = SourceTable("таблица 1", tuple(map(tuple, rows)), tuple(range(1, len(rows) + 1)), made, heading)
    plan = read_plan([source, source])
    for row in plan.rows:
        assert row.title.strip()
        for accepted in (None, set(), set(range(len(row.doubts)))):
            settled(row, accepted)
    everything = [replace(layout, is_taken=True) for layout in plan.columns]
    assert read_plan([source, source], everything).columns == tuple(everything)
