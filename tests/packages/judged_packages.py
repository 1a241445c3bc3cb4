"""Vectors that are sound and are judged by who signed, for which school and how their chain goes on; and right ones."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.log import MAX_LAMPORT, ChangeRef, Head
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.authority import Authority
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.exchange.cms import sign_detached
from shnor_desktop.exchange.container import prepare_attached, read_container_bytes
from shnor_desktop.exchange.keys import Identity, new_key
from shnor_desktop.exchange.package import MANIFEST
from shnor_desktop.exchange.revocations import Reason, SignedList, entry, sign_list
from shnor_desktop.exchange.zip_layout import MANIFEST_NAME, SIGNATURE_NAME
from tests.exchange.sample import seeded, zipped
from tests.packages.broken_archives import parts_of
from tests.packages.hand_made import NAME, NOW, HandMade, identity, row_id
from tests.packages.vector import Vector

FIRST_NUMBER = 3
MOMENT = "2024-09-02T08:00:00Z"
ACCEPTED, REMARKS = "accepted", "accepted_with_remarks"


def judged_vectors() -> Iterator[Vector]:
    """Every vector of these families."""
    yield from _right()
    yield from _senders()
    yield from _issued()
    yield from _chains()


def first() -> HandMade:
    """The school as it is when the centre meets it."""
    return HandMade.usual()


def first_package() -> bytes:
    """The package by which the centre of the tests met the school."""
    made = first()
    return made.package(made.members(number=FIRST_NUMBER))


@cache
def authority(seed: str = "authority", years_ago: int = 0) -> Authority:
    """The authority that the centre of the tests trusts, or another one."""
    moment = NOW - timedelta(days=365 * years_ago)
    return Authority.create("moc-1", "МОЦ Лесного района", moment, entropy=seeded(f"{seed} {years_ago}"))


@cache
def issued(seed: str, school: str, code: str = "72-020", years_ago: int = 0, by: str = "authority") -> Identity:
    """A computer of a school with a certificate of an authority."""
    above = authority(by, 0)
    key = new_key(seeded(f"{seed} key"))
    plain = subject_of(code, WriterRole.SCHOOL, NAME, NAME)
    own = Identity(key, Identity.create(plain, NOW, seeded(f"{seed} key")).certificate)
    subject = replace(plain, school=school)
    moment = NOW - timedelta(days=365 * years_ago)
    return Identity(key, above.issue(own.certificate.point, subject, moment, seeded(seed)), above.chain)


def revoked_list() -> SignedList:
    """What the centre of the tests has revoked."""
    lost = issued("lost", row_id("school of lost")).certificate
    return sign_list(authority(), 1, MOMENT, [entry(lost, next(iter(Reason)), MOMENT)])


def _vector(family: str, name: str, data: bytes, code: str, cause: str = "") -> Vector:
    return Vector(family, name, data, cause, code)


def _noted(family: str, name: str, data: bytes, *notes: str) -> Vector:
    """One that is taken, with notes."""
    return Vector(family, name, data, "", REMARKS, tuple(f"package.note_{note}" for note in notes))


def _next(**said: Any) -> tuple[HandMade, dict[str, bytes]]:
    """The school with one more step of work, and the members of its next package."""
    made = first()
    known = len(made.made)
    _moves(made)
    return made, made.members(batches=made.made[known:], **{"number": FIRST_NUMBER + 1, **said})


def _moves(made: HandMade) -> None:
    """The next step of work: the name of the district is another, instead of the one before."""
    known = ChangeRef(made.made[0].batch.name, 2)
    made.says(("school", made.school, "municipality", "Горный муниципальный район"), replaces=[known])


def _right() -> Iterator[Vector]:
    yield _vector("valid", "first-again", first_package(), "already_here", "package.already_here")
    made, members = _next()
    yield _vector("valid", "next", made.package(members), ACCEPTED)
    empty = first()
    yield _vector("valid", "nothing-new", empty.package(empty.members(batches=[], number=FIRST_NUMBER + 1)), ACCEPTED)
    yield _vector("valid", "older", empty.package(empty.members(number=1)), "older")
    made, members = _next(number=MAX_LAMPORT)
    yield _vector("valid", "number-far-ahead", made.package(members), ACCEPTED)
    later = canonical_json({**made.manifest(format=[1, 9], number=FIRST_NUMBER + 1, unheard=[1])})
    counted = {**made.members(), "voice.ogg": b"OggS", MANIFEST: later}
    yield _vector("valid", "later-minor", made.package(counted), ACCEPTED)
    made, members = _next()
    stream = io.BytesIO()
    container = read_container_bytes(made.package(members))
    prepare_attached(container, b"no signature at all", made.writer, NOW).write_to(stream)
    yield _vector("valid", "qualified-that-is-none", stream.getvalue(), ACCEPTED)
    for name, years in {"clock-behind": -30, "clock-ahead": 30}.items():
        made = first()
        made.moment = NOW + timedelta(days=365 * years)
        _moves(made)
        yield _noted("valid", name, made.package(made.members(number=FIRST_NUMBER + 1)), "clock")
    own = HandMade.usual(issued("computer", row_id("school"), "72-014"))
    yield _vector("valid", "issued", own.package(), ACCEPTED)


def _senders() -> Iterator[Vector]:
    unknown, differs = "package.sender_unknown", "package.sender_differs"
    thief = identity("thief")
    mine = HandMade.usual(thief)
    yield _vector("sender", "unknown-key-under-a-known-code", mine.package(), "sender_unknown", unknown)
    stranger = HandMade.usual(identity("stranger", "72-099"))
    yield _vector("sender", "stranger", stranger.package(), "sender_unknown", unknown)
    made, members = _next()
    yield _vector("sender", "signed-anew-by-another", made.package(members, thief), "sender_unknown", differs)
    for name, said in {
        "other-code": {"code": "72-015"},
        "other-role": {"role": "municipal"},
        "other-fingerprint": {"fingerprint": "0" * 64},
    }.items():
        sender = {**made.manifest()["sender"], **said}
        made, members = _next(sender=sender)
        yield _vector("sender", f"named-{name}", made.package(members), "sender_unknown", differs)
    demo = HandMade.usual(identity("demo", is_demo=True))
    yield _vector("sender", "of-a-demo", demo.package(), "sender_unknown", "package.demo_sender")
    for role in (WriterRole.METHODIST, WriterRole.MUNICIPAL):
        other = HandMade.usual(identity(role.value, "72-030", role))
        yield _vector("sender", f"role-{role.value}", other.package(), "wrong_school", "package.other_desk")
    answers = {"id": "a" * 64, "number": 1, "verdict": "accepted"}
    for kind, more in {"receipt": {"answers": answers}, "visit": {}}.items():
        made = first()
        said = made.members(batches=[], kind=kind, format=[1, 3], **more)
        yield _vector("sender", f"{kind}-of-a-school", made.package(said), "wrong_school", "package.other_desk")
    foreign = HandMade.usual()
    foreign.school = row_id("other school")
    foreign.made.clear()
    foreign.head = Head(0, "")
    foreign.says(("school", foreign.school, "code", "72-014"))
    wrong = ("wrong_school", "package.wrong_school")
    yield _vector("sender", "another-school-under-a-known-key", foreign.package(), *wrong)


def _issued() -> Iterator[Vector]:
    home = row_id("school of lost")
    lost = HandMade.usual(issued("lost", home))
    yield _vector("trust", "revoked", lost.package(), "sender_unknown", "package.sender_revoked")
    plain = subject_of("72-020", WriterRole.SCHOOL, NAME, NAME)
    alone = HandMade.usual(Identity.create(plain, NOW, seeded("lost key")))
    yield _vector("trust", "revoked-key-alone", alone.package(), "sender_unknown", "package.sender_revoked")
    expired = HandMade.usual(issued("expired", row_id("school"), "72-014", years_ago=11))
    yield _vector("trust", "expired", expired.package(), "sender_unknown", "package.sender_expired")
    other = HandMade.usual(issued("other authority", row_id("school"), "72-021", by="another authority"))
    yield _vector("trust", "of-another-authority", other.package(), "sender_unknown", "package.sender_unknown")
    elsewhere = HandMade.usual(issued("elsewhere", row_id("their school"), "72-022"))
    yield _vector("trust", "of-another-school", elsewhere.package(), "wrong_school", "package.wrong_school")
    renamed = HandMade.usual(issued("computer", row_id("school"), "72-014"))
    renamed.school = row_id("their school")
    renamed.made.clear()
    renamed.head = Head(0, "")
    renamed.says(("school", renamed.school, "code", "72-022"))
    yield _vector("trust", "renamed-to-another-school", renamed.package(), "wrong_school", "package.wrong_school")
    whole = {str(name): part for name, part in parts_of(renamed.package())}
    bare = sign_detached(whole[MANIFEST_NAME], renamed.writer.key, renamed.writer.certificate, NOW)
    data = zipped({**whole, SIGNATURE_NAME: bare}.items())
    yield _vector("trust", "without-the-chain", data, "damaged", "package.chain_broken")


def _chains() -> Iterator[Vector]:
    made, members = _next()
    known = made.made[:-1]
    step = made.made[-1:]
    number = FIRST_NUMBER + 1
    yield _noted("chain", "without-seal", made.package(made.members(step, [], number=number)), "gap")
    before = made.seal(known[-1].batch.head)
    yield _noted("chain", "seal-of-the-step-before", made.package(made.members(step, [before], number=number)), "gap")
    beyond = made.seal(Head(made.head.sequence + 5, "b" * 64))
    yield _noted("chain", "seal-beyond", made.package(made.members(step, [beyond], number=number)), "gap")
    thief = identity("thief")
    stolen = made.seal(signer=thief)
    yield _noted("chain", "seal-by-another-key", made.package(made.members(step, [stolen], number=number)), "gap")
    broken = replace(made.seal(), signature=bytes(64))
    yield _noted("chain", "seal-of-zeros", made.package(made.members(step, [broken], number=number)), "gap")
    gap = first()
    gap.says(("school", gap.school, "municipality", "Горный муниципальный район"), keep=True)
    gap.says(("school", gap.school, "municipality", "Речной муниципальный район"))
    yield _noted("chain", "gap", gap.package(gap.members(gap.made[-1:], number=number)), "gap")
    torn = first()
    torn.says(("school", torn.school, "municipality", "Горный муниципальный район"), previous="c" * 64)
    yield _noted(
        "chain", "previous-of-nobody", torn.package(torn.members(torn.made[-1:], number=number)), "fork", "gap"
    )
    fork = first()
    fork.made.pop()
    fork.head = fork.made[-1].batch.head
    fork.says(("school", fork.school, "municipality", "Горный муниципальный район"))
    yield _noted("chain", "fork", fork.package(fork.members(number=number)), "fork")
    forged = HandMade.usual(identity("thief"))
    forged.replica, forged.school = made.replica, made.school
    forged.made, forged.head = list(known), known[-1].batch.head
    forged.says(("school", made.school, "municipality", "Чужой муниципальный район"))
    carried = made.members(forged.made[-1:], [forged.seal()], number=number)
    yield _noted("chain", "forged-by-another-key", made.package(carried), "gap")
    other = first()
    other.replica = f"{row_id('somebody')}.{'0' * 32}"
    other.made, other.head = [], Head(0, "")
    other.says(("school", other.school, "municipality", "Чужой муниципальный район"))
    yield _noted("chain", "in-the-name-of-another-replica", other.package(other.members(number=number)), "gap")
    assert members
