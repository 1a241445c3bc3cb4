"""Parts of the work at colleagues: what leaves, what counts when it comes back, what happens on bad days."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Delete, Set
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.partners import PartnerSchool
from shnor_desktop.models.school import School
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.teamwork import Delegation
from shnor_desktop.services import attachments, conflicts, packages, records, teamwork
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.history import history_steps
from shnor_desktop.services.team_packages import give_again, leaving_with, open_part
from shnor_desktop.services.teamwork import PartDraft, delegations
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import add_teacher, without_check
from tests.services.team_desks import Team, team

__all__ = ["team", "without_check"]

TEACHER = "Образцова Анна Ивановна"
FIRST, SECOND = "Завучева Первая Ивановна", "Завучева Вторая Ивановна"


def edit(workspace: Workspace, name: str, field: str, value: object) -> None:
    row = next(one for one in records.rows(workspace, StaffMember) if one.full_name == name)
    records.edit(workspace, StaffMember.log_name, row.id, field, value)


def text_of(file: Path) -> bytes:
    with zipfile.ZipFile(file) as members:
        return gzip.decompress(members.read("log/batches.ndjson.gz"))


def test_that_a_part_goes_home_and_comes_back_as_one_step_of_the_school(team: Team) -> None:
    colleague = team.open(team.give(FIRST, ["staff"], "2024-09-20"))
    assert colleague.grant is not None
    assert (colleague.grant.colleague, colleague.grant.titles) == (FIRST, "Кадры")
    assert team.teacher(TEACHER, colleague).birth_year == 1980
    edit(colleague, TEACHER, "category", "highest")
    add_teacher(colleague, "Примерова Инна Олеговна")
    file = team.bring_back(colleague)
    unknown = team.take(file)
    assert (unknown.code, unknown.cause) == (VerdictCode.SENDER_UNKNOWN, "team.key_unknown")
    assert unknown.fingerprint == colleague.identity.certificate.fingerprint_words
    assert team.teacher(TEACHER).category == "first"
    done = team.take(file, "yes")
    assert done.code is VerdictCode.ACCEPTED, done
    assert team.teacher(TEACHER).category == "highest"
    assert team.teacher("Примерова Инна Олеговна").birth_year == 1980
    (line,) = delegations(team.school)
    assert (line.state, line.returned_on, line.is_late) == ("returned", "02.09.2024", False)
    assert records.conflicts(team.school) == []
    steps = history_steps(team.school, "staff_member", team.teacher(TEACHER).id)
    assert (steps[0].who, steps[0].operation) == (FIRST, "вернулась часть работы: Кадры")
    records.undo(team.school)
    assert team.teacher(TEACHER).category == "first"
    assert team.are_sound()


def test_that_only_the_part_and_names_beside_it_leave(team: Team) -> None:
    records.edit(team.school, School.log_name, team.school.school, "director", "Директор Начальник Первый")
    partner = records.begin(team.school, PartnerSchool, {"name": "Школа-партнёр"}).row
    edit(team.school, TEACHER, "category", "highest")
    old = records.begin(team.school, StaffMember, {"full_name": "Ушедшая Вера Павловна", "birth_year": 1970}).row
    records.remove(team.school, StaffMember.log_name, old)
    file = team.give(FIRST, ["partners"])
    text = text_of(file)
    assert "Школа-партнёр".encode() in text
    assert TEACHER.encode() in text  # partners name people
    for hidden in ("Директор Начальник Первый", "Ушедшая Вера Павловна"):
        assert hidden.encode() not in text
    colleague = team.open(file)
    assert team.teacher(TEACHER, colleague).birth_year is None
    assert [one.id for one in records.rows(colleague, PartnerSchool)] == [partner]
    assert records.rows(colleague, Delegation)[0].colleague == FIRST
    with pytest.raises(KnownError, match=r"team\.not_your_part") as caught:
        edit(colleague, TEACHER, "category", "first")
    assert "Партнёры" in explain(caught.value).means


def test_that_a_second_part_does_not_show_who_has_the_first(team: Team) -> None:
    team.give(FIRST)
    colleague = team.open(team.give(SECOND))
    assert [row.colleague for row in records.rows(colleague, Delegation)] == [SECOND]


def test_that_the_preview_says_what_leaves(team: Team) -> None:
    leaving = leaving_with(team.school, PartDraft(FIRST, ["staff"]))
    assert {line.entity: line.rows for line in leaving.lines} == {"school": 1, "staff_member": 1}
    assert delegations(team.school) == []


@pytest.mark.parametrize(
    ("draft", "code"),
    [
        (PartDraft("", ["staff"]), "team.no_colleague"),
        (PartDraft("  ", ["staff"]), "team.no_colleague"),
        (PartDraft(FIRST, []), "team.no_parts"),
        (PartDraft(FIRST, ["passport"]), "team.no_parts"),
        (PartDraft(FIRST, ["staff"], "01.09.2024"), "team.day_is_past"),
        (PartDraft(FIRST, ["staff"], "когда-нибудь"), "value.not_a_date"),
    ],
)
def test_that_a_part_is_not_given_without_a_name_a_part_or_a_day_to_come(
    team: Team, draft: PartDraft, code: str
) -> None:
    with pytest.raises(KnownError) as caught:
        team.give(draft.colleague, draft.parts, draft.wanted_by)
    assert caught.value.code.startswith(code)
    assert "…" not in explain(caught.value).text
    assert delegations(team.school) == []


def test_that_a_part_that_could_not_be_written_is_not_noted(team: Team) -> None:
    (team.folder / "flash").write_bytes(b"a file in place of the folder")
    with pytest.raises((KnownError, OSError)):
        team.give(FIRST)
    assert delegations(team.school) == []


def test_that_a_file_that_comes_twice_changes_nothing(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "category", "highest")
    file = team.bring_back(colleague)
    assert team.take(file, "yes").code is VerdictCode.ACCEPTED
    assert team.take(file).code is VerdictCode.ALREADY_HERE
    again = team.take(team.bring_back(colleague))  # another file, with nothing more in it
    assert (again.code, again.message.code) == (VerdictCode.OLDER, "team.nothing_new")
    lines = records.history(team.school, "staff_member", team.teacher(TEACHER).id)
    assert sum(line.key.field == "category" for line in lines) == 2
    assert team.are_sound()


def test_that_a_second_return_brings_only_what_is_new_and_stands_on_the_first(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "category", "highest")
    team.take(team.bring_back(colleague), "yes")
    edit(colleague, TEACHER, "category", None)
    edit(colleague, TEACHER, "experience", 12)
    assert team.take(team.bring_back(colleague)).code is VerdictCode.ACCEPTED
    assert (team.teacher(TEACHER).category, team.teacher(TEACHER).experience) == (None, 12)
    assert records.conflicts(team.school) == []
    assert team.are_sound()


def test_that_returns_in_another_order_end_the_same(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "category", "highest")
    early = team.bring_back(colleague)
    edit(colleague, TEACHER, "category", None)
    late = team.bring_back(colleague)
    assert team.take(late, "yes").code is VerdictCode.ACCEPTED
    assert team.take(early).code is VerdictCode.OLDER
    assert team.teacher(TEACHER).category is None
    assert records.conflicts(team.school) == []


def test_that_what_the_school_changed_meanwhile_stands_beside_and_is_decided_in_one_click(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    team.clock.advance(hours=1)
    edit(team.school, TEACHER, "experience", 5)
    edit(team.school, TEACHER, "workload", "20")
    team.clock.advance(hours=1)
    edit(colleague, TEACHER, "experience", 7)
    verdict = team.take(team.bring_back(colleague), "yes")
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert any("Проверка" in words for words in verdict.note_words)
    (conflict,) = conflicts.undecided(team.school).values()
    assert {version.words for version in conflict.versions} == {"5", "7"}
    assert {version.who for version in conflict.versions} == {"этот компьютер", FIRST}
    assert all(version.when.startswith("Изменено 02.09.2024 в ") for version in conflict.versions)
    at = next(at for at, version in enumerate(conflict.versions) if version.words == "5")
    conflicts.keep_version(team.school, conflict, at)
    assert team.teacher(TEACHER).experience == 5
    assert conflicts.undecided(team.school) == {}
    edit(colleague, TEACHER, "experience", 8)  # who did not see the decision is a version again
    team.take(team.bring_back(colleague))
    assert len(conflicts.undecided(team.school)) == 1
    assert team.are_sound()


def test_that_two_colleagues_with_the_same_part_meet_in_a_conflict_and_agree_without_one(team: Team) -> None:
    first, second = (team.open(team.give(name)) for name in (FIRST, SECOND))
    for desk, years in ((first, 7), (second, 9)):
        edit(desk, TEACHER, "experience", years)
        edit(desk, TEACHER, "category", "highest")
    for desk in (first, second):
        assert team.take(team.bring_back(desk), "yes").code.is_fine
    (conflict,) = conflicts.undecided(team.school).values()
    assert {(version.words, version.who) for version in conflict.versions} == {("7", FIRST), ("9", SECOND)}
    assert team.teacher(TEACHER).category == "highest"
    assert team.are_sound()


def test_that_the_same_new_person_from_two_colleagues_is_one_row(team: Team) -> None:
    first, second = (team.open(team.give(name)) for name in (FIRST, SECOND))
    for desk in (first, second):
        add_teacher(desk, "Примерова Инна Олеговна")
        team.take(team.bring_back(desk), "yes")
    assert sum(one.full_name == "Примерова Инна Олеговна" for one in records.rows(team.school, StaffMember)) == 1


def test_that_a_deletion_comes_back_and_one_against_an_edit_is_a_conflict(team: Team) -> None:
    other = add_teacher(team.school, "Примерова Инна Олеговна")
    colleague = team.open(team.give(FIRST))
    records.remove(colleague, StaffMember.log_name, other)
    records.remove(colleague, StaffMember.log_name, team.teacher(TEACHER, colleague).id)
    edit(team.school, TEACHER, "experience", 5)
    verdict = team.take(team.bring_back(colleague), "yes")
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert [one.full_name for one in records.rows(team.school, StaffMember)] == [TEACHER]
    (conflict,) = conflicts.undecided(team.school).values()
    assert {version.words for version in conflict.versions} >= {"удалить запись"}
    assert team.are_sound()


def by_hand(colleague: Workspace, *requests: Set | Delete) -> None:
    """What no page offers: a change outside of the part, with the colleague's own key."""
    with colleague.writing() as transaction:
        transaction.log.append(colleague.school, list(requests), colleague.writer, colleague.clock.now(), "правка")


