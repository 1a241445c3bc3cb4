"""The order that approves the programme is drafted once, and its number and date come into the stamp."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.models.quality import SchoolOrder
from shnor_desktop.services import problems, programme, records
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.programme_order import approval_order, draft_approval, take_requisites
from shnor_desktop.services.programme_stamps import stamps
from tests.clock import FixedClock
from tests.services.school import make_diagnosed_school


def test_that_the_order_is_drafted_once_and_its_number_and_date_are_taken(
    tmp_path: Path, fixed_clock: FixedClock
) -> None:
    school = make_diagnosed_school(tmp_path, fixed_clock)
    problems.accept(school, problems.suggest(school)[0])
    programme.ensure_programme(school)
    assert approval_order(school, read_facts(school)) is None
    row = draft_approval(school).row
    assert draft_approval(school).row == row
    assert not take_requisites(school).changed
    records.edit_many(school, SchoolOrder.log_name, row, {"number": "17", "made_on": "2024-04-20", "state": "signed"})
    found = approval_order(school, read_facts(school))
    assert found is not None
    assert (found.words, found.is_taken) == ("Приказ № 17 от 20.04.2024, подписан.", False)
    take_requisites(school)
    assert "№ 17" in " ".join(stamps(school)[2].lines).replace("\u00a0", " ")
    found = approval_order(school, read_facts(school))
    assert found is not None
    assert found.is_taken
