"""Quarantine: a bad file keeps its name and its reason; it can be tried again, put back or deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import import_bench, quarantine
from shnor_desktop.services.arrivals import VerdictCode
from shnor_desktop.services.import_bench import RunOptions
from tests.services.exchange_desks import Desks, changed_bytes, desks, without_check

__all__ = ["desks", "without_check"]


def flipped(file: Path) -> Path:
    """A copy with one bit changed."""
    return changed_bytes(file, lambda data: data.__setitem__(900, data[900] ^ 1))


def test_that_a_bad_file_lies_in_quarantine_with_its_reason_in_words(desks: Desks) -> None:
    bad = flipped(desks.send())
    before = bad.read_bytes()
    import_bench.run(desks.centre, [bad])
    entry = quarantine.entries(desks.centre)[0]
    kept = Path(entry.path)
    assert kept.parent == quarantine.folder_beside(desks.centre)
    assert kept.name == bad.name
    assert kept.read_bytes() == bad.read_bytes() == before
    words = kept.with_name(f"{kept.name}.txt").read_text("utf-8-sig")
    assert "Вердикт: повреждён" in words
    assert entry.do in words
    assert str(bad) in words


def test_that_the_same_bad_file_lies_there_once(desks: Desks) -> None:
    bad = flipped(desks.send())
    for _ in range(3):
        import_bench.run(desks.centre, [bad])
    assert len(quarantine.entries(desks.centre)) == 1
    assert len(list(quarantine.folder_beside(desks.centre).iterdir())) == 2


def test_that_moving_takes_only_bad_files_from_the_folder(desks: Desks) -> None:
    good = desks.send()
    first = desks.receive(good)
    bad = flipped(good)
    result = import_bench.run(desks.centre, [good, bad], RunOptions(trust=first.fingerprint, moves=True))
    assert result.count(VerdictCode.ACCEPTED) == 1
    assert good.exists()
    assert not bad.exists()


def test_that_an_unconfirmed_sender_waits_for_the_call_and_is_taken_in_after_it(desks: Desks) -> None:
    file = desks.send()
    import_bench.run(desks.centre, [file])
    entry = quarantine.entries(desks.centre)[0]
    assert entry.waits_for_call
    assert quarantine.retry(desks.centre, entry.id).code is VerdictCode.SENDER_UNKNOWN
    assert len(quarantine.entries(desks.centre)) == 1
    assert quarantine.retry(desks.centre, entry.id, entry.fingerprint).code is VerdictCode.ACCEPTED
    assert quarantine.entries(desks.centre) == []
    assert list(quarantine.folder_beside(desks.centre).iterdir()) == []
    assert file.exists()
    assert desks.same()


def test_that_a_file_is_put_back_where_it_came_from(desks: Desks) -> None:
    bad = flipped(desks.send())
    data = bad.read_bytes()
    import_bench.run(desks.centre, [bad], RunOptions(moves=True))
    entry = quarantine.entries(desks.centre)[0]
    assert quarantine.put_back(desks.centre, entry.id) == bad
    assert bad.read_bytes() == data
    assert quarantine.entries(desks.centre) == []


def test_that_putting_back_a_copy_makes_no_second_file(desks: Desks) -> None:
    bad = flipped(desks.send())
    import_bench.run(desks.centre, [bad])
    names = sorted(bad.parent.iterdir())
    assert quarantine.put_back(desks.centre, quarantine.entries(desks.centre)[0].id) == bad
    assert sorted(bad.parent.iterdir()) == names


def test_that_a_deleted_file_is_gone_for_ever(desks: Desks) -> None:
    bad = flipped(desks.send())
    import_bench.run(desks.centre, [bad])
    entry = quarantine.entries(desks.centre)[0]
    quarantine.delete(desks.centre, entry.id)
    assert list(quarantine.folder_beside(desks.centre).iterdir()) == []
    with pytest.raises(KnownError) as refused:
        quarantine.retry(desks.centre, entry.id)
    assert refused.value.code == "quarantine.not_here"


def test_that_a_file_that_somebody_took_out_is_told_and_can_be_forgotten(desks: Desks) -> None:
    bad = flipped(desks.send())
    import_bench.run(desks.centre, [bad])
    entry = quarantine.entries(desks.centre)[0]
    Path(entry.path).unlink()
    for step in (quarantine.retry, quarantine.put_back):
        with pytest.raises(KnownError) as refused:
            step(desks.centre, entry.id)
        assert refused.value.code == "quarantine.file_missing"
    quarantine.delete(desks.centre, entry.id)
    assert quarantine.entries(desks.centre) == []


def test_that_a_quarantine_that_cannot_be_made_does_not_stop_the_run(desks: Desks, tmp_path: Path) -> None:
    good = desks.send()
    trust = desks.receive(good).fingerprint
    (tmp_path / "file").write_bytes(b"")
    options = RunOptions(trust=trust, quarantine=tmp_path / "file")
    result = import_bench.run(desks.centre, [flipped(good), good], options)
    assert result.count(VerdictCode.ACCEPTED) == 1
    assert [one.trouble is not None for one in result.judged] == [False, True]
