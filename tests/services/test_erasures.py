"""Erasing a person's data: ordered by the school, confirmed on every copy, in no file of either folder afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.review import Remark
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import attachments, erasures, packages, records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.erasures import WORD
from shnor_desktop.services.store_check import is_sound_seal
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.backup import make_backup
from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.upgrade import backup_folder
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check

__all__ = ["desks", "without_check"]

CANARIES, PEOPLE = 200, 25
NAME = "Стиранова Проба Пробовна"


def canary(number: int) -> str:
    letters = "".join("абвгдежзик"[int(digit)] for digit in f"{number:03d}")
    return f"Канарейкина{letters} Проба Пробовна"


def hits(folder: Path, texts: list[str]) -> dict[str, list[str]]:
    """The files under a folder in which one of the texts stands, packed ones too."""
    found: dict[str, list[str]] = {}
    forms = [form for text in texts for form in (text.encode(), text.encode("utf-16-le"))]
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".shnor":
            data = path.read_bytes()
            there = [form.decode(errors="ignore") for form in forms if form in data]
            if there:
                found[path.name] = there
    return found


def back_up(workspace: Workspace) -> None:
    make_backup(workspace.store, backup_folder(workspace.store.path), workspace.clock.now())


def answer(desks: Desks) -> None:
    """The centre's receipt comes to the school."""
    file = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    assert import_package(desks.school, file, desks.centre.identity.certificate.fingerprint).code.is_fine


def code_of(call: object) -> str:
    with pytest.raises(KnownError) as caught:
        call()  # type: ignore[operator]
    return caught.value.code


def is_sound(workspace: Workspace) -> bool:
    return check_store(workspace.store, verify_seal=is_sound_seal).is_clean


def test_that_two_hundred_erased_names_are_in_no_file(desks: Desks, tmp_path: Path) -> None:
    school, names = desks.school, [canary(number) for number in range(CANARIES)]
    rows = [add_teacher(school, name) for name in names[:PEOPLE]]
    for number, name in enumerate(names[PEOPLE:]):  # names that they bore one after another
        records.edit(school, "staff_member", rows[number % PEOPLE], "full_name", name)
    for row, name in zip(rows[:10], names, strict=False):
        attachments.add_bytes(school, Owner("staff_member", row), f"{name}.txt", f"скан {name}".encode())
    desks.meet()
    place = school.school
    for row, name in zip(rows[:10], names, strict=False):
        values = {"body": f"Уточните: {name}", "kind": "remark", "state": "new", "quoted": name}
        records.begin(desks.centre, Remark, {**values, "target_entity": "staff_member", "target_row": row}, place)
    answer(desks)
    for desk in (school, desks.centre):
        back_up(desk)
        assert hits(desk.store.path.parent, names)
    ordered = [erasures.order(school, "staff_member", row, "left", "приказ № 7", WORD) for row in rows]
    assert {one.id for one in erasures.pending(school)} == {one.id for one in ordered}
    assert desks.receive(desks.send()).code.is_fine
    assert len(erasures.pending(desks.centre)) == PEOPLE
    desks.clock.advance(minutes=5)
    for desk in (school, desks.centre):
        for number, one in enumerate(erasures.pending(desk), start=1):
            done = erasures.confirm(desk, one.id, remove_packages=True, remove_backups=number == PEOPLE)
        assert done.removed
        assert not done.left.packages
        assert len(done.left.backups) == 1
        assert erasures.pending(desk) == []
        assert is_sound(desk)
    assert desks.same()
    assert hits(tmp_path, names) == {}
    assert list(desks.flash.glob("*.shnor")) == []
    assert [row.full_name for row in records.rows(desks.centre, StaffMember, place)] == ["Образцова Анна Ивановна"]
    assert records.rows(desks.centre, Remark, place) == []
    for desk in (school, desks.centre):  # nor do the files that come next hold them
        desk.store.close()
    assert hits(tmp_path, names) == {}


def test_that_an_old_package_brings_nothing_back(desks: Desks) -> None:
    school = desks.school
    row = add_teacher(school, canary(1))
    old = desks.meet()
    kept = old.with_name("kept-aside.shnor")
    kept.write_bytes(old.read_bytes())
    one = erasures.order(school, "staff_member", row, "withdrawn", "", WORD)
    erasures.confirm(school, one.id)
    again = packages.export_package(school, desks.flash, full=True).path
    assert desks.receive(again).code.is_fine
    assert canary(1) in {teacher.full_name for teacher in everybody(desks.centre, school.school)}  # not confirmed yet
    erasures.confirm(desks.centre, one.id)
    with desks.centre.writing() as transaction:
        transaction.records.remove_package(next(p.id for p in transaction.records.packages() if p.number == 1))
    assert desks.receive(kept).code.is_fine
    assert canary(1) not in {teacher.full_name for teacher in everybody(desks.centre, school.school)}
    assert desks.same()
    assert is_sound(desks.centre)


def everybody(desk: Workspace, school: str) -> list[StaffMember]:
    with desk.reading() as reader:
        return reader.rows(StaffMember, school, hidden=True)


def test_that_an_order_is_asked_for_and_cannot_be_taken_back(desks: Desks) -> None:
    school = desks.school
    row = add_teacher(school, NAME)
    assert code_of(lambda: erasures.order(school, "staff_member", row, "left", "")) == "erasure.not_confirmed"
    assert code_of(lambda: erasures.order(school, "staff_member", row, "why", "", WORD)) == "erasure.reason_unknown"
    assert code_of(lambda: erasures.order(school, "goal", row, "left", "", WORD)) == "erasure.not_erasable"
    assert code_of(lambda: erasures.order(school, "staff_member", "none", "left", "", WORD)) == "erasure.row_missing"
    for document in ("заявление Стирановой", "заявление Иванова И. И.", f"приказ о {NAME}"):
        said = code_of(lambda text=document: erasures.order(school, "staff_member", row, "left", text, WORD))
        assert said == "erasure.names_a_person"
    desks.meet()
    assert code_of(lambda: erasures.order(desks.centre, "staff_member", row, "left", "", WORD)) == "erasure.other_desk"
    found = erasures.extent(school, "staff_member", row)
    assert found.title == NAME
    assert found.rows == (("Кадры", 1),)
    one = erasures.order(school, "staff_member", row, "left", "заявление от 12.05.2025 № 7", "стереть")
    again = code_of(lambda: erasures.order(school, "staff_member", row, "left", "", WORD))
    assert again == "erasure.already_ordered"
    assert code_of(lambda: erasures.confirm(school, "nothing")) == "erasure.not_pending"
    done = erasures.confirm(school, one.id)
    assert (done.rows, bool(done.values)) == (1, True)
    assert code_of(lambda: erasures.confirm(school, one.id)) == "erasure.not_pending"
    while records.undo(school) is not None:
        pass
    assert NAME not in {teacher.full_name for teacher in everybody(school, school.school)}
    assert code_of(lambda: records.bring_back(school, "staff_member", row)) == "log.row_erased"
    assert erasures.orders(school)[0].done_at
    assert NAME not in str(erasures.orders(school))
    assert is_sound(school)