def test_that_a_foreign_part_stays_without_effect_and_is_named(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    colleague = team.open(team.give(FIRST, ["staff"]))
    edit(colleague, TEACHER, "category", "highest")
    with monkeypatch.context() as patched:
        patched.setattr(LogSchema, "may_write", lambda *_: True)
        by_hand(
            colleague,
            Set("school", team.school.school, "short_name", "Чужая школа"),
            Set("partner_school", "p-1", "name", "Чужой партнёр"),
            Set("delegation", colleague.grant.id if colleague.grant else "", "parts", ["staff", "partners"]),
            Set("attachment", "partner_school.x", "file_name", "a.pdf"),
        )
    before = records.row(team.school, School, team.school.school)
    verdict = team.take(team.bring_back(colleague), "yes")
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    (words,) = verdict.details
    assert "Школы-партнёры – 1" in words.replace("\u00a0", " ")
    assert "Части у коллег – 1" in words.replace("\u00a0", " ")
    assert team.teacher(TEACHER).category == "highest"
    after = records.row(team.school, School, team.school.school)
    assert before is not None
    assert after is not None
    assert after.short_name == before.short_name
    assert records.rows(team.school, PartnerSchool) == []
    assert delegations(team.school)[0].parts == ("staff",)
    assert attachments.all_files(team.school) == []
    team.colleagues.clear()  # that store was bent by hand
    assert team.are_sound()


def test_that_a_recalled_part_is_not_taken_and_what_came_before_stays(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "category", "highest")
    team.take(team.bring_back(colleague), "yes")
    (line,) = delegations(team.school)
    teamwork.recall(team.school, line.id)
    edit(colleague, TEACHER, "experience", 30)
    verdict = team.take(team.bring_back(colleague))
    assert (verdict.code, verdict.message.code) == (VerdictCode.RECALLED, "team.recalled")
    assert (team.teacher(TEACHER).category, team.teacher(TEACHER).experience) == ("highest", None)
    give_again(team.school, team.folder / "flash", line.id)  # it was a mistake
    assert team.take(team.bring_back(colleague)).code is VerdictCode.ACCEPTED
    assert team.teacher(TEACHER).experience == 30


def test_that_a_late_return_is_taken_and_said(team: Team) -> None:
    colleague = team.open(team.give(FIRST, ["staff"], "03.09.2024"))
    team.clock.advance(days=5)
    assert delegations(team.school)[0].state_words == "на руках, срок прошёл"
    edit(colleague, TEACHER, "experience", 3)
    verdict = team.take(team.bring_back(colleague), "yes")
    assert "package.note" not in str(verdict.note_words)
    assert any("позже срока" in words for words in verdict.note_words)
    assert team.teacher(TEACHER).experience == 3


def test_that_another_key_for_the_same_part_is_confirmed_anew(team: Team) -> None:
    file = team.give(FIRST)
    first, second = team.open(file), team.open(file)
    edit(first, TEACHER, "experience", 3)
    team.take(team.bring_back(first), "yes")
    edit(second, TEACHER, "category", "highest")
    back = team.bring_back(second)
    verdict = team.take(back)
    assert (verdict.code, verdict.cause) == (VerdictCode.SENDER_UNKNOWN, "team.other_key")
    assert team.take(back, "yes").code.is_fine
    assert team.are_sound()


def test_that_files_come_back_with_the_part_and_foreign_ones_do_not(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    row = team.teacher(TEACHER, colleague).id
    attachments.add_bytes(colleague, Owner("staff_member", row), "Диплом.pdf", b"%PDF-1.4 diploma")
    with pytest.raises(KnownError, match=r"team\.not_your_part"):
        attachments.add_bytes(colleague, Owner("school", colleague.school), "Устав.pdf", b"%PDF-1.4 charter")
    team.take(team.bring_back(colleague), "yes")
    (file,) = attachments.all_files(team.school)
    assert attachments.copy_to_open(team.school, file.id).read_bytes() == b"%PDF-1.4 diploma"


def test_that_the_centre_gets_the_work_of_colleagues_and_not_their_names_or_keys(team: Team) -> None:
    team.desks.meet()
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "category", "highest")
    team.take(team.bring_back(colleague), "yes")
    team.clock.advance(minutes=1)
    file = team.desks.send()
    assert FIRST.encode() not in text_of(file)
    assert colleague.identity.certificate.fingerprint.encode() not in text_of(file)
    assert team.desks.receive(file).code.is_fine
    school = team.school.school
    assert records.rows(team.desks.centre, StaffMember, school)[0].category == "highest"
    assert records.rows(team.desks.centre, Delegation, school) == []
    refused = import_package(team.desks.centre, team.bring_back(colleague))
    assert (refused.code, refused.message.code) == (VerdictCode.WRONG_SCHOOL, "package.encrypted_for_others")
    assert team.are_sound()


def test_that_the_school_can_send_its_changes_after_the_part(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "experience", 3)
    team.take(team.bring_back(colleague), "yes")
    edit(team.school, TEACHER, "category", "highest")
    (line,) = delegations(team.school)
    again = give_again(team.school, team.folder / "flash", line.id).path
    assert import_package(colleague, again).code is VerdictCode.ACCEPTED
    assert import_package(colleague, again).code is VerdictCode.ALREADY_HERE
    found = team.teacher(TEACHER, colleague)
    assert (found.category, found.experience) == ("highest", 3)
    assert records.conflicts(colleague) == []
    edit(colleague, TEACHER, "experience", 4)
    assert team.take(team.bring_back(colleague)).code is VerdictCode.ACCEPTED
    assert team.teacher(TEACHER).experience == 4
    assert team.are_sound()


def test_that_other_files_are_refused_in_words_at_a_colleague_and_the_part_at_the_school(team: Team) -> None:
    part = team.give(FIRST)
    colleague = team.open(part)
    with pytest.raises(KnownError, match=r"team\.nothing_to_return"):
        team.bring_back(colleague)
    assert team.take(part).message.code == "team.open_as_desk"
    other = import_package(colleague, team.give(SECOND))
    assert (other.code, other.message.code) == (VerdictCode.WRONG_SCHOOL, "team.other_part")
    package = packages.export_package(team.school, team.folder / "flash").path
    assert import_package(colleague, package).message.code == "team.not_for_colleague"
    with pytest.raises(KnownError, match=r"team\.not_a_part"):
        open_part(package, team.folder / "x.db", team.clock)
    assert not (team.folder / "x.db").exists()
    with pytest.raises(KnownError, match=r"team\.only_school"):
        leaving_with(colleague, PartDraft(SECOND, ["staff"]))


def test_that_a_part_of_a_row_that_was_deleted_is_not_taken(team: Team) -> None:
    colleague = team.open(team.give(FIRST))
    edit(colleague, TEACHER, "experience", 3)
    (line,) = delegations(team.school)
    records.remove(team.school, Delegation.log_name, line.id)
    verdict = team.take(team.bring_back(colleague))
    assert (verdict.code, verdict.message.code) == (VerdictCode.WRONG_SCHOOL, "team.unknown_part")


def test_that_the_desk_of_a_part_opens_again_with_its_key_and_its_grant(team: Team) -> None:
    colleague = team.open(team.give(FIRST, ["staff", "results"]))
    path, profile, replica = colleague.store.path, colleague.profile, colleague.writer.replica
    colleague.close()
    team.colleagues.clear()
    again = open_desk(path, team.clock, profile=profile)
    assert again.grant is not None
    assert again.grant.parts == ("staff", "results")
    assert (again.writer.replica, again.role) == (replica, WriterRole.DELEGATE)
    edit(again, TEACHER, "experience", 3)
    assert team.take(team.bring_back(again), "yes").code is VerdictCode.ACCEPTED
