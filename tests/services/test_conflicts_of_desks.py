"""A field that two desks changed: every desk shows both versions with who and when, and decides on what is its own."""

from __future__ import annotations

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.review import Remark
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import centre, packages, records
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.conflicts import keep_version, undecided
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.exchange_walk import Walk
from tests.services.methodist_desks import Three
from tests.services.methodist_desks import three as three
from tests.services.test_exchange_matrix import walk as walk
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust


def test_that_each_desk_shows_who_said_what_and_decides_on_its_own(three: Three) -> None:
    three.meet()
    school, desks = three.school, three.desks
    draft = RemarkDraft("school", school, "founder", "Паспорт", "Назовите полностью")
    remark = centre.leave_remark(three.methodist, school, draft).row
    three.hand_over()
    records.edit(desks.centre, Remark.log_name, remark, "body", "Сказал центр", school)
    records.edit(three.methodist, Remark.log_name, remark, "body", "Сказал методист", school)
    three.hand_over()
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    assert three.take(desks.school, answer, desks.centre).code.is_fine
    for desk, may in ((desks.school, False), (desks.centre, True)):
        (conflict,) = undecided(desk, school).values()
        assert conflict.place == "Замечание: Текст"
        assert {version.words for version in conflict.versions} == {"Сказал центр", "Сказал методист"}
        assert all(version.who and version.when.startswith("Изменено ") for version in conflict.versions)
        assert len({version.who for version in conflict.versions}) == 2
        assert conflict.may_decide is may
    with pytest.raises(KnownError, match=r"check\.conflict_of_others"):
        keep_version(desks.school, conflict, 0)
    at = next(at for at, one in enumerate(conflict.versions) if one.words == "Сказал методист")
    keep_version(desks.centre, conflict, at, school)
    assert undecided(desks.centre, school) == {}
    answer = packages.export_receipt(desks.centre, school, desks.flash).path
    assert three.take(desks.school, answer, desks.centre).code.is_fine
    assert undecided(desks.school) == {}


def test_that_two_computers_of_a_school_see_both_versions_and_the_centre_leaves_it_to_them(walk: Walk) -> None:
    row = walk.staff(walk.desks["school"])[0].id
    for name, years in (("school", "11"), ("deputy", "22")):
        records.edit(walk.desks[name], StaffMember.log_name, row, "experience", years)
    walk.last_round(1)
    for desk in walk.desks.values():
        (conflict,) = undecided(desk, walk.school).values()
        assert conflict.place.startswith("Педагог: ")
        assert {version.words.split()[0] for version in conflict.versions} == {"11", "22"}
        assert conflict.may_decide is (desk.kind == "school")
    keep_version(walk.desks["deputy"], conflict, 0)
    walk.last_round(1)
    assert all(undecided(desk, walk.school) == {} for desk in walk.desks.values())
    assert len(set(walk.digests().values())) == 1
    walk.close()
