"""A folder of packages: rehearsed without a trace, taken in file by file, whatever lies among them."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from benchmarks.school_packages import confirm
from shnor_desktop.services import import_bench, import_runs, quarantine
from shnor_desktop.services.arrivals import VerdictCode
from shnor_desktop.services.desks import create_centre_desk, open_desk
from shnor_desktop.services.import_bench import HowEnded, RunOptions
from shnor_desktop.services.package_folders import find_packages
from shnor_desktop.services.workspace import Profile
from shnor_desktop.storage.copying import content_digest
from shnor_desktop.storage.engine import open_connection
from tests.services.exchange_desks import Desks, add_teacher, changed_bytes, desks, without_check
from tests.services.many_schools import Many, digests, many_schools
from tests.storage.small_disks import small_disk

__all__ = ["desks", "without_check"]


@pytest.fixture
def many(desks: Desks) -> Many:
    """Six schools that the centre knows and has no package of."""
    return many_schools(desks, 6)


def content(path: Path) -> str:
    """Everything that a store says."""
    connection = open_connection(path, read_only=True)
    try:
        return content_digest(connection)
    finally:
        connection.close()


def test_that_packages_of_a_folder_are_found_and_other_files_are_named_and_left(tmp_path: Path) -> None:
    for name in ("b.shnor", "a.SHNOR", "c.shnor.age", "отчёт.docx", ".hidden.shnor", "inner/d.shnor", "bad/e.shnor"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    flat = find_packages([tmp_path])
    assert [path.name for path in flat.packages] == ["a.SHNOR", "b.shnor", "c.shnor.age"]
    assert [path.name for path in flat.others] == ["отчёт.docx"]
    deep = find_packages([tmp_path], recursive=True, without=[tmp_path / "bad"])
    assert [path.name for path in deep.packages][-1] == "d.shnor"
    assert len(deep.packages) == 4
    assert find_packages([tmp_path / "отчёт.docx"]).packages == (tmp_path / "отчёт.docx",)


def test_that_a_run_takes_every_school_in_and_tells_what_changed(many: Many) -> None:
    result = import_bench.run(many.centre, many.files)
    assert [one.verdict.code for one in result.judged] == [VerdictCode.ACCEPTED] * 6
    assert all(one.verdict.changed.is_first and one.verdict.changed.rows for one in result.judged)
    assert (result.ended, result.left, result.is_fine) == (HowEnded.DONE, (), True)
    assert set(digests(many.centre)) >= {one.school for one in many.schools}


def test_that_a_rehearsal_gives_the_verdicts_of_the_run_and_leaves_the_store_byte_for_byte(many: Many) -> None:
    bad = changed_bytes(many.files[0], lambda data: data.__setitem__(len(data) // 2, data[len(data) // 2] ^ 1))
    twin = Path(shutil.copy(many.files[1], many.folder / "ещё раз.shnor"))
    unknown = many.desks.send()
    add_teacher(many.desks.school, "Примерова Ольга Петровна")
    files = [*many.files, bad, twin, unknown, many.desks.send(), many.folder / "нет такого.shnor"]
    store = many.centre.store.path
    before = store.read_bytes(), content(store)
    rehearsed = import_bench.rehearse(many.centre, files)
    assert (store.read_bytes(), content(store)) == before
    assert not quarantine.folder_beside(many.centre).exists()
    real = import_bench.run(many.centre, files)
    shown = {one.file: (one.verdict.code, one.verdict.note_words, one.verdict.changed) for one in rehearsed.judged}
    assert shown == {one.file: (one.verdict.code, one.verdict.note_words, one.verdict.changed) for one in real.judged}
    assert real.count(VerdictCode.DAMAGED) == 2
    assert real.count(VerdictCode.SENDER_UNKNOWN) == 2
    assert real.count(VerdictCode.ALREADY_HERE) == 1


def test_that_an_undo_after_a_rehearsal_knows_nothing_of_it(many: Many) -> None:
    steps = list(many.centre.undo_stack.done)
    import_bench.rehearse(many.centre, many.files)
    assert many.centre.undo_stack.done == steps


def test_that_a_rehearsal_of_packages_that_build_on_each_other_is_that_of_the_run(desks: Desks) -> None:
    desks.meet()
    files = []
    for name in ("Примерова Ольга Петровна", "Показова Вера Петровна"):
        add_teacher(desks.school, name)
        files.append(desks.send())
    rehearsed = import_bench.rehearse(desks.centre, list(reversed(files)))
    assert [one.file for one in rehearsed.judged] == files
    assert [one.verdict.code.is_fine for one in rehearsed.judged] == [True, True]
    assert import_bench.NOTE_NEWER_BESIDE in rehearsed.judged[0].verdict.notes
    real = import_bench.run(desks.centre, list(reversed(files)))
    assert [one.verdict.code for one in real.judged] == [one.verdict.code for one in rehearsed.judged]
    assert desks.same()


def test_that_the_same_container_twice_is_told_by_the_name_of_the_other(many: Many) -> None:
    twin = Path(shutil.copy(many.files[0], many.folder / "я копия.shnor"))
    result = import_bench.run(many.centre, [twin, *many.files])
    told = {one.file: one.verdict for one in result.judged}
    assert told[twin].cause == "bench.twin"
    assert many.files[0].name in told[twin].message.what
    assert told[twin].code.is_fine


def test_that_one_bad_file_among_many_stops_none_and_lies_in_quarantine(many: Many) -> None:
    bad = changed_bytes(many.files[2], lambda data: data.__setitem__(700, data[700] ^ 8))
    result = import_bench.run(many.centre, [bad, *many.files])
    assert result.count(VerdictCode.ACCEPTED) == 6
    assert not result.is_fine
    kept = quarantine.entries(many.centre)
    assert [entry.file for entry in kept] == [bad.name]
    assert bad.exists()


def test_that_a_run_can_be_stopped_between_two_files(many: Many) -> None:
    def watch(done: int, total: int, _words: str) -> bool:
        assert total == 2 * len(many.files)
        return done < len(many.files) + 2

    result = import_bench.run(many.centre, many.files, watch=watch)
    assert (result.ended, len(result.judged), len(result.left)) == (HowEnded.CANCELLED, 2, 4)
    assert len([p for p in import_runs.run_of(many.centre, result.run).lines]) == 2
    rest = import_bench.run(many.centre, many.files)
    assert (rest.count(VerdictCode.ALREADY_HERE), rest.count(VerdictCode.ACCEPTED)) == (2, 4)


def test_that_stopping_while_files_are_looked_at_changes_nothing(many: Many) -> None:
    before = content(many.centre.store.path)
    for step in (import_bench.rehearse, lambda *given: import_bench.run(given[0], given[1], watch=given[2])):
        result = step(many.centre, many.files, lambda *_: False)
        assert (result.ended, result.judged, len(result.left)) == (HowEnded.CANCELLED, (), 6)
    assert content(many.centre.store.path) == before


def test_that_a_store_that_is_read_only_ends_the_run_in_words(many: Many) -> None:
    path, profile = many.centre.store.path, many.centre.profile
    many.centre.close()
    before = path.read_bytes()
    reading = open_desk(path, many.desks.clock, profile=profile, read_only=True)
    try:
        for result in (import_bench.run(reading, many.files), import_bench.rehearse(reading, many.files)):
            assert result.ended is HowEnded.STOPPED
            assert result.reason is not None
            assert result.reason.code == "store.read_only"
            assert len(result.left) == 6
    finally:
        reading.close()
    assert path.read_bytes() == before


def test_that_a_full_disk_ends_the_run_with_what_was_done(desks: Desks, tmp_path: Path) -> None:
    many = many_schools(desks, 5, confirmed=False)
    (tmp_path / "small").mkdir()
    with small_disk(tmp_path / "small") as disk:
        centre = create_centre_desk(
            disk.folder / "centre.db", "moc-2", "МОЦ", desks.clock, profile=Profile(tmp_path / "p2")
        )
        try:
            confirm(centre, many.schools)
            first = import_bench.run(centre, many.files[:2])
            assert first.count(VerdictCode.ACCEPTED) == 2
            disk.fill(centre.store)
            held = digests(centre)
            rehearsed, full = import_bench.rehearse(centre, many.files), import_bench.run(centre, many.files)
            assert full.ended is HowEnded.STOPPED
            assert full.reason is not None
            assert full.reason.code in ("store.disk_full", "store.disk_failed")
            assert {one.verdict.code for one in full.judged} <= {VerdictCode.ALREADY_HERE}
            assert rehearsed.ended in (HowEnded.STOPPED, HowEnded.DONE)
            assert digests(centre) == held
            disk.free(centre.store)
            assert import_bench.run(centre, many.files).count(VerdictCode.ACCEPTED) == 3
        finally:
            centre.close()


@pytest.mark.timeout(300)
def test_that_a_hundred_packages_in_any_order_end_in_the_same_state(desks: Desks, tmp_path: Path) -> None:
    many = many_schools(desks, 100, confirmed=False)
    found = []
    for seed in range(3):
        centre = create_centre_desk(
            tmp_path / f"c{seed}.db", "moc-2", "МОЦ", desks.clock, profile=Profile(tmp_path / f"p{seed}")
        )
        try:
            confirm(centre, many.schools)
            files = random.Random(seed).sample(many.files, len(many.files))
            for at in range(0, 100, 40):
                result = import_bench.run(centre, files[at : at + 40])
                assert result.is_fine
            found.append(digests(centre))
        finally:
            centre.close()
    assert found[0] == found[1] == found[2]
    assert len(found[0]) == 100


def test_that_a_file_with_a_name_of_another_normal_form_is_taken_in(many: Many) -> None:
    odd = many.folder / "и\u0306 пакет.shnor"
    shutil.copy(many.files[0], odd)
    result = import_bench.run(many.centre, [odd], RunOptions())
    assert result.count(VerdictCode.ACCEPTED) == 1
    assert "пакет" in import_runs.run_of(many.centre, result.run).lines[0].file
