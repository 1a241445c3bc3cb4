"""Channels, outbox and inbox from the command line, as an unattended centre uses them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from shnor_desktop.services import packages
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.desks import SchoolCard, create_school_desk
from tests.cli.shell import Shell, is_message
from tests.clock import FixedClock
from tests.services.exchange_desks import add_teacher


@pytest.fixture
def store(tmp_path: Path, fixed_clock: FixedClock, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A school with a package that is prepared."""
    monkeypatch.setattr(packages, "check", lambda _workspace: CheckResult((), (), ()))
    path = tmp_path / "school.shnor-db"
    desk = create_school_desk(path, SchoolCard("72-014", "МАОУ «Лесная СОШ»"), fixed_clock)
    add_teacher(desk)
    packages.export_package(desk, tmp_path / "out")
    desk.close()
    return path


def test_that_a_package_goes_by_a_folder_and_only_once(shell: Shell, store: Path, tmp_path: Path) -> None:
    share = tmp_path / "share"
    share.mkdir()
    status, refused = shell.json("outbox", "send", store)
    assert (status, refused["code"]) == (1, "channel.none")
    status, added = shell.json("channel", "add", store, "folder", share, "--title", "общая")
    assert status == 0
    assert shell.json("channel", "test", store, "общая")[0] == 0
    status, sent = shell.json("outbox", "send", store)
    assert status == 0
    assert [one["delivery"]["state"] for one in sent] == ["sent"]
    assert shell.json("outbox", "send", store) == (0, [])
    status, listed = shell.json("outbox", "list", store)
    assert [(one["state"], one["delivery"]["proofs"][0]["channel"]) for one in listed] == [("handed", "общая")]
    assert len(list(share.rglob("*.shnor*"))) == 1
    status, fetched = shell.json("inbox", "fetch", store)
    assert (status, fetched) == (0, {"files": [], "failed": []})
    status, again = shell.json("outbox", "send", store, "--package", listed[0]["package"][:10])
    assert (status, again["code"]) == (1, "channel.already_sent")
    assert shell.json("channel", "remove", store, added["id"])[0] == 0
    assert shell.json("channel", "list", store) == (0, [])


def test_that_a_password_comes_from_outside_and_is_never_shown(
    shell: Shell, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call = ("channel", "add", store, "webdav", "https://127.0.0.1:9/dav", "--user", "school")
    status, refused = shell.json(*call)
    assert (status, refused["code"]) == (2, "call.wrong")
    monkeypatch.setenv("SHNOR_PASSWORD", "тайна-5521")
    status, out, _ = shell.words(*call)
    assert status == 0
    assert "тайна-5521" not in out
    monkeypatch.delenv("SHNOR_PASSWORD")
    status, listed = shell.json("channel", "list", store)
    assert listed[0]["has_password"]
    assert "тайна-5521" not in str(listed)
    status, failed = shell.json("outbox", "send", store)
    assert (status, failed[0]["delivery"]["cause"]) == (1, "channel.no_connection")
    status, words, _ = shell.words("outbox", "list", store)
    assert "Нет связи с сервером 127.0.0.1" in words


@pytest.mark.parametrize(
    ("kind", "address", "code"),
    [
        ("webdav", "http://disk.example.ru", "channel.address_malformed"),
        ("mail", "не адрес", "channel.mail_address_malformed"),
        ("mail", "school@example.ru", "channel.no_outgoing_server"),
    ],
)
def test_that_what_cannot_be_a_channel_is_refused_in_words(
    shell: Shell, store: Path, kind: str, address: str, code: str
) -> None:
    status, refused = shell.json("channel", "add", store, kind, address)
    assert (status, refused["code"]) == (1, code)
    assert is_message(refused)
    assert shell.json("outbox", "answer", store)[1]["code"] == "store.other_desk"
    assert shell.json("channel", "test", store, "нет такого")[1]["code"] == "channel.missing"
