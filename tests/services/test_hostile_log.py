"""Logs that a trusted school signed and that lie: about other schools, other writers, what was replaced, and when."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from shnor_desktop.domain.canonical import WireValue
from shnor_desktop.domain.log import DELETED, MAX_LAMPORT, ChangeRef, Head
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import centre, packages, records
from shnor_desktop.services.arrivals import Verdict, VerdictCode, import_package
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from shnor_desktop.services.results import sheets
from shnor_desktop.services.store_check import is_sound_seal
from shnor_desktop.services.workspace import Profile
from shnor_desktop.storage.check import check_store
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check
from tests.services.hostile_school import Liar, judged, refusal

__all__ = ["desks", "without_check"]

FINE = ("accepted", "accepted_with_remarks", "older")


@pytest.fixture
def liar(desks: Desks) -> Liar:
    """The school, which its centre has met."""
    desks.meet()
    return Liar.of(desks.school, desks.flash)


def neighbour(desks: Desks, folder: Path, code: str = "72-015", school: str = "") -> Liar:
    """Another school, whose key a person has confirmed; its first package may claim to be of `school`."""
    card = SchoolCard(code, "МАОУ «Соседняя СОШ»")
    desk = create_school_desk(folder / "neighbour.db", card, desks.clock, profile=Profile(folder / "neighbour"))
    other = Liar.of(desk, desks.flash)
    other.school = school or other.school
    return other


def meet(desks: Desks, other: Liar, file: Path) -> Verdict:
    """The centre confirms the digits of a school."""
    first = import_package(desks.centre, file)
    return import_package(desks.centre, file, first.fingerprint)


def took(desks: Desks, file: Path) -> tuple[str, ...]:
    """Take in what must be taken in; the notes beside it. The store is sound afterwards."""
    verdict = judged(desks, file)
    assert verdict.code.value in FINE, verdict
    assert check_store(desks.centre.store, verify_seal=is_sound_seal).findings == ()
    return verdict.notes


def founder(desks: Desks) -> WireValue:
    """A field of the passport, as the centre shows it."""
    card = records.row(desks.centre, School, desks.school.school, desks.school.school)
    return card.founder if card else None


def digest(desks: Desks, school: str) -> str:
    """The digest of a school at the centre."""
    with desks.centre.reading() as reader:
        return reader.projection_digest(school)


def test_that_rows_under_the_ids_of_another_school_leave_that_school_as_it_is(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    other = neighbour(desks, tmp_path)
    assert meet(desks, other, packages.export_package(other.desk, desks.flash).path).code.is_fine
    other = Liar.of(other.desk, desks.flash)
    mine = desks.school.school
    teacher = records.rows(desks.centre, StaffMember, mine)[0].id
    before = digest(desks, mine), centre.school_line(desks.centre, mine)
    other.says(("staff_member", teacher, "full_name", "Захватов Захват"), ("school", mine, "short_name", "Захвачена"))
    other.says(("school", mine, DELETED, True))
    took(desks, other.package())
    assert (digest(desks, mine), centre.school_line(desks.centre, mine)) == before
    assert [row.full_name for row in records.rows(desks.centre, StaffMember, mine)] == ["Образцова Анна Ивановна"]
    twins = [records.row(desks.centre, StaffMember, teacher, school) for school in (mine, other.school)]
    assert [row.full_name if row else "" for row in twins] == ["Образцова Анна Ивановна", "Захватов Захват"]
    assert sorted(line.name for line in centre.schools(desks.centre)) == ["МАОУ «Лесная СОШ»", "МАОУ «Соседняя СОШ»"]


def test_that_a_school_is_one_row_under_its_own_id(desks: Desks, liar: Liar) -> None:
    before = digest(desks, liar.school)
    liar.says(("school", "another", "short_name", "Вторая школа в одной"))
    took(desks, liar.package())
    assert [card.id for card in records.rows(desks.centre, School, liar.school)] == [liar.school]
    assert digest(desks, liar.school) == before


def test_that_batches_of_another_school_do_not_travel_in_a_package(desks: Desks, liar: Liar, tmp_path: Path) -> None:
    other = neighbour(desks, tmp_path)
    foreign = other.says(("school", other.school, "short_name", "Чужая"))
    assert refusal(desks, liar.package([foreign])) == ("damaged", "package.contents_do_not_match")
    assert refusal(desks, liar.package([], [other.seal()])) == ("damaged", "package.contents_do_not_match")


def test_that_a_school_keeps_to_itself(desks: Desks, liar: Liar, tmp_path: Path) -> None:
    """Neither a known key for another school nor another code for a known school."""
    other = neighbour(desks, tmp_path, school=liar.school)
    claim = other.package(school=liar.school)
    assert refusal(desks, claim) == ("sender_unknown", "package.sender_unknown")
    assert meet(desks, other, claim).code is VerdictCode.WRONG_SCHOOL
    liar.school = "another-school"
    assert refusal(desks, liar.package(school=liar.school)) == ("wrong_school", "package.wrong_school")


def test_that_two_schools_under_one_code_are_taken_in_with_a_note(desks: Desks, liar: Liar, tmp_path: Path) -> None:
    other = neighbour(desks, tmp_path, code="72-014")
    verdict = meet(desks, other, packages.export_package(other.desk, desks.flash).path)
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert "package.note_code_taken" in verdict.notes
    assert len(centre.schools(desks.centre)) == 2


def test_that_a_passport_under_the_code_of_another_school_is_noted(desks: Desks, liar: Liar) -> None:
    assert "package.note_code_differs" in took(desks, liar.package(school_code="72-015"))


def test_that_nothing_counts_in_the_name_of_the_centre(desks: Desks, liar: Liar) -> None:
    replica, school = desks.centre.writer.replica, liar.school
    own = centre.leave_remark(desks.centre, school, RemarkDraft("school", school, "", "Паспорт", "Уточните"))
    forged = liar.says(("remark", own.row, "body", "Всё отлично"), replica=replica, sequence=2, keep=False)
    took(desks, liar.package([forged], [liar.seal(forged.batch.head, replica=replica)]))
    assert [remark.body for remark in centre.remarks(desks.centre, school)] == ["Уточните"]
    centre.leave_remark(desks.centre, school, RemarkDraft("school", school, "", "Паспорт", "И ещё"))
    assert len(centre.remarks(desks.centre, school)) == 2


def test_that_a_school_cannot_make_a_remark_vanish(desks: Desks, liar: Liar) -> None:
    school = liar.school
    remark = centre.leave_remark(desks.centre, school, RemarkDraft("school", school, "", "Паспорт", "Уточните"))
    with desks.centre.reading() as reader:
        known = sorted(line.ref for line in reader.history(school, "remark", remark.row))
    liar.says(("remark", remark.row, DELETED, True), replaces=known)
    liar.says(("remark", remark.row, "body", "Всё отлично"), replaces=known[:1])
    took(desks, liar.package())
    assert [one.body for one in centre.remarks(desks.centre, school)] == ["Уточните"]


def test_that_of_two_batches_with_one_number_the_first_stays_and_the_fork_is_told(desks: Desks, liar: Liar) -> None:
    before = liar.head
    first = liar.says(("school", liar.school, "founder", "раз"))
    took(desks, liar.package())
    liar.head = before
    second = liar.says(("school", liar.school, "founder", "два"))
    assert first.batch.sequence == second.batch.sequence
    assert "package.note_fork" in took(desks, liar.package([second]))
    assert founder(desks) == "раз"


def test_that_what_follows_a_gap_waits_until_it_is_filled(desks: Desks, liar: Liar) -> None:
    missing = liar.says(("school", liar.school, "founder", "раз"))
    later = liar.says(("school", liar.school, "founder", "два"), replaces=[ChangeRef(missing.batch.name, 0)])
    assert "package.note_gap" in took(desks, liar.package([later]))
    assert founder(desks) is None
    took(desks, liar.package([missing], []))
    assert founder(desks) == "два"


@pytest.mark.parametrize("sequence", [999, MAX_LAMPORT])
def test_that_a_seal_beyond_the_chain_counts_nothing(desks: Desks, liar: Liar, sequence: int) -> None:
    before = digest(desks, liar.school)
    took(desks, liar.package([], [liar.seal(Head(sequence, "a" * 64))]))
    assert digest(desks, liar.school) == before
    liar.says(("school", liar.school, "founder", "раз"))
    took(desks, liar.package())
    assert founder(desks) == "раз"


def test_that_the_last_lamport_is_not_the_end_of_work(desks: Desks, liar: Liar) -> None:
    last = liar.says(("school", liar.school, "founder", "раз"), lamport=MAX_LAMPORT)
    liar.says(("school", liar.school, "founder", "два"), replaces=[ChangeRef(last.batch.name, 0)], lamport=MAX_LAMPORT)
    took(desks, liar.package())
    assert founder(desks) == "два"
    draft = RemarkDraft("school", liar.school, "", "Паспорт", "Уточните")
    assert centre.leave_remark(desks.centre, liar.school, draft).changed


def test_that_replacing_changes_that_do_not_exist_replaces_nothing(desks: Desks, liar: Liar) -> None:
    invented = sorted(ChangeRef(hashlib.sha256(str(n).encode()).hexdigest(), n) for n in range(500))
    liar.says(("school", liar.school, "founder", "раз"), replaces=invented)
    took(desks, liar.package())
    assert founder(desks) == "раз"


def test_that_replacing_the_changes_of_another_school_leaves_them(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    mine = desks.school.school
    with desks.centre.reading() as reader:
        theirs = sorted({line.ref for line in reader.history(mine)})
    other = neighbour(desks, tmp_path)
    meet(desks, other, packages.export_package(other.desk, desks.flash).path)
    other = Liar.of(other.desk, desks.flash)
    before = digest(desks, mine)
    other.says(("school", other.school, "founder", "раз"), replaces=theirs)
    took(desks, other.package())
    assert digest(desks, mine) == before
    with desks.centre.reading() as reader:
        assert all(line.is_head for line in reader.history(mine))


def test_that_thousands_of_changes_of_one_field_are_taken_in_and_shown(desks: Desks, liar: Liar) -> None:
    liar.says(*(("school", liar.school, "founder", f"учредитель {number}") for number in range(2_000)))
    liar.says(*(("school", liar.school, DELETED, True) for _ in range(500)))
    assert "package.note_conflicts" in took(desks, liar.package())
    (conflict,) = records.conflicts(desks.centre, liar.school)[:1]
    assert 2 <= len(conflict.lines) <= 100
    assert centre.school_line(desks.centre, liar.school).conflicts >= 1


def test_that_a_school_gets_no_dataset_of_another_school_by_naming_it(desks: Desks, tmp_path: Path) -> None:
    secret = b"results of a neighbour"
    name = hashlib.sha256(secret).hexdigest()
    desks.meet()
    with desks.centre.writing() as transaction:
        transaction.records.put_blob("somebody-else", "dataset", secret)
    liar = Liar.of(desks.school, desks.flash)
    liar.says(("result_sheet", "sheet-1", "dataset", name), ("result_sheet", "sheet-1", "subject", "math"))
    took(desks, liar.package(vector=[]))
    assert len(sheets(desks.centre, liar.school)) == 1
    answer = packages.export_receipt(desks.centre, liar.school, desks.flash)
    assert answer.batches > 0
    assert secret not in answer.path.read_bytes()


@pytest.mark.parametrize("named", ["", "0" * 64])
def test_that_a_dataset_that_nothing_names_or_under_another_name_is_refused(
    desks: Desks, liar: Liar, named: str
) -> None:
    data = b"results"
    name = named or hashlib.sha256(data).hexdigest()
    liar.says(("result_sheet", "sheet-1", "dataset", named or "1" * 64))
    assert refusal(desks, liar.package(datasets={name: data})) == ("damaged", "package.contents_do_not_match")


def test_that_no_clock_of_a_sender_stops_or_orders_anything(desks: Desks, liar: Liar) -> None:
    for years in (-30, 60):
        desks.clock.advance(days=365 * years)
        liar.says(("school", liar.school, "founder", f"год {years}"))
        file = liar.package(made_at="1980-01-01T00:00:00Z")
        desks.clock.advance(days=-365 * years)
        assert "package.note_clock" in took(desks, file)


def test_that_a_teacher_of_an_honest_package_comes_after_all_of_it(desks: Desks, liar: Liar) -> None:
    """What was refused or without effect stands in nobody's way."""
    liar.says(("remark", "r", "body", "подделка"))
    liar.package()
    assert refusal(desks, liar.raw(b"[]"))[0] == "damaged"
    add_teacher(desks.school, "Примерова Ольга Петровна")
    assert desks.receive(desks.send()).code is VerdictCode.ACCEPTED
    assert desks.same()
