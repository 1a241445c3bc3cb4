"""Packages from the command line: out, looked at, in, answered; what is bad is refused and the store stays."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from shnor_desktop.services.demo import make_demo_school
from shnor_desktop.services.desks import open_desk
from shnor_desktop.services.packages import export_package
from shnor_desktop.services.workspace import Profile
from shnor_desktop.system.clock import SystemClock
from tests.cli import bad_packages
from tests.cli.shell import Shell, World, is_message

pytestmark = pytest.mark.timeout(400)
"""The first of them makes a demo world of thirteen schools."""

BAD: list[tuple[Callable[[Path, Path], Path], str, tuple[str, ...]]] = [
    (bad_packages.truncated, "damaged", ("package.truncated", "package.layout", "package.not_a_package")),
    (bad_packages.with_a_changed_member, "damaged", ("package.digest_mismatch",)),
    (bad_packages.signed_with_another_key, "damaged", ("package.signature_invalid",)),
    (bad_packages.with_a_way_out, "damaged", ("package.name_forbidden", "package.layout")),
    (bad_packages.with_twins, "damaged", ("package.duplicate_member", "package.layout")),
    (bad_packages.bomb, "damaged", ("package.bomb",)),
    (bad_packages.with_an_unknown_field, "damaged", ("package.contents_malformed",)),
    (bad_packages.with_a_wrong_type, "damaged", ("package.contents_malformed",)),
    (bad_packages.something_else, "damaged", ("package.not_a_package",)),
    (bad_packages.nothing, "damaged", ("package.not_a_package", "package.truncated")),
    (bad_packages.of_a_newer_format, "newer_format", ("package.newer_format",)),
]


def digests(store: Path) -> dict[str, object]:
    """What a store holds: the projection, the batches and the journal of every school."""
    desk = open_desk(store, SystemClock(), read_only=True)
    try:
        with desk.reading() as reader:
            schools = reader.schools()
            return {
                "projection": [reader.projection_digest(school) for school in schools],
                "batches": [reader.batch_count(school) for school in schools],
                "journal": reader.records.packages(),
                "signers": reader.records.signers(),
            }
    finally:
        desk.close()


def test_that_a_package_is_sound_without_a_store_and_its_signer_unknown(shell: Shell, world: World) -> None:
    status, content = shell.json("package", "verify", world.package)
    assert status == 0
    assert (content["intact"], content["code"], content["signer"]) == (True, "intact", "unknown")
    assert content["fingerprint_digits"].replace(" ", "").isdigit()
    assert len(content["fingerprint_digits"].split()) == 8
    status, out, _ = shell.words("package", "verify", world.package)
    assert status == 0
    assert "отправитель неизвестен" in out
    assert content["fingerprint_digits"] in out


def test_that_a_package_shows_what_it_holds(shell: Shell, world: World) -> None:
    status, content = shell.json("package", "show", world.package)
    assert status == 0
    assert (content["kind"], content["number"], content["signer"]) == ("school", 1, "unknown")
    assert content["counts"]["batches"] > 0
    assert {"school", "measure", "staff_member"} <= {item["entity"] for item in content["contents"]}
    status, out, _ = shell.words("package", "show", world.package)
    assert status == 0
    assert content["school"]["name"] in out


@pytest.mark.parametrize(("spoil", "code", "causes"), BAD, ids=[spoil.__name__ for spoil, _, _ in BAD])
def test_that_a_bad_package_is_refused_and_changes_nothing(
    shell: Shell,
    world: World,
    tmp_path: Path,
    spoil: Callable[[Path, Path], Path],
    code: str,
    causes: tuple[str, ...],
) -> None:
    bad = spoil(world.package, tmp_path / "bad.shnor")
    for command in ("verify", "show"):
        status, content = shell.json("package", command, bad)
        assert (status, content["code"], content["intact"]) == (1, code, False)
        assert content["cause"] in causes
        assert is_message(content)
        assert content["verdict"] == {"damaged": "повреждён", "newer_format": "новая версия формата"}[code]
    before = digests(world.centre)
    status, content = shell.json("package", "import", world.centre, bad)
    assert status == 1
    assert [(item["file"], item["code"]) for item in content] == [("bad.shnor", code)]
    assert is_message({**content[0], "code": content[0]["cause"]})
    assert digests(world.centre) == before


def test_that_a_file_that_is_not_there_says_so(shell: Shell, world: World, tmp_path: Path) -> None:
    status, content = shell.json("package", "verify", tmp_path / "absent.shnor")
    assert (status, content["code"]) == (1, "package.file_missing")
    assert is_message(content)
    status, content = shell.json("package", "import", world.centre, tmp_path / "absent.shnor")
    assert (status, content[0]["cause"]) == (1, "package.file_missing")


def test_that_the_demo_centre_takes_the_demo_school_at_once_and_only_once(shell: Shell, world: World) -> None:
    status, content = shell.json("package", "import", world.centre, world.package)
    assert status == 0
    assert [item["code"] for item in content] in (["accepted"], ["accepted_with_remarks"])
    assert content[0]["verdict"].startswith("принят")
    before = digests(world.centre)
    status, content = shell.json("package", "import", world.centre, world.package)
    assert status == 0
    assert [(item["code"], item["verdict"]) for item in content] == [("already_here", "уже был")]
    assert digests(world.centre) == before


def test_that_one_bad_file_does_not_stop_the_others(shell: Shell, world: World, tmp_path: Path) -> None:
    bad = bad_packages.truncated(world.package, tmp_path / "bad.shnor")
    status, content = shell.json("package", "import", world.centre, bad, world.package, world.package)
    assert status == 1
    codes = [item["code"] for item in content]
    assert codes[0] == "damaged"
    assert codes[1] in ("accepted", "accepted_with_remarks")
    assert codes[2] == "already_here"
    status, out, _ = shell.words("package", "import", world.centre, bad, world.package)
    assert status == 1
    assert "bad.shnor: повреждён" in out
    assert "уже был" in out


@pytest.fixture
def strange_package(tmp_path: Path) -> Path:
    """The package of a demo school of another seed, which the demo centre does not know."""
    profile = Profile(tmp_path / "another profile")
    school = make_demo_school(tmp_path / "other.shnor-db", SystemClock(), 77, profile)
    package = export_package(school, tmp_path / "other packages").path
    school.close()
    return package


def test_that_an_unknown_sender_is_taken_only_by_the_fingerprint(
    shell: Shell, world: World, strange_package: Path
) -> None:
    before = digests(world.centre)
    status, content = shell.json("package", "import", world.centre, strange_package)
    assert status == 1
    [verdict] = content
    assert (verdict["code"], verdict["verdict"]) == ("sender_unknown", "отправитель не подтверждён")
    digits = shell.json("package", "verify", strange_package)[1]["fingerprint_digits"]
    assert verdict["fingerprint"] == digits
    assert digits in verdict["message"]
    assert digests(world.centre) == before
    wrong = digits[:-1] + ("1" if digits[-1] == "0" else "0")
    status, content = shell.json("package", "import", world.centre, strange_package, "--trust", wrong)
    assert (status, content[0]["code"]) == (1, "sender_unknown")
    assert digests(world.centre) == before
    status, content = shell.json("package", "import", world.centre, strange_package, "--trust", digits)
    assert (status, content[0]["code"] in ("accepted", "accepted_with_remarks")) == (0, True), content
    status, content = shell.json("package", "import", world.centre, strange_package)
    assert (status, content[0]["code"], content[0]["verdict"]) == (0, "already_here", "уже был")


def test_that_a_package_for_another_desk_is_refused(shell: Shell, world: World) -> None:
    before = digests(world.school)
    status, content = shell.json("package", "import", world.school, world.package)
    assert (status, content[0]["code"], content[0]["cause"]) == (1, "wrong_school", "package.other_desk")
    assert digests(world.school) == before
    status, content = shell.json("package", "export", world.centre, "--out", world.folder / "out")
    assert (status, content["code"]) == (1, "store.other_desk")
    assert is_message(content)


def test_that_the_answer_of_the_centre_reaches_the_school(shell: Shell, world: World, tmp_path: Path) -> None:
    code = shell.json("package", "show", world.package)[1]["school"]["code"]
    assert shell.json("package", "import", world.centre, world.package)[0] == 0
    status, receipt = shell.json("receipt", "export", world.centre, "--school", code, "--out", tmp_path)
    assert status == 0
    assert receipt["encrypted"]
    status, closed = shell.json("package", "show", receipt["file"])
    assert (status, closed["code"]) == (1, "package.encrypted")
    shown = shell.json("package", "show", receipt["file"], "--store", world.school)[1]
    assert (shown["kind"], shown["answers"]["number"]) == ("receipt", 1)
    status, content = shell.json("package", "import", world.school, receipt["file"])
    assert status == 0, content
    assert content[0]["code"] in ("accepted", "accepted_with_remarks")
    desk = open_desk(world.school, SystemClock(), read_only=True)
    with desk.reading() as reader:
        [sent] = [record for record in reader.records.packages() if record.direction == "out"]
    desk.close()
    assert sent.state == "received"


def test_that_a_receipt_needs_a_known_school_with_a_package(shell: Shell, world: World, tmp_path: Path) -> None:
    status, content = shell.json("receipt", "export", world.centre, "--school", "00-000", "--out", tmp_path)
    assert (status, content["code"]) == (1, "call.no_such_school")
    status, content = shell.json("receipt", "export", world.school, "--school", "00-000", "--out", tmp_path)
    assert status == 1
    assert is_message(content)


def test_that_a_second_export_is_the_next_number(shell: Shell, world: World, tmp_path: Path) -> None:
    status, content = shell.json("package", "export", world.school, "--out", tmp_path / "new" / "folder")
    assert (status, content["number"]) == (0, 2)
    assert Path(content["file"]).stat().st_size == content["size"]
    (tmp_path / "file").write_text("")
    status, content = shell.json("package", "export", world.school, "--out", tmp_path / "file")
    assert status == 1
    assert is_message(content)


def test_that_a_package_can_leave_without_personal_data(shell: Shell, world: World, tmp_path: Path) -> None:
    status, done = shell.json("package", "export", world.school, "--impersonal", "--plain", "--out", tmp_path)
    assert status == 0, done
    shown = shell.json("package", "show", done["file"])[1]
    assert (shown["impersonal"], shown["encrypted"], shown["counts"]["datasets"]) == (True, False, 0)
