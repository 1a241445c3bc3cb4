"""Whom a desk must not believe: forged, replayed and foreign invitations, revoked and foreign keys, old lists."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import Authority
from shnor_desktop.exchange.certificates import Certificate, subject_of
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.revocations import SignedList, sign_list
from shnor_desktop.exchange.trust import encode, read_trust, write_trust
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import (
    authorities,
    authority_desk,
    enrolled_people,
    enrolment,
    enrolment_requests,
    packages,
    records,
    trust_lists,
)
from shnor_desktop.services.arrivals import Verdict, import_package
from shnor_desktop.services.verdicts import VerdictCode
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import add_teacher
from tests.services.exchange_desks import desks as desks
from tests.services.exchange_desks import without_check as without_check
from tests.services.trust_desks import PASSPHRASE, TrustDesks, same
from tests.services.trust_desks import light_passphrases as light_passphrases
from tests.services.trust_desks import trust as trust


def state(workspace: Workspace) -> tuple[object, ...]:
    """Everything that a refusal must leave as it was."""
    with workspace.reading() as reader:
        kept = {kind: reader.records.kept(kind) for kind in ("authority", "revocations", "asked", "invitation")}
        kept |= {kind: reader.records.kept(kind) for kind in ("request", "enrolled", "recipient", "replica-school")}
        return (kept, reader.records.signers(), reader.records.packages(), reader.records.meta("code"))


def refused(workspace: Workspace, file: Path, trust: str = "") -> Verdict:
    """The verdict on a file that changes nothing."""
    before, identity = state(workspace), workspace.identity.certificate
    verdict = import_package(workspace, file, trust)
    assert not verdict.code.is_fine or verdict.code is VerdictCode.ALREADY_HERE, verdict
    assert state(workspace) == before
    assert workspace.identity.certificate == identity
    return verdict


def digits(workspace: Workspace) -> str:
    """What the person reads out."""
    return workspace.identity.certificate.fingerprint_words


def test_that_an_invitation_is_believed_only_after_the_digits_of_its_centre(trust: TrustDesks) -> None:
    request = trust.ask(trust.school)
    made = authority_desk.invite(trust.centre, request, PASSPHRASE, trust.flash).path
    verdict = refused(trust.school, made)
    assert (verdict.code, verdict.fingerprint) == (VerdictCode.SENDER_UNKNOWN, digits(trust.centre))
    assert refused(trust.school, made, digits(trust.school)).code is VerdictCode.SENDER_UNKNOWN
    assert import_package(trust.school, made, digits(trust.centre)).code is VerdictCode.ACCEPTED
    assert refused(trust.school, made, digits(trust.centre)).code is VerdictCode.ALREADY_HERE


def test_that_an_invitation_answers_one_request_of_one_computer(trust: TrustDesks) -> None:
    first = trust.ask(trust.school)
    made = authority_desk.invite(trust.centre, first, PASSPHRASE, trust.flash).path
    other = trust.other_school()
    assert refused(other, made, digits(trust.centre)).code in (VerdictCode.WRONG_SCHOOL, VerdictCode.DAMAGED)
    trust.ask(other)
    assert not import_package(other, made, digits(trust.centre)).code.is_fine
    trust.ask(trust.school)
    assert refused(trust.school, made, digits(trust.centre)).cause == "enrolment.other_request"
    enrolment.withdraw(trust.school)
    assert refused(trust.school, made, digits(trust.centre)).cause == "enrolment.other_request"


def forged_invitation(trust: TrustDesks, change: Callable[[TrustDesks, str], None]) -> Path:
    """An invitation of the centre after something at the centre was tampered with."""
    request = trust.ask(trust.school)
    authority_desk.invite(trust.centre, request, PASSPHRASE, trust.flash)
    change(trust, request)
    return authority_desk.write_invitation(trust.centre, request, trust.flash).path


def under_other_authority(trust: TrustDesks, _request: str) -> None:
    """The chain is another authority's, the certificate is not."""
    other = Authority.create("moc-1", "МОЦ Лесного района", trust.clock.now())
    with trust.centre.writing() as transaction:
        authorities.keep_chain(transaction.records, other.chain)


