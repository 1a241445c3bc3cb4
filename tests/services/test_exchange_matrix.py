"""Whatever four desks of a school write and whatever befalls their files and stores: in the end all hold the same."""

from __future__ import annotations

import os
import random

import pytest

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import conflicts, records
from shnor_desktop.services.arrivals import VerdictCode, import_package
from tests.services.exchange_desks import add_teacher
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.exchange_walk import OffClock, Walk
from tests.services.trust_desks import TrustDesks
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust

STEPS = 45
SEEDS = range(int(os.environ.get("SHNOR_WALKS", "3")))


@pytest.fixture
def walk(trust: TrustDesks) -> Walk:
    """A school, its deputy's computer, a methodist and the centre, who have met."""
    for number in range(3):
        add_teacher(trust.school, f"Педагог{'абв'[number]} Имя Отчество")
    trust.enrol(trust.school)
    assert import_package(trust.centre, trust.send(trust.school, full=True)).code.is_fine
    deputy = trust.second()
    trust.answer(deputy, trust.ask(deputy, "second"), school=trust.school.school)
    methodist = trust.second("methodist", "methodist", "m-1")
    trust.enrol(methodist)
    trust.meet_all()
    names = {"school": trust.school, "deputy": deputy, "methodist": methodist, "centre": trust.centre}
    for desk in names.values():
        desk.clock = OffClock(trust.clock)
    made = Walk(names, trust.folder, trust.clock, random.Random(1), trust.school.school)
    made.last_round(1)
    return made


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", SEEDS)
def test_that_random_work_of_four_desks_ends_alike(walk: Walk, seed: int) -> None:
    walk.chance = random.Random(seed)
    for _ in range(STEPS):
        walk.step()
    walk.last_round()
    assert len(set(walk.digests().values())) == 1, walk.digests()
    assert walk.are_sound()
    assert "package.note_fork" not in walk.notes
    keys = {name: set(conflicts.undecided(desk, walk.school)) for name, desk in walk.desks.items()}
    assert all(found == keys["school"] for found in keys.values()), keys
    walk.close()


@pytest.mark.timeout(300)
def test_that_a_copied_store_goes_on_as_another_replica(walk: Walk) -> None:
    twin = walk.copy_store("school")
    for number, name in enumerate(("school", twin, "school", twin)):
        add_teacher(walk.desks[name], f"Копиева{'абвг'[number]} Имя Отчество")
        path = walk.export(name, full=True)
        assert path is not None
        walk.take("centre", path)
        walk.reopen(name)  # one program at a time
    walk.last_round()
    assert len(set(walk.digests().values())) == 1, walk.digests()
    assert "package.note_fork" not in walk.notes
    names = {row.full_name for row in records.rows(walk.desks["centre"], StaffMember, walk.school)}
    assert {f"Копиева{letter} Имя Отчество" for letter in "абвг"} <= names
    assert walk.are_sound()
    walk.close()


@pytest.mark.timeout(300)
def test_that_only_a_true_fork_is_flagged(walk: Walk) -> None:
    """A store and the keys of its user, both copied and both used: that nobody can join, and it is told."""
    twin = walk.copy_store("school", with_profile=True)
    for name in ("school", twin):
        add_teacher(walk.desks[name], f"Раздвоенная {name[-1]} Отчество")
        path = walk.export(name, full=True)
        assert path is not None
        assert walk.take("centre", path).code in (VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS)
    assert "package.note_fork" in walk.notes
    assert walk.are_sound()
    walk.close()
