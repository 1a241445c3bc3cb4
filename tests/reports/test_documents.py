"""The printed forms: what each says, in which order, and what it leaves to be filled by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from shnor_desktop.domain.methodology.terms import Level
from shnor_desktop.reports.content import (
    Document,
    GroupRow,
    Heading,
    LevelCell,
    PageBreak,
    RiskChart,
    Row,
    StampRow,
    Table,
    texts,
)
from shnor_desktop.reports.documents.cover import cover_sheet
from shnor_desktop.reports.documents.diagnostic_map import DiagnosticMapFacts, diagnostic_map_document
from shnor_desktop.reports.documents.programme import ProgrammeFacts, ProgrammeSection, programme_document
from shnor_desktop.reports.documents.receipt import receipt_document
from shnor_desktop.reports.documents.requisites import BLANK_DAY, StampFacts, stamp_row
from shnor_desktop.reports.documents.road_map import RoadMapFacts, RoadMapGroup, road_map_document, road_map_table
from shnor_desktop.reports.pdf_writer import pdf_of
from tests.reports import samples

FONTS = Path(__file__).parents[2] / "resources" / "fonts"
DOCUMENTS = {
    "cover": cover_sheet(samples.COVER_FACTS),
    "programme": programme_document(samples.PROGRAMME_FACTS),
    "road_map": road_map_document(samples.ROAD_MAP_FACTS),
    "diagnostic_map": diagnostic_map_document(samples.DIAGNOSTIC_MAP_FACTS),
    "receipt": receipt_document(samples.RECEIPT_FACTS),
}


def said(document: Document) -> str:
    return "\n".join(texts(document)).replace("\u00a0", " ")


def headings(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Heading)]


def tables(document: Document) -> list[Table]:
    return [block for block in document.blocks if isinstance(block, Table)]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_that_every_form_is_printed(name: str) -> None:
    assert pdf_of(DOCUMENTS[name], FONTS).startswith(b"%PDF-")


@pytest.mark.parametrize("name", DOCUMENTS)
def test_that_a_form_calls_no_school_weak(name: str) -> None:
    words = said(DOCUMENTS[name]).casefold()
    assert "шнор" not in words.replace(".shnor", "")
    assert "слаб" not in words
    assert "низкими образовательными результатами" not in words


@pytest.mark.parametrize(
    "document",
    [
        programme_document(ProgrammeFacts("Программа", "Школа", "2024 год", "", "")),
        road_map_document(RoadMapFacts("Дорожная карта", "Школа", "", ())),
        diagnostic_map_document(
            DiagnosticMapFacts("Карта", "Школа", "", samples.DIAGNOSTIC_MAP_FACTS.as_of, "", ()),
        ),
        cover_sheet(replace(samples.COVER_FACTS, counts=(), fingerprint="", square_code="", receiver="")),
        receipt_document(replace(samples.RECEIPT_FACTS, remarks=(), comment="", due=None, fingerprint="")),
    ],
    ids=lambda document: document.title,
)
def test_that_a_form_with_nothing_filled_in_is_printed(document: Document) -> None:
    assert pdf_of(document, FONTS).startswith(b"%PDF-")


def test_that_the_cover_sheet_tells_who_sends_what_to_whom_and_how_to_check_it() -> None:
    words = said(DOCUMENTS["cover"])
    for expected in (
        "Сопроводительный лист к пакету № 3",
        samples.SCHOOL,
        samples.CENTRE,
        "29.04.2024 09:05",
        "Тюменская модель, 2024, версия 1.0",
        "1 230",
        "01234 56789 01234 56789\n01234 56789 01234 56789",
        "openssl cms -verify -cades",
        "720101-A1B2_2024-04-29_school_3.shnor",
        "Принял",
        "персональные данные",
    ):
        assert expected in words


def test_that_the_first_package_says_that_it_is_the_first() -> None:
    assert "этот пакет первый" in said(cover_sheet(replace(samples.COVER_FACTS, previous="")))


def test_that_the_programme_begins_with_stamps_and_the_passport() -> None:
    document = DOCUMENTS["programme"]
    stamps = next(block for block in document.blocks if isinstance(block, StampRow))
    assert [stamp.title for stamp in stamps.stamps] == ["ПРИНЯТА", "СОГЛАСОВАНА", "УТВЕРЖДЕНА"]
    assert headings(document)[:3] == [samples.PROGRAMME, "Паспорт программы", "1. Введение"]


def test_that_what_no_section_places_comes_after_the_last_one() -> None:
    assert headings(DOCUMENTS["programme"])[-3:] == [
        "Антирисковые программы",
        "Антирисковая программа «Успех каждого»",
        "Риски реализации программы",
    ]


def test_that_only_the_pages_of_the_road_map_are_turned() -> None:
    turns = [
        (block.landscape, following.text)
        for block, following in zip(DOCUMENTS["programme"].blocks, DOCUMENTS["programme"].blocks[1:], strict=False)
        if isinstance(block, PageBreak) and isinstance(following, Heading)
    ]
    assert turns == [
        (False, "Паспорт программы"),
        (True, "5. Дорожная карта"),
        (False, "6. Управление программой"),
    ]


def test_that_an_indicator_shows_what_was_reached_only_where_something_was() -> None:
    bare = replace(samples.PROGRAMME_FACTS, indicators=samples.PROGRAMME_FACTS.indicators[:1])
    assert "Достигнуто" not in said(programme_document(bare))
    assert "4 → 6" in said(DOCUMENTS["programme"])


def test_that_paragraphs_of_a_section_keep_their_order() -> None:
    section = ProgrammeSection("1.", "Введение", ("первый", "второй", "третий"))
    words = said(programme_document(replace(samples.PROGRAMME_FACTS, sections=(section,))))
    assert words.index("первый") < words.index("второй") < words.index("третий")


def test_that_measures_are_numbered_through_and_stand_under_their_stage() -> None:
    table = road_map_table(samples.STAGES)
    groups = [row.text for row in table.rows if isinstance(row, GroupRow)]
    numbers = [row.cells[0] for row in table.rows if isinstance(row, Row)]
    assert groups == [stage.title for stage in samples.STAGES if stage.measures]
    assert numbers == [str(number) for number in range(1, 20)]


def test_that_a_deadline_phrase_is_printed_as_it_was_written() -> None:
    assert "не реже 1 раза в квартал" in said(DOCUMENTS["road_map"])


def test_that_the_road_map_counts_its_measures_in_good_russian() -> None:
    one = replace(samples.ROAD_MAP_FACTS, groups=(RoadMapGroup("Этап", samples.MEASURES[:1]),))
    assert "Всего: 1 мероприятие." in said(road_map_document(one))
    assert "Всего: 19 мероприятий." in said(DOCUMENTS["road_map"])


def test_that_fulfilment_is_shown_only_when_asked_for() -> None:
    assert "Отметка о выполнении" in said(DOCUMENTS["road_map"])
    bare = replace(samples.ROAD_MAP_FACTS, with_status=False)
    assert "Отметка о выполнении" not in said(road_map_document(bare))


def test_that_an_answer_shows_value_counts_origin_and_level() -> None:
    row = tables(DOCUMENTS["diagnostic_map"])[0].rows[0]
    assert isinstance(row, Row)
    assert row.cells[2] == "18,2 %\n4 из 22"
    assert row.cells[4] == "список педагогов, 01.03.2024"
    assert row.cells[5] == LevelCell(Level.HIGH, "высокая*")


def test_that_an_unconfirmed_threshold_is_explained_under_the_tables() -> None:
    assert "не подтверждены" in said(DOCUMENTS["diagnostic_map"])
    confirmed = tuple(replace(answer, unconfirmed=False) for answer in samples.ANSWERS)
    blocks = tuple(replace(block, answers=confirmed) for block in samples.DIAGNOSTIC_MAP_FACTS.blocks)
    bare = diagnostic_map_document(replace(samples.DIAGNOSTIC_MAP_FACTS, blocks=blocks))
    assert "не подтверждены" not in said(bare)


def test_that_the_risk_profile_is_drawn_and_stands_as_a_table_too() -> None:
    document = DOCUMENTS["diagnostic_map"]
    chart = next(block for block in document.blocks if isinstance(block, RiskChart))
    assert [bar.score for bar in chart.bars] == [80, 45, 10, None]
    assert "Изменено вручную: Учтены результаты диагностики 2024 года" in said(document)


def test_that_the_receipt_says_verdict_decision_and_every_remark() -> None:
    words = said(DOCUMENTS["receipt"])
    for expected in ("Квитанция № 5", "принят", "на доработке", "15 мая 2024 г.", "10.05.2024", "по русскому языку"):
        assert expected in words


def test_that_a_receipt_without_remarks_says_so() -> None:
    assert "Замечаний нет." in said(receipt_document(replace(samples.RECEIPT_FACTS, remarks=())))


def test_that_what_is_not_known_yet_is_left_blank_in_a_stamp() -> None:
    (stamp,) = stamp_row((StampFacts("УТВЕРЖДЕНА", (), "Директор", "", "Приказ"),)).stamps
    assert BLANK_DAY in stamp.date_line
    assert "______" in stamp.date_line.split("\n")[0]
    assert stamp.signature is not None


def test_that_a_fifth_stamp_is_left_out() -> None:
    assert len(stamp_row((StampFacts("УТВЕРЖДЕНА"),) * 5).stamps) == 4
