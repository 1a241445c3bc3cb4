"""Packages of a school on their way to its centre and back."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.volumes import Volume
from shnor_desktop.models.school import School
from shnor_desktop.services import centre, channels, drives, inbox, journal, outbox, packages, records
from shnor_desktop.services.channels import ChannelKind, ChannelSettings
from shnor_desktop.services.delivery import Delivery, DeliveryState
from shnor_desktop.services.workspace import Workspace
from tests.exchange.channels.certificates import ServerCertificate
from tests.exchange.channels.cut_wire import CutWire
from tests.exchange.channels.mail_servers import PASSWORD as MAIL_PASSWORD
from tests.exchange.channels.mail_servers import USER as MAIL_USER
from tests.exchange.channels.mail_servers import ImapServer, SmtpServer
from tests.exchange.channels.webdav_server import PASSWORD, USER, WebDavServer
from tests.services.exchange_desks import Desks, add_teacher


def by_folder(workspace: Workspace, folder: Path) -> ChannelSettings:
    folder.mkdir(exist_ok=True)
    return channels.put_channel(workspace, ChannelSettings("share", ChannelKind.FOLDER, "общая папка", str(folder)))


def by_webdav(workspace: Workspace, url: str, certificate: ServerCertificate) -> ChannelSettings:
    settings = ChannelSettings("cloud", ChannelKind.WEBDAV, "облако", url, USER, pinned=certificate.fingerprint)
    return channels.put_channel(workspace, settings, PASSWORD)


def prepared(workspace: Workspace) -> str:
    return packages.export_package(workspace, channels.outgoing_folder(workspace)).id


def the_delivery(workspace: Workspace, package: str) -> Delivery:
    return outbox.deliveries(workspace)[package]


def state_of(workspace: Workspace, package: str) -> str:
    return next(line.state for line in journal.journal(workspace) if line.id == package)


def test_that_a_package_goes_there_and_the_answer_comes_back_by_one_folder(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    by_folder(desks.school, tmp_path / "share")
    by_folder(desks.centre, tmp_path / "share")
    add_teacher(desks.school, "Примерова Ольга Петровна")
    package = prepared(desks.school)
    assert [one.package for one in outbox.send_due(desks.school).sent] == [package]
    assert state_of(desks.school, package) == "handed"
    taken, failed = inbox.fetch_all(desks.centre)
    assert ([one.verdict.code.is_fine for one in taken], failed) == ([True], [])
    assert desks.same()
    centre.decide_package(desks.centre, desks.school.school, "returned", "Дополните кадры", "2024-10-01")
    packages.export_receipt(desks.centre, desks.school.school, channels.outgoing_folder(desks.centre))
    assert len(outbox.send_due(desks.centre).sent) == 1
    (came, *_), _ = inbox.fetch_all(desks.school)
    assert came.verdict.cause in ("", "package.sender_unknown")
    if not came.verdict.code.is_fine:  # the first answer of a centre is confirmed by its digits
        verdict = inbox.take_in_file(desks.school, Path(came.fetched.file), came.verdict.fingerprint)
        assert verdict.code.is_fine
    assert state_of(desks.school, package) == "returned"
    assert inbox.waiting(desks.school) == []


def test_that_what_came_is_fetched_and_taken_in_once(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    by_folder(desks.school, tmp_path / "share")
    by_folder(desks.centre, tmp_path / "share")
    add_teacher(desks.school, "Примерова Ольга Петровна")
    prepared(desks.school)
    outbox.send_due(desks.school)
    assert len(inbox.fetch_all(desks.centre)[0]) == 1
    assert inbox.fetch_all(desks.centre) == ([], [])
    assert len(list(channels.incoming_folder(desks.centre).iterdir())) == 1


def test_that_a_note_lost_after_fetching_brings_no_second_file(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    by_folder(desks.centre, tmp_path / "share")
    by_folder(desks.school, tmp_path / "share")
    prepared(desks.school)
    outbox.send_due(desks.school)
    for visit in inbox.visits(desks.centre):
        inbox.collect(visit)  # killed before it was noted
    assert len(inbox.fetch_all(desks.centre)[0]) == 1
    assert len(list(channels.incoming_folder(desks.centre).iterdir())) == 1


def test_that_a_package_is_never_sent_twice(desks: Desks, webdav: WebDavServer, certificate: ServerCertificate) -> None:
    by_webdav(desks.school, webdav.url, certificate)
    package = prepared(desks.school)
    outbox.send_due(desks.school)
    puts = [path for method, path in webdav.requests if method == "PUT"]
    assert outbox.send_due(desks.school, force=True) == outbox.Round()
    with pytest.raises(KnownError) as refused:
        outbox.enqueue(desks.school, package)
    assert refused.value.code == "channel.already_sent"
    assert [path for method, path in webdav.requests if method == "PUT"] == puts


def test_that_a_crash_between_sending_and_the_note_sends_nothing_anew(
    desks: Desks, webdav: WebDavServer, certificate: ServerCertificate
) -> None:
    by_webdav(desks.school, webdav.url, certificate)
    package = prepared(desks.school)
    outbox.enqueue_prepared(desks.school)
    for job in outbox.due(desks.school):
        assert outbox.carry_out(job).failure is None  # killed before it was noted
    sent = outbox.send_due(desks.school).sent
    assert [one.proofs[0].answer for one in sent] == ["файл уже лежал там, сверен байт в байт"]
    assert sum(method == "PUT" for method, _ in webdav.requests) == 1
    assert state_of(desks.school, package) == "handed"


def test_that_a_cut_is_tried_again_later_and_later_and_then_arrives(
    desks: Desks, webdav: WebDavServer, wire: CutWire, certificate: ServerCertificate
) -> None:
    by_webdav(desks.school, f"https://127.0.0.1:{wire.port}/dav", certificate)
    package = prepared(desks.school)
    for minutes in (1, 2, 5):
        wire.went_up, wire.up_after = 0, 3000
        (failed,) = outbox.send_due(desks.school).failed
        assert (failed.error, failed.needs_person) == ("channel.cut", False)
        assert outbox.send_due(desks.school) == outbox.Round()  # not yet
        desks.clock.advance(minutes=minutes)
    assert state_of(desks.school, package) == "prepared"
    (sent,) = outbox.send_due(desks.school).sent
    assert (sent.state, sent.attempts) == (DeliveryState.SENT, 4)
    assert sent.proofs[0].sha256 == sent.sha256


def test_that_a_wrong_password_waits_for_a_person_and_is_never_written_down(
    desks: Desks, webdav: WebDavServer, certificate: ServerCertificate
) -> None:
    settings = by_webdav(desks.school, webdav.url, certificate)
    channels.put_channel(desks.school, settings, "тайна-7731")
    prepared(desks.school)
    (failed,) = outbox.send_due(desks.school).failed
    assert (failed.error, failed.needs_person) == ("channel.login_refused", True)
    store = desks.school.store.path
    assert all("тайна-7731".encode() not in file.read_bytes() for file in store.parent.glob(f"{store.name}*"))
    channels.put_channel(desks.school, settings, PASSWORD)
    outbox.try_again(desks.school, settings.id)
    assert len(outbox.send_due(desks.school).sent) == 1


def test_that_a_removed_channel_takes_its_password_along(desks: Desks, tmp_path: Path) -> None:
    settings = ChannelSettings("cloud", ChannelKind.WEBDAV, "облако", "https://disk.example.ru/x", USER)
    channels.put_channel(desks.school, settings, "тайна")
    assert channels.has_password(desks.school, "cloud")
    channels.remove_channel(desks.school, "cloud")
    assert not channels.has_password(desks.school, "cloud")
    with pytest.raises(KnownError):
        channels.channel(desks.school, "cloud")


def test_that_a_newer_package_stands_for_the_older_one(desks: Desks, tmp_path: Path) -> None:
    old = prepared(desks.school)
    settings = by_folder(desks.school, tmp_path / "share")
    shutil.rmtree(tmp_path / "share")
    outbox.send_due(desks.school)
    add_teacher(desks.school, "Примерова Ольга Петровна")
    new = prepared(desks.school)
    by_folder(desks.school, tmp_path / "share")
    outbox.try_again(desks.school, settings.id)
    assert [one.package for one in outbox.send_due(desks.school).sent] == [new]
    assert the_delivery(desks.school, old).state is DeliveryState.SUPERSEDED
    line = next(line for line in journal.journal(desks.school) if line.id == old)
    assert "заменён" in line.state_words
    with pytest.raises(KnownError) as refused:
        outbox.enqueue(desks.school, old)
    assert refused.value.code == "channel.superseded"


def test_that_a_file_that_was_changed_is_not_sent(desks: Desks, tmp_path: Path) -> None:
    by_folder(desks.school, tmp_path / "share")
    prepared(desks.school)
    outbox.enqueue_prepared(desks.school)
    (file,) = channels.outgoing_folder(desks.school).iterdir()
    file.write_bytes(b"changed")
    (failed,) = outbox.send_due(desks.school).failed
    assert failed.error == "channel.file_changed"
    assert not list((tmp_path / "share").rglob("*.shnor*"))


def test_that_a_package_handed_over_by_hand_is_not_sent_too(desks: Desks, tmp_path: Path) -> None:
    settings = by_folder(desks.school, tmp_path / "share")
    package = prepared(desks.school)
    outbox.enqueue(desks.school, package, settings.id)
    packages.mark_handed(desks.school, package)
    assert outbox.send_due(desks.school) == outbox.Round()


def test_that_nothing_goes_by_itself_until_a_channel_is_on(desks: Desks, tmp_path: Path) -> None:
    package = prepared(desks.school)
    assert outbox.send_due(desks.school) == outbox.Round()
    settings = by_folder(desks.school, tmp_path / "share")
    channels.put_channel(desks.school, replace(settings, is_on=False))
    assert outbox.send_due(desks.school) == outbox.Round()
    with pytest.raises(KnownError) as refused:
        outbox.enqueue(desks.school, package)
    assert refused.value.code == "channel.none"


def test_that_a_damaged_file_waits_for_a_person_and_the_others_go_on(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    by_folder(desks.centre, tmp_path / "share")
    by_folder(desks.school, tmp_path / "share")
    box = tmp_path / "share" / channels.FOR_CENTRE
    box.mkdir(parents=True)
    (box / "00-плохой.shnor").write_bytes(b"PK\x03\x04 damaged")
    add_teacher(desks.school, "Примерова Ольга Петровна")
    prepared(desks.school)
    outbox.send_due(desks.school)
    taken, _ = inbox.fetch_all(desks.centre)
    assert sorted(one.verdict.code.is_fine for one in taken) == [False, True]
    (waiting,) = inbox.waiting(desks.centre)
    assert waiting.name == "00-плохой.shnor"
    assert waiting.what
    inbox.take_in_file(desks.centre, Path(waiting.file))
    assert inbox.waiting(desks.centre) == []  # somebody has looked at it
    assert Path(waiting.file).is_file()


def test_that_a_package_goes_by_letters_to_the_centre(
    desks: Desks, smtp: SmtpServer, imap: ImapServer, certificate: ServerCertificate
) -> None:
    desks.meet()
    servers = {"outgoing": f"127.0.0.1:{smtp.port}", "incoming": f"127.0.0.1:{imap.port}"}
    pins = {"pinned": certificate.fingerprint, "pinned_incoming": certificate.fingerprint}
    settings = ChannelSettings(
        "post", ChannelKind.MAIL, "почта", MAIL_USER, receiver="centre@example.ru", **servers, **pins
    )
    channels.put_channel(desks.school, settings, MAIL_PASSWORD)
    channels.put_channel(desks.centre, settings, MAIL_PASSWORD)
    add_teacher(desks.school, "Примерова Ольга Петровна")
    prepared(desks.school)
    (sent,) = outbox.send_due(desks.school).sent
    assert sent.proofs[0].message_ids
    for letter in smtp.letters:
        imap.put(letter)
    taken, failed = inbox.fetch_all(desks.centre)
    assert ([one.verdict.code.is_fine for one in taken], failed) == ([True], [])


def test_that_a_centre_writes_to_the_address_in_the_passport(desks: Desks) -> None:
    desks.meet()
    settings = ChannelSettings("post", ChannelKind.MAIL, "почта", MAIL_USER, outgoing="smtp.example.ru")
    school = desks.school.school
    with pytest.raises(KnownError) as missing:
        channels.boxes_to(desks.centre, settings, school)
    assert missing.value.code == "channel.no_address"
    records.edit_many(desks.school, School.log_name, school, {"email": "les@example.ru"})
    assert desks.receive(desks.send()).code.is_fine
    assert channels.boxes_to(desks.centre, settings, school) == ("les@example.ru",)


def test_that_a_school_looks_under_the_code_of_its_passport_too(desks: Desks) -> None:
    settings = ChannelSettings("share", ChannelKind.FOLDER, "общая папка", "/x")
    before = channels.boxes_from(desks.school, settings)
    records.edit_many(desks.school, School.log_name, desks.school.school, {"code": "72-099"})
    assert channels.boxes_from(desks.school, settings) == (*before, channels.school_box("72-099"))


def test_that_a_flash_drive_takes_a_package_and_brings_the_answer(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    add_teacher(desks.school, "Примерова Ольга Петровна")
    package = prepared(desks.school)
    root = tmp_path / "drive"
    root.mkdir()

    def plugged() -> tuple[Volume, ...]:
        return (Volume(root, "E:", "vfat"),)

    (drive,) = drives.drives(desks.school, plugged)
    delivery = outbox.send_to_drive(desks.school, package, drive)
    assert "флешка E:" in delivery.proofs[0].channel
    assert state_of(desks.school, package) == "handed"
    (there,) = drives.drives(desks.centre, plugged)
    assert len(there.waiting) == 1
    assert desks.receive(there.waiting[0]).code.is_fine
    shutil.rmtree(root)
    assert drives.drives(desks.school, lambda: (Volume(root, "E:"),)) == []


@pytest.mark.parametrize("code", ["72-014", "../72", "72/014", "..", ""])
def test_that_the_folder_of_a_school_stays_below_its_place(code: str) -> None:
    box = channels.school_box(code)
    assert box.startswith(channels.FOR_SCHOOL)
    assert ".." not in box
    assert box.count("/") <= 2
