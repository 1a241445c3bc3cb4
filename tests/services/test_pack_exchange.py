"""A methodology of the centre travels to its schools: offered there, never in force by itself; bad ones are refused."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.exchange import container
from shnor_desktop.exchange.package import read_package
from shnor_desktop.methodologies import pack_hash, pack_to_canonical
from shnor_desktop.services import pack_moving, pack_shelf, packages, records
from shnor_desktop.services.arrivals import Verdict, VerdictCode, import_package, undo_import
from shnor_desktop.services.centre import school_line
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.methodology import Packs, load_methodologies
from shnor_desktop.services.pack_shelf import PackSource, ShelfEntry
from shnor_desktop.services.workspace import Profile, Workspace
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check

__all__ = ["desks", "without_check"]


def newer(pack: Pack, version: str = "9.1", **parts: Any) -> Pack:
    """A later version of a pack."""
    changed = replace(pack, version=version, **parts)
    return replace(changed, hash=pack_hash(changed))


def put_in_force(workspace: Workspace, pack: Pack) -> None:
    """As a publication does it."""
    with workspace.writing() as transaction:
        entry = ShelfEntry(pack.hash, PackSource.OWN, iso_utc(workspace.clock.now()), note="Строка одна.\nИ вторая.")
        pack_shelf.keep(transaction.records, pack_to_canonical(pack), entry)
    pack_moving.move_to(workspace, pack.hash)


def send_pack(desks: Desks, pack: Pack) -> Path:
    """The centre works by a pack and sends it out."""
    put_in_force(desks.centre, pack)
    return packages.export_methodology(desks.centre, desks.flash).path


def take(desks: Desks, file: Path) -> Verdict:
    """The school takes a file of its centre, whose digits it has compared."""
    return import_package(desks.school, file, desks.centre.identity.certificate.fingerprint)


def test_that_a_methodology_of_the_centre_is_an_offer_beside_the_one_in_force(desks: Desks) -> None:
    old = desks.school.pack
    pack = newer(old, goal="Другая цель")
    verdict = take(desks, send_pack(desks, pack))
    assert verdict.code is VerdictCode.ACCEPTED
    assert "9.1" in verdict.message.what
    assert desks.school.pack == old
    offered = pack_moving.offer(desks.school)
    assert offered is not None
    assert (offered.pack.goal, offered.entry.source) == ("Другая цель", PackSource.CENTRE)
    assert offered.entry.note == "Строка одна.\nИ вторая."


def test_that_a_methodology_is_taken_by_any_school_and_only_from_a_known_centre(desks: Desks) -> None:
    file = send_pack(desks, newer(desks.school.pack))
    assert import_package(desks.school, file).code is VerdictCode.SENDER_UNKNOWN
    assert pack_moving.offer(desks.school) is None
    assert take(desks, file).code is VerdictCode.ACCEPTED
    assert import_package(desks.centre, file).code is VerdictCode.WRONG_SCHOOL


def test_that_the_same_methodology_twice_is_here_once(desks: Desks) -> None:
    file = send_pack(desks, newer(desks.school.pack))
    take(desks, file)
    again = packages.export_methodology(desks.centre, desks.flash).path
    assert take(desks, file).code is VerdictCode.ALREADY_HERE
    assert take(desks, again).message.code == "verdict.methodology_here"
    assert len(pack_moving.versions(desks.school)) == 2


def test_that_an_import_of_a_methodology_is_undone_until_it_is_in_force(desks: Desks) -> None:
    file = send_pack(desks, newer(desks.school.pack))
    verdict = take(desks, file)
    undo_import(desks.school, verdict.package)
    assert pack_moving.offer(desks.school) is None
    assert take(desks, file).code is VerdictCode.ACCEPTED
    offered = pack_moving.offer(desks.school)
    assert offered is not None
    pack_moving.move_to(desks.school, offered.hash)
    undo_import(desks.school, verdict.package)
    assert desks.school.pack.version == "9.1"


def test_that_the_school_keeps_its_version_moves_and_goes_back_by_undo(desks: Desks) -> None:
    old = desks.school.pack
    take(desks, send_pack(desks, newer(old)))
    offered = pack_moving.offer(desks.school)
    assert offered is not None
    with desks.school.reading() as reader:
        before = reader.projection_digest(desks.school.school)
    pack_moving.move_to(desks.school, offered.hash)
    assert desks.school.pack.version == "9.1"
    assert records.undoable(desks.school) == "методика: переход на версию 9.1"
    assert records.undo(desks.school) is not None
    assert desks.school.pack == old
    assert records.redo(desks.school) is not None
    assert desks.school.pack.version == "9.1"
    with desks.school.reading() as reader:
        assert reader.projection_digest(desks.school.school) == before
    assert pack_moving.past_moves(desks.school)[0].new.endswith("9.1")


def test_that_a_version_that_is_declined_is_offered_no_more_and_stays_on_the_shelf(desks: Desks) -> None:
    take(desks, send_pack(desks, newer(desks.school.pack)))
    offered = pack_moving.offer(desks.school)
    assert offered is not None
    pack_moving.stay(desks.school, offered.hash)
    assert pack_moving.offer(desks.school) is None
    pack_moving.move_to(desks.school, offered.hash)
    assert desks.school.pack.version == "9.1"


def test_that_the_methodology_rides_along_in_a_receipt_to_a_school_of_another_version(desks: Desks) -> None:
    desks.meet()
    school = desks.school.school
    plain = packages.export_receipt(desks.centre, school, desks.flash, plain=True).path
    assert not read_package(container.read_container(plain)).datasets
    put_in_force(desks.centre, newer(desks.centre.pack))
    receipt = packages.export_receipt(desks.centre, school, desks.flash, plain=True).path
    package = read_package(container.read_container(receipt))
    assert package.pack_data is not None
    verdict = take(desks, receipt)
    assert "package.note_methodology_came" in verdict.notes
    assert "9.1" in verdict.note_words[-1]
    offered = pack_moving.offer(desks.school)
    assert offered is not None
    assert desks.school.pack.version != "9.1"


def test_that_the_centre_reads_a_school_by_the_version_that_it_works_by(desks: Desks) -> None:
    old = desks.centre.pack
    shorter = newer(old, forms=(replace(old.forms[0], blocks=old.forms[0].blocks[:1]), *old.forms[1:]), factors=())
    put_in_force(desks.centre, shorter)
    desks.meet()
    verdict = desks.receive(desks.send())
    assert "package.note_methodology" in verdict.notes
    assert old.version in verdict.note_words[-1]
    assert desks.centre.pack_of(desks.school.school) == old
    assert school_line(desks.centre, desks.school.school).questions == len(old.forms[0].questions())


def test_that_a_newer_pack_of_the_program_is_an_offer_and_the_old_one_stays_in_force(desks: Desks) -> None:
    old = desks.school.pack
    path, profile, clock = desks.school.store.path, desks.school.profile, desks.school.clock
    desks.school.close()
    later = Packs([newer(old, goal="Новая цель"), *load_methodologies().packs[1:]])
    workspace = open_desk(path, clock, profile=profile, packs=later)
    try:
        assert workspace.pack == old
        offered = pack_moving.offer(workspace)
        assert offered is not None
        assert offered.entry.source is PackSource.PROGRAM
        pack_moving.move_to(workspace, offered.hash)
        assert workspace.pack.goal == "Новая цель"
    finally:
        workspace.close()


def test_that_a_store_of_before_the_shelf_takes_the_version_of_the_program(desks: Desks) -> None:
    with desks.school.writing() as transaction:
        transaction.records.set_meta(pack_shelf.META_HASH, "")
        transaction.records.set_meta("methodology_shelf", "[]")
    path, profile, clock = desks.school.store.path, desks.school.profile, desks.school.clock
    desks.school.close()
    workspace = open_desk(path, clock, profile=Profile(profile.folder))
    try:
        assert workspace.pack == load_methodologies().get(workspace.pack.id)
        assert [one.is_in_force for one in pack_moving.versions(workspace)] == [True]
    finally:
        workspace.close()


def test_that_a_methodology_that_the_program_has_no_more_works_on_from_the_shelf(desks: Desks) -> None:
    path, profile, clock = desks.school.store.path, desks.school.profile, desks.school.clock
    old = desks.school.pack
    desks.school.close()
    workspace = open_desk(path, clock, profile=profile, packs=Packs([]))
    try:
        assert workspace.pack == old
        assert add_teacher(workspace, "Показова Вера Петровна")
    finally:
        workspace.close()


def spoilt(**parts: Any) -> Callable[[dict[str, Any]], None]:
    """Replaces parts of the plain pack."""
    return lambda plain: plain.update(parts)


def _question(plain: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for block in plain["forms"][0]["blocks"] for one in block["questions"] if one.get("thresholds")
    )
    return found


SPOILS: dict[str, Callable[[dict[str, Any]], None]] = {
    "a wrong type": spoilt(goal=7),
    "an unknown field": spoilt(surprise="да"),
    "two equal ids": lambda plain: plain["measures"].append(plain["measures"][0]),
    "a cycle": lambda plain: plain["measures"][0].update(after=[plain["measures"][0]["id"]]),
    "an unknown metric": lambda plain: _question(plain).update(metric="staff.no_such_metric"),
    "thresholds in the wrong order": lambda plain: _question(plain)["thresholds"].reverse(),
    "a missing reference": lambda plain: plain["measures"][0].update(stage="nowhere"),
}


def sent_bytes(desks: Desks, data: bytes, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package whose centre signs these bytes as its methodology."""
    name = hashlib.sha256(data).hexdigest()
    pack = replace(desks.centre.pack, hash=name)
    with desks.centre.writing() as transaction:
        transaction.records.put_blob("", pack_shelf.KIND, data)
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "pack", property(lambda _self: pack))
        return packages.export_methodology(desks.centre, desks.flash).path


