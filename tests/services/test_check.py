"""The check speaks Russian, stops at errors, takes reasons for warnings, and shows what two people changed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.findings import CheckCode, Severity
from shnor_desktop.services import check as checking
from shnor_desktop.services import records
from shnor_desktop.services.check import check, completeness, give_reason, withdraw_reason
from shnor_desktop.storage.reading import ConflictRecord
from shnor_desktop.system.wording import has_words
from tests.clock import FixedClock
from tests.services.school import fill_passport_and_staff, make_diagnosed_school, make_school_workspace


def test_that_an_empty_school_hears_in_russian_what_to_fill(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    result = check(workspace)
    assert not result.is_clean
    assert "Не заполнено «Обучающихся всего»: паспорт школы." in [line.text for line in result.lines]
    for line in result.lines:
        assert re.search("[а-я]", line.text), line.code
        assert "…" not in line.text.replace("…»", "»"), line.text
        assert line.do, line.code
    assert [line.page for line in result.lines] == sorted(
        (line.page for line in result.lines), key=list(result.by_page).index
    )
    stops = [any(line.is_error for line in lines) for lines in result.by_page.values()]
    assert stops == sorted(stops, reverse=True), "a page that stops the package comes after one that does not"
    assert False in stops
    workspace.close()


def test_that_filling_in_the_passport_takes_its_errors_away(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    assert "passport" in check(workspace).by_page
    before = completeness(workspace)["passport"]
    fill_passport_and_staff(workspace)
    assert {"passport", "staff"}.isdisjoint(check(workspace).by_page)
    after = completeness(workspace)
    assert before.filled < before.total
    assert after["passport"].is_full
    assert after["staff"].is_full
    workspace.close()


def test_that_a_warning_is_left_with_its_reason_and_asks_again_without(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_diagnosed_school(tmp_path, fixed_clock)
    line = next(line for line in check(workspace).warnings if line.code == CheckCode.PARTNERS_ABSENT)
    with pytest.raises(KnownError, match=r"check\.reason_absent"):
        give_reason(workspace, line, "  ")
    give_reason(workspace, line, "Договор подписывается в октябре")
    result = check(workspace)
    assert line.key not in {item.key for item in result.warnings}
    confirmed = next(item for item in result.confirmed if item.key == line.key)
    assert confirmed.reason == "Договор подписывается в октябре"
    withdraw_reason(workspace, confirmed)
    assert line.key in {item.key for item in check(workspace).warnings}
    give_reason(workspace, line, "Снова")
    assert line.key in {item.key for item in check(workspace).confirmed}
    workspace.close()


def test_that_an_error_is_never_left_with_a_reason(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    line = check(workspace).errors[0]
    with pytest.raises(KnownError, match=r"check\.error_has_no_reason"):
        give_reason(workspace, line, "Так надо")
    workspace.close()


def test_that_an_undecided_field_is_an_error_at_its_page(
    tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    (line, *_) = [item for item in records.history(workspace, "school") if item.key.field == "locality"]
    monkeypatch.setattr(
        "shnor_desktop.storage.reading.Reader.conflicts", lambda *_: [ConflictRecord(line.key, (line, line))]
    )
    found = check(workspace).errors[0]
    assert (found.code, found.severity, found.page) == (checking.CONFLICT, Severity.ERROR, "passport")
    assert "населённый пункт" in found.text
    workspace.close()


def test_that_after_a_line_comes_the_next_and_after_the_last_the_first(tmp_path: Path, fixed_clock: FixedClock) -> None:
    workspace = make_school_workspace(tmp_path, fixed_clock)
    result = check(workspace)
    first, second, *_ = result.lines
    assert result.after(first.key) == second
    assert result.after(result.lines[-1].key) == first
    workspace.close()


def test_that_every_code_of_the_check_has_words() -> None:
    assert [code.value for code in CheckCode if not has_words(code)] == []


def test_that_every_failure_of_these_services_has_words() -> None:
    folder = Path(checking.__file__).parent
    raised = set()
    for path in folder.glob("*.py"):
        raised |= set(re.findall(r'KnownError\(\s*"([a-z_.]+)"', path.read_text("utf-8")))
    assert {code for code in raised if not has_words(code)} == set()