def for_other_school(trust: TrustDesks, request: str) -> None:
    """The rightful authority, another school."""
    reissue(trust, request, WriterRole.SCHOOL, "another-school")


def for_other_role(trust: TrustDesks, request: str) -> None:
    """The rightful authority, a higher role."""
    reissue(trust, request, WriterRole.MUNICIPAL, "")


def as_authority(trust: TrustDesks, request: str) -> None:
    """The certificate in it is that of the authority itself."""
    put_certificate(trust, request, authorities_of(trust)[0])


def authorities_of(trust: TrustDesks) -> tuple[Certificate, ...]:
    """The chain of the centre."""
    with trust.centre.reading() as reader:
        return authorities.chain(reader.records)


def put_certificate(trust: TrustDesks, request: str, certificate: Certificate) -> None:
    """Let the invitation hold another certificate."""
    with trust.centre.writing() as transaction:
        found = enrolment_requests.of(transaction.records, request)
        assert found is not None
        named = enrolled_people.of(transaction.records, found.issued)
        assert named is not None
        enrolled_people.keep(transaction.records, msgspec.structs.replace(named, certificate=encode(certificate.der)))


def reissue(trust: TrustDesks, request: str, role: WriterRole, school: str) -> None:
    """Put another certificate of the same key into the invitation."""
    with trust.centre.writing() as transaction:
        found = enrolment_requests.of(transaction.records, request)
        assert found is not None
        named = enrolled_people.of(transaction.records, found.issued)
        assert named is not None
        authority = authority_desk.open_authority(trust.centre, PASSPHRASE)
        subject = subject_of(named.code, role, named.name, named.name, school=school)
        issued = authority.issue(found.key.point, subject, trust.clock.now())
        body = msgspec.structs.replace(named, certificate=encode(issued.der), school=school or "x", role=role.value)
        enrolled_people.keep(transaction.records, body)


@pytest.mark.parametrize("change", [under_other_authority, for_other_school, for_other_role, as_authority])
def test_that_a_forged_invitation_is_refused(trust: TrustDesks, change: Callable[[TrustDesks, str], None]) -> None:
    made = forged_invitation(trust, change)
    assert refused(trust.school, made, digits(trust.centre)).cause


