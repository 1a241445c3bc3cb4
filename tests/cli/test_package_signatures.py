"""The qualified signature from the command line: the list out, the signature attached, both signatures told."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.services.desks import create_school_desk
from shnor_desktop.services.packages import export_package, export_receipt
from tests.cli.shell import Shell, is_message
from tests.clock import FixedClock
from tests.exchange.gost_tools import Signer, make_authority, make_signer
from tests.services.exchange_desks import CARD, Desks, add_teacher, desks, without_check

__all__ = ["desks", "without_check"]


@pytest.fixture(scope="module")
def director(tmp_path_factory: pytest.TempPathFactory) -> Signer:
    """A director with a certificate of an authority."""
    folder = tmp_path_factory.mktemp("gost")
    return make_signer(folder / "director", under=make_authority(folder / "authority"))


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock, without_check: None) -> Path:
    """The store of a school of this user, with a package in the folder beside it."""
    store = tmp_path / "school.db"
    desk = create_school_desk(store, CARD, fixed_clock)
    add_teacher(desk)
    export_package(desk, tmp_path / "packages")
    desk.close()
    return store


def package_of(school: Path) -> Path:
    """The package of a school."""
    return next((school.parent / "packages").glob("*.shnor"))


def test_that_a_package_is_signed_and_told_so(shell: Shell, school: Path, director: Signer, tmp_path: Path) -> None:
    package = package_of(school)
    status, content = shell.json("package", "verify", package)
    assert (status, content["qualified"]) == (0, None)
    listed, signature = tmp_path / "list.xml", tmp_path / "list.xml.sig"
    status, content = shell.json("package", "manifest", package, "--out", listed)
    assert (status, content["file"]) == (0, str(listed))
    signature.write_bytes(director.sign(listed.read_bytes(), "-cades"))
    status, content = shell.json("package", "attach", package, "--signature", signature, "--store", school)
    assert (status, content["qualified"]["sound"]) == (0, True)
    signed = Path(content["file"])
    status, content = shell.json("package", "verify", signed)
    assert (status, content["intact"]) == (0, True)
    said = content["qualified"]
    assert (said["holder"], said["inn"], said["chain"]) == ("Образцова Вера Примеровна", "7200000000", "whole")
    assert (said["revocation_checked"], said["root_known"]) == (False, False)
    status, out, _ = shell.words("package", "verify", signed)
    assert status == 0
    assert "УКЭП: есть" in out
    assert "Отзыв сертификата не проверялся" in out


def test_that_a_wrong_signature_is_refused_in_words(
    shell: Shell, school: Path, director: Signer, tmp_path: Path
) -> None:
    package = package_of(school)
    signature = tmp_path / "list.xml.sig"
    signature.write_bytes(director.sign(b"another list"))
    before = sorted(package.parent.iterdir())
    status, content = shell.json("package", "attach", package, "--signature", signature, "--store", school)
    assert (status, content["code"]) == (1, "qualified.other_content")
    assert is_message(content)
    status, content = shell.json("package", "attach", package, "--signature", tmp_path / "gone", "--store", school)
    assert (status, content["code"]) == (1, "qualified.file_unreadable")
    assert sorted(package.parent.iterdir()) == before


def test_that_the_list_of_an_encrypted_package_needs_its_store(shell: Shell, desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    with desks.centre.reading() as reader:
        (school,) = reader.schools()
    receipt = export_receipt(desks.centre, school, desks.flash).path
    status, content = shell.json("package", "manifest", receipt, "--out", tmp_path / "list.xml")
    assert (status, content["code"]) == (1, "package.encrypted")
    assert not (tmp_path / "list.xml").exists()
