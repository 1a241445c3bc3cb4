"""The log of runs: every file with its verdict; a run is taken back in the reverse order, or told why not."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import centre, import_bench, import_runs, packages, remark_threads
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.import_bench import RunOptions
from shnor_desktop.services.import_runs import RunState
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check
from tests.services.many_schools import Many, digests, many_schools

__all__ = ["desks", "without_check"]


@pytest.fixture
def many(desks: Desks) -> Many:
    """Four schools that the centre knows and has no package of."""
    return many_schools(desks, 4)


def test_that_a_run_is_kept_with_every_verdict(many: Many) -> None:
    bad = many.folder / "x.shnor"
    bad.write_bytes(b"nothing")
    result = import_bench.run(many.centre, [*many.files, bad], RunOptions(place="Флешка"))
    listed = import_runs.runs(many.centre)
    assert [(run.id, run.place, run.state) for run in listed] == [(result.run, "Флешка", "done")]
    assert listed[0].counts == {"accepted": 4, "damaged": 1}
    found = import_runs.run_of(many.centre, result.run[:19])
    assert [Path(line.file).name for line in found.bad] == ["x.shnor"]
    assert all(line.package and line.sender and line.rows for line in found.taken)


def test_that_a_run_is_taken_back_and_can_be_done_again(many: Many) -> None:
    before = digests(many.centre)
    result = import_bench.run(many.centre, many.files)
    after = digests(many.centre)
    undone = import_runs.undo_run(many.centre, result.run)
    assert (len(undone.undone), undone.refused) == (4, ())
    assert {school for school, digest in digests(many.centre).items() if digest.strip("0")} == set(before)
    assert import_runs.run_of(many.centre, result.run).state == RunState.UNDONE
    again = import_bench.run(many.centre, many.files)
    assert again.count(VerdictCode.ACCEPTED) == 4
    assert digests(many.centre) == after


def test_that_packages_that_build_on_each_other_are_taken_back_the_last_one_first(desks: Desks) -> None:
    desks.meet()
    with desks.centre.reading() as reader:
        before = reader.projection_digest(desks.school.school)
    files = []
    for name in ("Примерова Ольга Петровна", "Показова Вера Петровна"):
        add_teacher(desks.school, name)
        files.append(desks.send())
    result = import_bench.run(desks.centre, files)
    undone = import_runs.undo_run(desks.centre, result.run)
    assert [Path(line.file) for line in undone.undone] == files[::-1]
    with desks.centre.reading() as reader:
        assert reader.projection_digest(desks.school.school) == before


def test_that_what_later_work_stands_on_stays_and_is_named(many: Many) -> None:
    desks, school = many.desks, many.desks.school.school
    desks.meet()
    remark = centre.leave_remark(many.centre, school, RemarkDraft("school", school, "", "Паспорт", "Уточните")).row
    answer = packages.export_receipt(many.centre, school, desks.flash).path
    import_package(desks.school, answer, many.centre.identity.certificate.fingerprint)
    remark_threads.move(desks.school, remark, "fixed")
    result = import_bench.run(many.centre, [*many.files, desks.send()])
    remark_threads.move(many.centre, remark, "accepted", school=school)
    undone = import_runs.undo_run(many.centre, result.run)
    assert len(undone.undone) == 4
    assert [(line.school, words.code) for line, words in undone.refused] == [(school, "log.import_has_dependents")]
    found = import_runs.run_of(many.centre, result.run)
    assert (found.state, [line.school for line in found.taken]) == (RunState.DONE, [school])


def test_that_a_run_that_is_not_there_is_told(desks: Desks) -> None:
    with pytest.raises(KnownError) as refused:
        import_runs.undo_run(desks.centre, "2024")
    assert refused.value.code == "bench.no_such_run"