def test_that_a_school_invites_nobody(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    with pytest.raises(KnownError) as caught:
        authority_desk.create(trust.school, PASSPHRASE)
    assert caught.value.code == "store.other_desk"


def test_that_a_centre_of_another_authority_is_refused_once_one_is_trusted(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    file = enrolment.request(trust.school, trust.flash, "Образцова Анна Ивановна").path
    import_package(trust.centre, file)
    request = authority_desk.requests(trust.centre)[0].id
    authority_desk.invite(trust.centre, request, PASSPHRASE, trust.flash)
    under_other_authority(trust, request)
    other = Authority.create("moc-1", "МОЦ Лесного района", trust.clock.now())
    own = trust.centre.identity
    with trust.centre.writing() as transaction:
        authorities.keep_chain(transaction.records, other.chain)
    trust.centre.write_as(
        Identity(own.key, other.issue(own.certificate.point, own.certificate.subject, trust.clock.now()), other.chain),
        trust.centre.writer,
    )
    reissue_by(trust, request, other)
    made = authority_desk.write_invitation(trust.centre, request, trust.flash).path
    assert refused(trust.school, made, digits(trust.centre)).cause == "enrolment.other_authority"


def reissue_by(trust: TrustDesks, request: str, other: Authority) -> None:
    """The same certificate by another authority."""
    with trust.centre.reading() as reader:
        found = enrolment_requests.of(reader.records, request)
    assert found is not None
    subject = subject_of(found.code, WriterRole.SCHOOL, found.name, found.name, school=found.school)
    put_certificate(trust, request, other.issue(found.key.point, subject, trust.clock.now()))


def test_that_a_request_for_a_school_shows_the_name_that_the_centre_knows(trust: TrustDesks) -> None:
    """A thief who knows the id of a school asks for it under its own name."""
    trust.enrol(trust.school)
    import_package(trust.centre, trust.send(trust.school))
    thief = trust.other_school()
    thief.join(trust.school.school)
    file = enrolment.request(thief, trust.flash, "Образцова Анна Ивановна").path
    verdict = import_package(trust.centre, file)
    assert verdict.notes == ("package.note_request_name",)
    request = authority_desk.requests(trust.centre)[0]
    assert (request.school_name, request.said_name) == ("МАОУ «Лесная СОШ»", "МАОУ «Степная СОШ»")


def test_that_a_request_in_the_name_of_another_key_is_refused(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    thief = trust.other_school()
    trust.enrol(thief)
    own, stolen = thief.identity, trust.school.identity
    file = enrolment.request(thief, trust.flash, "Образцова Анна Ивановна", "rollover").path
    assert import_package(trust.centre, file).code.is_fine
    asked = enrolment.pending(thief)
    assert asked is not None
    thief.write_as(replace(own, certificate=stolen.certificate, chain=stolen.chain), thief.writer)
    with pytest.raises(KnownError):
        enrolment.request(thief, trust.flash, "Образцова Анна Ивановна", "rollover")


def test_that_a_revoked_computer_is_refused_everywhere_and_what_came_before_stays(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    import_package(trust.centre, trust.send(trust.school))
    before = trust.send(trust.school, full=True)
    authority_desk.revoke(trust.centre, trust.school.identity.certificate.fingerprint, "stolen", PASSPHRASE)
    add_teacher(trust.school, "Чужая Вера Петровна")
    for file in (before, trust.send(trust.school)):
        assert refused(trust.centre, file).cause == "package.sender_revoked"
    with trust.centre.reading() as reader:
        assert reader.schools()
    answer = packages.export_methodology(trust.centre, trust.flash).path
    import_package(trust.school, answer)
    assert enrolment.standing(trust.school).is_revoked
    with pytest.raises(KnownError) as caught:
        authority_desk.revoke(trust.centre, trust.school.identity.certificate.fingerprint, "lost", PASSPHRASE)
    assert caught.value.code == "enrolment.already_revoked"


def test_that_an_ended_certificate_is_refused_when_both_clocks_say_so(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    good = trust.send(trust.school)
    trust.clock.advance(timedelta(days=365 * 11))
    late = trust.send(trust.school, full=True)
    assert refused(trust.centre, late).cause == "package.sender_expired"
    verdict = import_package(trust.centre, good)
    assert verdict.code is VerdictCode.ACCEPTED_WITH_REMARKS
    assert verdict.notes == ("package.note_clock",)


def test_that_a_school_says_nothing_about_another_one(trust: TrustDesks) -> None:
    other = trust.other_school()
    trust.enrol(trust.school)
    trust.enrol(other)
    own = other.identity
    other.write_as(replace(trust.school.identity), other.writer)
    file = packages.export_package(other, trust.flash, plain=True).path
    assert refused(trust.centre, file).code is VerdictCode.WRONG_SCHOOL
    other.write_as(own, other.writer)
    assert import_package(trust.centre, trust.send(other)).code.is_fine
    assert same(other, trust.centre, other.school)


def with_list(trust: TrustDesks, monkeypatch: pytest.MonkeyPatch, found: SignedList) -> Verdict:
    """The school takes a package of the centre that carries this list."""
    real = trust_lists.trust_member

    def changed(*arguments: object) -> bytes | None:
        told = real(*arguments)  # type: ignore[arg-type]
        return None if told is None else write_trust(replace(read_trust(told), revoked=found))

    monkeypatch.setattr(packages, "trust_member", changed)
    file = packages.export_methodology(trust.centre, trust.flash).path
    monkeypatch.setattr(packages, "trust_member", real)
    return import_package(trust.school, file)


def test_that_a_forged_or_older_list_is_not_taken(trust: TrustDesks, monkeypatch: pytest.MonkeyPatch) -> None:
    other = trust.other_school()
    trust.enrol(trust.school)
    trust.enrol(other)
    authority = authority_desk.open_authority(trust.centre, PASSPHRASE)
    first = sign_list(authority, 1, "2024-09-02T08:00:00Z", [])
    authority_desk.revoke(trust.centre, other.identity.certificate.fingerprint, "lost", PASSPHRASE)
    import_package(trust.school, packages.export_methodology(trust.centre, trust.flash).path)
    with trust.school.reading() as reader:
        known = authorities.revocations(reader.records)
    assert known is not None
    assert [one.fingerprint for one in known.contents.entries] == [other.identity.certificate.fingerprint]
    stranger = Authority.create("moc-1", "МОЦ Лесного района", trust.clock.now())
    forged = sign_list(stranger, 9, "2024-09-02T08:00:00Z", [])
    tampered = SignedList(msgspec.structs.replace(known.contents, number=9, entries=()), known.signature)
    for found, notes in (
        (forged, ("package.note_list_forged",)),
        (tampered, ("package.note_list_forged",)),
        (first, ("package.note_list_forged",)),
    ):
        verdict = with_list(trust, monkeypatch, found)
        assert verdict.notes == notes, verdict
        with trust.school.reading() as reader:
            assert authorities.revocations(reader.records) == known


def test_that_an_authority_hands_over_and_the_schools_follow_without_a_call(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    authority_desk.succeed(trust.centre, PASSPHRASE, "совсем другая фраза тут")
    import_package(trust.centre, trust.send(trust.school))
    answer = packages.export_receipt(trust.centre, trust.school.school, trust.flash).path
    assert import_package(trust.school, answer).code is VerdictCode.ACCEPTED
    with trust.school.reading() as reader:
        assert len(authorities.chain(reader.records)) == 2
    other = trust.other_school()
    request = trust.ask(other)
    made = authority_desk.invite(trust.centre, request, "совсем другая фраза тут", trust.flash).path
    assert import_package(other, made, digits(trust.centre)).code is VerdictCode.ACCEPTED
    with pytest.raises(KnownError) as caught:
        authority_desk.revoke(trust.centre, "0" * 64, "lost", PASSPHRASE)
    assert caught.value.code == "authority.passphrase_wrong"


def test_that_nobody_carries_in_what_a_revoked_computer_wrote_later(trust: TrustDesks) -> None:
    trust.enrol(trust.school)
    import_package(trust.centre, trust.send(trust.school))
    deputy = trust.second()
    trust.answer(deputy, trust.ask(deputy, "second"), school=trust.school.school)
    trust.meet_all()
    authority_desk.revoke(trust.centre, trust.school.identity.certificate.fingerprint, "stolen", PASSPHRASE)
    add_teacher(trust.school, "Чужая Вера Петровна")
    assert import_package(deputy, trust.send(trust.school, full=True)).code.is_fine
    add_teacher(deputy, "Показова Нина Павловна")
    assert import_package(trust.centre, trust.send(deputy)).code.is_fine
    answer = packages.export_receipt(trust.centre, trust.school.school, trust.flash).path
    assert import_package(deputy, answer).code.is_fine
    for desk in (trust.centre, deputy):
        names = {row.full_name for row in records.rows(desk, StaffMember, trust.school.school)}
        assert names == {"Образцова Анна Ивановна", "Показова Нина Павловна"}
    assert same(deputy, trust.centre, trust.school.school)
    assert refused(deputy, trust.send(trust.school, full=True)).cause == "package.sender_revoked"
