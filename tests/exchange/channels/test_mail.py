"""Packages as letters: refused, cut, doubled, out of order, forged; two real servers stand between."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.channels.channel import Resumed, Unfinished
from shnor_desktop.exchange.channels.letters import make_letter, part_of
from shnor_desktop.exchange.channels.mail import MailAddress, MailChannel, MailServer, server_of
from shnor_desktop.exchange.channels.parts import cut
from tests.clock import FixedClock
from tests.exchange.channels.certificates import ServerCertificate, make_certificate
from tests.exchange.channels.mail_servers import PASSWORD, USER, ImapServer, SmtpServer

NAME = "72-014-ab12_2026-11-22_данные_003.shnor.age"
CENTRE = "centre@example.ru"


def package(folder: Path, size: int, seed: int = 1) -> Path:
    file = folder / f"package-{seed}-{size}"
    file.write_bytes(random.Random(seed).randbytes(size))
    return file


def account(
    tmp_path: Path,
    clock: FixedClock,
    outgoing: MailServer | None = None,
    incoming: MailServer | None = None,
    password: str = PASSWORD,
    limit: int = 60_000,
    resumed: Resumed | None = None,
    sent: list[Resumed] | None = None,
) -> MailChannel:
    address = MailAddress(USER, USER, password, outgoing, incoming, limit, 5)
    told = sent if sent is not None else []
    return MailChannel(address, clock, tmp_path / "parts", told.append, resumed)


def out_of(server: SmtpServer, certificate: ServerCertificate) -> MailServer:
    return MailServer("127.0.0.1", server.port, certificate.fingerprint)


def into(server: ImapServer, certificate: ServerCertificate) -> MailServer:
    return MailServer("127.0.0.1", server.port, certificate.fingerprint)


def letters_of(file: Path, count_bytes: int = 40_000) -> list[bytes]:
    found = cut(file, NAME, count_bytes)
    data = file.read_bytes()
    return [
        make_letter(found, part.index, data[part.offset : part.offset + part.size], USER, CENTRE, "")
        for part in found.parts
    ]


def test_that_a_package_goes_in_one_letter_and_comes_back_equal(
    smtp: SmtpServer, imap: ImapServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    file = package(tmp_path, 20_000)
    evidence = account(tmp_path, fixed_clock, out_of(smtp, certificate)).send(file, NAME, CENTRE)
    assert "queued as 4Xyz" in evidence.answer
    (letter,) = smtp.letters
    assert evidence.message_ids[0].encode() in letter
    imap.put(letter)
    mailbox = account(tmp_path, fixed_clock, incoming=into(imap, certificate))
    (remote,) = mailbox.list("")
    mailbox.fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == file.read_bytes()
    assert remote.name == NAME


@pytest.mark.parametrize("seed", [1, 2])
def test_that_letters_are_joined_in_any_order_once_the_last_has_come(
    imap: ImapServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock, seed: int
) -> None:
    file = package(tmp_path, 150_000)
    letters = letters_of(file)
    random.Random(seed).shuffle(letters)
    mailbox = account(tmp_path, fixed_clock, incoming=into(imap, certificate))
    for letter in [*letters[:-1], letters[0]]:  # one of them twice
        imap.put(letter)
    assert mailbox.list("") == ()
    assert mailbox.unfinished == (Unfinished(NAME, 3, 4),)
    imap.put(letters[-1])
    (remote,) = mailbox.list("")
    mailbox.fetch(remote, tmp_path / NAME)
    assert (tmp_path / NAME).read_bytes() == file.read_bytes()
    assert all("\\Seen" in flags for flags in imap.flags())
    assert len(imap.flags()) == len(letters) + 1
    assert mailbox.list("") == ()


def test_that_only_our_letters_are_touched(
    imap: ImapServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    imap.put(b"From: a@example.ru\r\nSubject: Hello\r\n\r\nHello\r\n")
    imap.put(b"From: a@example.ru\r\nSubject: Re: [shnor 0123] what is it\r\n\r\nHello\r\n")
    assert account(tmp_path, fixed_clock, incoming=into(imap, certificate)).list("") == ()
    assert all("\\Seen" not in flags for flags in imap.flags())


def test_that_a_letter_that_a_person_read_first_is_fetched_too(
    imap: ImapServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    mailbox = account(tmp_path, fixed_clock, incoming=into(imap, certificate))
    (letter,) = letters_of(package(tmp_path, 500))
    imap.put(letter, is_seen=True)
    (remote,) = mailbox.list("")
    mailbox.fetch(remote, tmp_path / NAME)
    assert mailbox.list("") == ()
    (other,) = letters_of(package(tmp_path, 600, 2))
    imap.put(other, is_seen=True)
    assert len(mailbox.list("")) == 1


def test_that_parts_of_two_packages_do_not_mix(
    imap: ImapServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    first, second = letters_of(package(tmp_path, 80_000, 1)), letters_of(package(tmp_path, 80_000, 2))
    imap.put(first[0])
    imap.put(second[1])
    assert account(tmp_path, fixed_clock, incoming=into(imap, certificate)).list("") == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"bytes=40000", b"bytes=39999"),
        (b"size=80000", b"size=80001"),
        (b"size=80000", b"size=99999999999"),
        (b"part=1/2", b"part=0/2"),
        (b"part=1/2", b"part=1/1"),
        (b"name=", b"name=..%2F"),
        (b"name=", b"name=C%3A%5C"),
        (b"sha256=", b"sha256=0"),
    ],
)
def test_that_a_lying_letter_makes_no_package(
    imap: ImapServer,
    certificate: ServerCertificate,
    tmp_path: Path,
    fixed_clock: FixedClock,
    old: bytes,
    new: bytes,
) -> None:
    first, second = letters_of(package(tmp_path, 80_000))
    changed = first.replace(old, new)
    assert changed != first
    imap.put(changed)
    imap.put(second)
    assert account(tmp_path, fixed_clock, incoming=into(imap, certificate)).list("") == ()
    assert not list(tmp_path.glob("parts/**/*.shnor*"))


def test_that_a_broken_conversation_goes_on_with_the_next_letter(
    smtp: SmtpServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    file, sent = package(tmp_path, 150_000), list[Resumed]()
    smtp.take_at_most = 2
    with pytest.raises(KnownError) as broken:
        account(tmp_path, fixed_clock, out_of(smtp, certificate), sent=sent).send(file, NAME, CENTRE)
    assert broken.value.code in ("channel.cut", "channel.letter_refused")
    smtp.take_at_most = None
    evidence = account(tmp_path, fixed_clock, out_of(smtp, certificate), resumed=sent[-1]).send(file, NAME, CENTRE)
    assert len(smtp.letters) == evidence.parts == 4
    assert evidence.sent < 150_000


def test_that_the_limit_of_the_server_splits_a_file_too(
    certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    server = SmtpServer(certificate, largest=50_000)
    try:
        channel = account(tmp_path, fixed_clock, out_of(server, certificate), limit=10_000_000)
        assert channel.send(package(tmp_path, 100_000), NAME, CENTRE).parts > 2
        assert all(len(letter) < 50_000 for letter in server.letters)
    finally:
        server.close()


@pytest.mark.parametrize(
    ("receiver", "letter", "code"),
    [
        ("550 no such user", "", "channel.receiver_refused"),
        ("452 mailbox full", "", "channel.mailbox_full"),
        ("", "552 too large", "channel.letter_too_large"),
        ("", "554 looks like spam", "channel.letter_refused"),
    ],
)
def test_that_a_refusal_is_told_in_words(
    smtp: SmtpServer,
    certificate: ServerCertificate,
    tmp_path: Path,
    fixed_clock: FixedClock,
    receiver: str,
    letter: str,
    code: str,
) -> None:
    smtp.refuse_receiver, smtp.refuse_letter = receiver, letter
    with pytest.raises(KnownError) as refused:
        account(tmp_path, fixed_clock, out_of(smtp, certificate)).send(package(tmp_path, 500), NAME, CENTRE)
    assert refused.value.code == code
    assert smtp.letters == []


@pytest.mark.parametrize("password", ["wrong", "пароль"])
def test_that_a_wrong_password_is_told_of_both_servers(
    smtp: SmtpServer,
    imap: ImapServer,
    certificate: ServerCertificate,
    tmp_path: Path,
    fixed_clock: FixedClock,
    password: str,
) -> None:
    for channel in (
        account(tmp_path, fixed_clock, out_of(smtp, certificate), password=password),
        account(tmp_path, fixed_clock, incoming=into(imap, certificate), password=password),
    ):
        with pytest.raises(KnownError) as refused:
            channel.check()
        assert refused.value.code == "channel.login_refused"
        assert password not in str(refused.value)


def test_that_servers_nobody_vouches_for_get_no_password(
    smtp: SmtpServer, imap: ImapServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    for channel in (
        account(tmp_path, fixed_clock, MailServer("127.0.0.1", smtp.port)),
        account(tmp_path, fixed_clock, incoming=MailServer("127.0.0.1", imap.port)),
    ):
        with pytest.raises(KnownError) as unknown:
            channel.check()
        assert unknown.value.code == "channel.certificate_unknown"
        assert unknown.value.params["fingerprint"] == certificate.fingerprint


def test_that_a_changed_certificate_is_refused(
    smtp: SmtpServer, imap: ImapServer, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    other = make_certificate(tmp_path, "other").fingerprint
    for channel in (
        account(tmp_path, fixed_clock, MailServer("127.0.0.1", smtp.port, other)),
        account(tmp_path, fixed_clock, incoming=MailServer("127.0.0.1", imap.port, other)),
    ):
        with pytest.raises(KnownError) as changed:
            channel.check()
        assert changed.value.code == "channel.certificate_changed"


def test_that_a_server_without_encryption_gets_nothing(
    certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    server = SmtpServer(certificate, offers_tls=False)
    try:
        with pytest.raises(KnownError) as bare:
            account(tmp_path, fixed_clock, out_of(server, certificate)).check()
        assert bare.value.code == "channel.no_encryption"
    finally:
        server.close()


def test_that_the_words_of_a_letter_are_for_people_and_its_mark_for_programs(tmp_path: Path) -> None:
    (letter,) = letters_of(package(tmp_path, 1000))
    head = letter.partition(b"\r\n\r\n")[0]
    part = part_of(head)
    assert part is not None
    assert (part.name, part.size) == (NAME, 1000)
    assert part.sha256 == hashlib.sha256((tmp_path / "package-1-1000").read_bytes()).hexdigest()
    assert b"Subject: [shnor " in head
    assert head.isascii()


@pytest.mark.parametrize("address", ["", "school", "a@b@c", "a@example.ru\r\nBcc: x@example.ru", "школа@example.ru"])
def test_that_no_letter_goes_to_what_is_no_address(
    smtp: SmtpServer, certificate: ServerCertificate, tmp_path: Path, fixed_clock: FixedClock, address: str
) -> None:
    with pytest.raises(KnownError) as refused:
        account(tmp_path, fixed_clock, out_of(smtp, certificate)).send(package(tmp_path, 10), NAME, address)
    assert refused.value.code == "channel.mail_address_malformed"


def test_that_a_server_is_read_as_people_write_it() -> None:
    assert server_of(" smtp.example.ru ", 465) == MailServer("smtp.example.ru", 465)
    assert server_of("smtp.example.ru:587", 465) == MailServer("smtp.example.ru", 587)
    assert server_of("", 465) is None
    with pytest.raises(KnownError):
        server_of("https://x", 465)