@pytest.mark.parametrize("spoil", SPOILS.values(), ids=SPOILS.keys())
def test_that_a_faulty_methodology_is_refused_in_words_with_its_place(
    desks: Desks, spoil: Callable[[dict[str, Any]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    content = parse_canonical(pack_to_canonical(desks.centre.pack))
    spoil(content["pack"])
    file = sent_bytes(desks, canonical_json(content), monkeypatch)
    before = pack_moving.versions(desks.school)
    verdict = take(desks, file)
    assert (verdict.code, verdict.cause) == (VerdictCode.DAMAGED, "pack_editing.received_faulty")
    assert "methodology." not in verdict.message.text
    assert verdict.message.what.count(": ") >= 2
    assert pack_moving.versions(desks.school) == before
    with desks.school.reading() as reader:
        assert reader.records.packages() == []
    assert take(desks, send_pack(desks, newer(desks.school.pack))).code is VerdictCode.ACCEPTED


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'{"format":2,"pack":{}}', "methodology.newer_format"),
        (b'{"pack":1}', "methodology.not_a_pack"),
        (b"[" * 5000, "json.malformed"),
        (b'{"format":1,"pack":{"a":' + b"[" * 40 + b"]" * 40 + b"}}", "json.malformed"),
        (b'{"format":1,"pack":{"goal":"' + b"a" * (10 << 20) + b'"}}', "methodology.too_large"),
        (b'{"pack":{},"format":1}', "json.not_canonical"),
        (b"\xff\xfe", "json.malformed"),
    ],
)
def test_that_bytes_that_are_no_methodology_are_refused_and_nothing_is_kept(
    desks: Desks, data: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdict = take(desks, sent_bytes(desks, data, monkeypatch))
    assert verdict.cause == code
    assert not verdict.code.is_fine
    with desks.school.reading() as reader:
        assert [kind for _, kind in reader.records.blobs("")] == [pack_shelf.KIND]
        assert reader.records.packages() == []


def test_that_nobody_moves_to_a_version_that_is_not_on_the_shelf(desks: Desks) -> None:
    with pytest.raises(KnownError, match="not_on_shelf"):
        pack_moving.move_to(desks.school, "0" * 64)


def test_that_any_methodology_of_the_program_can_be_worked_by_and_left_again(desks: Desks) -> None:
    old = desks.centre.pack
    other = next(one for one in pack_moving.others(desks.centre) if one.pack.id != old.id)
    pack_moving.move_to(desks.centre, other.hash)
    assert desks.centre.pack == other.pack
    assert other.hash not in {one.hash for one in pack_moving.others(desks.centre)}
    assert records.undo(desks.centre) is not None
    assert desks.centre.pack == old
    assert pack_moving.offer(desks.centre) is None


def test_that_a_receipt_is_taken_without_a_methodology_that_this_program_cannot_read(
    desks: Desks, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = desks.meet()
    content = parse_canonical(pack_to_canonical(desks.centre.pack))
    content["pack"]["field_of_a_later_program"] = "да"
    data = canonical_json(content)
    pack = replace(desks.centre.pack, hash=hashlib.sha256(data).hexdigest())
    with desks.centre.writing() as transaction:
        transaction.records.put_blob("", pack_shelf.KIND, data)
    with monkeypatch.context() as patch:
        patch.setattr(Workspace, "pack", property(lambda _self: pack))
        receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    verdict = take(desks, receipt)
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert verdict.notes == ("package.note_methodology_refused",)
    assert "программе неизвестно" in verdict.note_words[0]
    assert pack_moving.offer(desks.school) is None
    assert next(one.state for one in packages.packages(desks.school) if one.file_name == sent.name) == "received"
    with desks.school.reading() as reader:
        assert reader.records.blob(desks.school.school, pack.hash) is None
