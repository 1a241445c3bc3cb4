"""The check: findings by page, mended one after another, warnings explained, versions chosen between."""

from typing import cast

import pytest

from shnor_desktop.domain.findings import PAGES
from shnor_desktop.models.quality import QualityControl
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult, check
from shnor_desktop.storage.reading import ConflictRecord
from shnor_desktop.ui.workspaces.school.check import _TITLES, CheckData, CheckPage
from tests.ui.school_a.conftest import SchoolWindow
from tests.ui.school_b.conftest import button, click, words_on
from tests.ui.typing_keys import type_text


def opened_check(school: SchoolWindow) -> CheckPage:
    return cast(CheckPage, school.open("check"))


def headings(page: CheckPage) -> list[str]:
    return [card.heading.split(" · ")[0] for card in page.list.cards_model.cards if card.heading]


def test_that_findings_stand_under_their_pages(school: SchoolWindow) -> None:
    page = opened_check(school)
    assert {"Паспорт", "Кадры", "Диагностическая карта", "Программа"} <= set(headings(page))
    assert "ошиб" in page.header.progress.text()
    assert page.clean.isHidden()


def test_that_a_finding_leads_to_its_field_and_back_comes_to_the_next(school: SchoolWindow) -> None:
    page = opened_check(school)
    lines = check(school.workspace).lines
    first = next(line for line in lines if line.field == "pupils_sen")
    following = lines[lines.index(first) + 1]
    page.list.select(first.key)
    click(school, button(page, "Перейти к полю"))
    assert school.window.current_page_id() == "passport"
    records.edit(school.workspace, School.log_name, school.workspace.school, "pupils_sen", 6)
    school.window.back()
    school.settle()
    assert school.window.current_page_id() == "check"
    assert page.list.current_id() == following.key
    assert page.finding.text.text() == following.text


def test_that_a_warning_is_left_with_a_reason_in_place(diagnosed: SchoolWindow) -> None:
    page = opened_check(diagnosed)
    warning = check(diagnosed.workspace).warnings[0]
    page.list.select(warning.key)
    click(diagnosed, page.finding.keep)
    assert "Напишите пояснение" in page.finding.reason.problem_text()
    type_text(page.finding.reason.editor.input(), "Договор подписывается в октябре")
    click(diagnosed, page.finding.keep)
    assert warning.key in {line.key for line in check(diagnosed.workspace).confirmed}
    assert "Оставлено с пояснением" in headings(page)
    page.list.select(warning.key)
    click(diagnosed, page.finding.withdraw)
    assert warning.key in {line.key for line in check(diagnosed.workspace).warnings}


def test_that_an_error_has_no_place_for_a_reason(school: SchoolWindow) -> None:
    page = opened_check(school)
    page.list.select(check(school.workspace).errors[0].key)
    assert page.finding.reason.isHidden()
    assert page.finding.keep.isHidden()


def test_that_a_school_without_findings_reads_so(school: SchoolWindow) -> None:
    page = opened_check(school)
    page.show_data(CheckData(CheckResult((), (), ()), {}))
    assert "Ошибок нет" in words_on(page)
    click(school, button(page, "Открыть «Обмен»"))
    assert school.window.current_page_id() == "exchange"


def test_that_two_versions_stand_side_by_side_until_one_is_kept(
    school: SchoolWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = school.workspace
    records.edit(workspace, School.log_name, workspace.school, "locality", "деревня Лесная")
    lines = [one for one in records.history(workspace, School.log_name) if one.key.field == "locality"]
    record = ConflictRecord(lines[0].key, tuple(lines[:2]))
    monkeypatch.setattr("shnor_desktop.storage.reading.Reader.conflicts", lambda *_: [record])
    page = opened_check(school)
    page.list.select(
        page.list.cards_model.cards[[c.icon for c in page.list.cards_model.cards].index("circle-alert")].id
    )
    words = words_on(page.finding)
    assert "Два человека изменили это поле" in words
    assert "сейчас показано" in words
    panel = page.finding.conflict
    assert panel is not None
    assert [one.text() for one in panel.buttons] == ["Оставить «деревня Лесная»", "Оставить «село Лесное»"]
    click(school, panel.buttons[1])
    row = records.row(workspace, School, workspace.school)
    assert row is not None
    assert row.locality == "село Лесное"
    assert "Оставлено: село Лесное." in words_on(school.window)


def test_that_findings_of_every_page_have_a_heading(school: SchoolWindow) -> None:
    assert set(PAGES) == set(_TITLES)
    values = {"title": "Входная диагностика", "year": 2023, "due_on": "2023-09-29", "state": "planned"}
    records.begin(school.workspace, QualityControl, values)
    assert any(line.page == "quality" for line in check(school.workspace).lines)
    assert "Управление" in headings(opened_check(school))
