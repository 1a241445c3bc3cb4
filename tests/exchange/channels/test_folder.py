"""A folder or flash drive that is pulled, full, read-only or damaged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels import folder as folder_channel
from shnor_desktop.exchange.channels.channel import fit_name, is_package_name
from shnor_desktop.exchange.channels.folder import FolderChannel
from shnor_desktop.exchange.channels.volumes import mounted

NAME = "72-014-ab12_2026-11-22_данные_003.shnor"
BOX = "ШНОР/для центра"


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A flash drive."""
    found = tmp_path / "drive"
    found.mkdir()
    return found


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A file to be carried."""
    file = tmp_path / "package"
    file.write_bytes(os.urandom(600_000))
    return file


def test_that_a_file_is_read_back_and_comes_equal(drive: Path, package: Path, tmp_path: Path) -> None:
    channel = FolderChannel(drive)
    assert channel.send(package, NAME, BOX).sent == 600_000
    (remote,) = channel.list(BOX)
    channel.fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == package.read_bytes()


def test_that_the_same_file_is_not_copied_twice_and_another_replaces_nothing(
    drive: Path, package: Path, tmp_path: Path
) -> None:
    channel = FolderChannel(drive)
    channel.send(package, NAME, BOX)
    assert channel.send(package, NAME, BOX).sent == 0
    other = tmp_path / "other"
    other.write_bytes(b"other")
    assert channel.send(other, NAME, BOX).name != NAME
    assert (drive / BOX / NAME).read_bytes() == package.read_bytes()


def test_that_a_drive_pulled_at_any_byte_leaves_no_file_of_the_name(drive: Path, package: Path) -> None:
    def pulled(done: int, whole: int) -> None:
        if done > whole // 2:
            shutil.rmtree(drive)

    with pytest.raises(KnownError) as gone:
        FolderChannel(drive).send(package, NAME, BOX, pulled)
    assert gone.value.code == "channel.folder_missing"
    with pytest.raises(KnownError):
        FolderChannel(drive).send(package, NAME, BOX)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (28, "channel.disk_full"),
        (30, "channel.folder_readonly"),
        (5, "channel.write_failed"),
        (22, "channel.write_failed"),
    ],
)
def test_that_what_the_drive_says_is_told_and_nothing_stays(
    drive: Path, package: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def refuse(_handle: int) -> None:
        raise OSError(number, "said the drive")

    monkeypatch.setattr("shnor_desktop.exchange.atomic_file.os.fsync", refuse)
    with pytest.raises(KnownError) as refused:
        FolderChannel(drive).send(package, NAME, BOX)
    assert refused.value.code == code
    assert [file for file in drive.rglob("*") if file.is_file()] == []


def test_that_a_drive_that_reads_otherwise_than_it_was_written_is_told(
    drive: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real: Callable[..., None] = folder_channel._copy

    def damage(source: Path, target: Path, *rest: object) -> None:
        real(source, target, *rest)
        target.write_bytes(b"damaged")

    monkeypatch.setattr(folder_channel, "_copy", damage)
    with pytest.raises(KnownError) as damaged:
        FolderChannel(drive).send(package, NAME, BOX)
    assert damaged.value.code == "channel.read_back"
    assert not (drive / BOX / NAME).exists()


def test_that_a_drive_with_fat_refuses_four_gigabytes_beforehand(
    drive: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder_channel, "digest_of", lambda _file: ("0" * 64, 5 * 1024**3))
    with pytest.raises(KnownError) as large:
        FolderChannel(drive, "vfat").send(package, NAME, BOX)
    assert large.value.code == "channel.fat_too_large"


def test_that_a_full_drive_is_told_before_the_first_byte(
    drive: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(drive)._replace(free=1000)
    monkeypatch.setattr("shnor_desktop.exchange.channels.folder.shutil.disk_usage", lambda _path: usage)
    with pytest.raises(KnownError) as full:
        FolderChannel(drive).send(package, NAME, BOX)
    assert full.value.code == "channel.disk_full"
    assert not (drive / BOX).exists()


@pytest.mark.parametrize(
    "name",
    [
        *("", ".shnor", "../x.shnor", "a/b.shnor", "C:x.shnor", "a\\b.shnor", "CON.shnor", "nul.1.shnor"),
        *("a.shnor.exe", "и\u0306.shnor", "a\n.shnor", "a:b.shnor", "x" * 200 + ".shnor", "a..shnor"),
        *("a?.shnor", "a*.shnor", "-a.shnor"),
    ],
)
def test_that_only_harmless_names_are_names_of_packages(name: str) -> None:
    assert not is_package_name(name)


@pytest.mark.parametrize("name", [NAME, f"{NAME}.age", "moc-1-ab12_2026-11-22_квитанция_003 (2).shnor"])
def test_that_the_names_of_our_packages_are_taken(name: str) -> None:
    assert is_package_name(name)


@pytest.mark.parametrize(
    ("name", "fit"),
    [
        (NAME, NAME),
        ('72 "Росток", 5-ab12_данные_003.shnor.age', "72 _Росток__ 5-ab12_данные_003.shnor.age"),
        ("../../x.shnor", "x.shnor"),
        ("«»?.shnor", "paket.shnor"),
        ("д" * 300 + ".shnor.age", "д" * 130 + ".shnor.age"),
    ],
)
def test_that_a_code_with_any_letters_still_gives_a_name(name: str, fit: str) -> None:
    assert fit_name(name) == fit
    assert is_package_name(fit)


def test_that_links_and_foreign_files_on_a_drive_are_left_alone(drive: Path, package: Path) -> None:
    box = drive / BOX
    box.mkdir(parents=True)
    (box / NAME).symlink_to(package)
    (box / "autorun.inf").write_bytes(b"x")
    assert FolderChannel(drive).list(BOX) == ()


def test_that_drives_that_can_be_pulled_are_found_in_the_table_of_mounts() -> None:
    table = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "/dev/sdb1 /media/user/МОЯ\\040ФЛЕШКА vfat rw 0 0\n"
        "tmpfs /run/media/x tmpfs rw 0 0\n"
        "broken\n"
    )
    (volume,) = mounted(table)
    assert (volume.root, volume.title, volume.file_system) == (
        Path("/media/user/МОЯ ФЛЕШКА"),
        "МОЯ ФЛЕШКА",
        "vfat",
    )
