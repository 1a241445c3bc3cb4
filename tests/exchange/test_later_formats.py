"""A package of a later minor version is read for what this version knows; one that cannot be is told to be newer."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.authority import Authority
from shnor_desktop.exchange.container import read_container_bytes
from shnor_desktop.exchange.package import MANIFEST, TRUST, Package, read_package
from shnor_desktop.exchange.revocations import sign_list
from shnor_desktop.exchange.trust import Person, Trust, read_trust, write_trust
from tests.exchange.sample import seeded
from tests.packages.hand_made import NOW, HandMade, identity

LATER = [1, 9]
SCHOOL = HandMade.usual()


def read(members: dict[str, bytes]) -> Package:
    """What a reader gets out of these members, rightly signed."""
    return read_package(read_container_bytes(SCHOOL.package(members)))


def refusal(members: dict[str, bytes]) -> str:
    """The code with which they are refused."""
    with pytest.raises(KnownError) as caught:
        read(members)
    return caught.value.code


def later(**said: Any) -> bytes:
    """`package.json` of a later version, with something unheard of in every place."""
    found = SCHOOL.manifest(format=LATER, unheard={"of": [1, None]}, **said)
    for name in ("sender", "receiver", "methodology", "counts"):
        found[name] = {**found[name], "unheard": "of"}
    return canonical_json(found)


def some_trust(**more: Any) -> bytes:
    """`trust.json` with an authority, a list and a person, and what else is said."""
    authority = Authority.create("moc-1", "МОЦ", NOW, entropy=seeded("authority"))
    revoked = sign_list(authority, 1, "2024-09-02T08:00:00Z", [])
    plain = json.loads(write_trust(Trust(authority.chain, revoked, (Person(identity().certificate, ""),))))
    plain["directory"][0] |= more.pop("person", {})
    plain["list"] |= more.pop("list", {})
    return canonical_json({**plain, **more})


def test_that_unknown_fields_and_members_of_a_later_version_are_passed_over() -> None:
    package = read({**SCHOOL.members(), MANIFEST: later(), "voice/note.ogg": b"OggS", "extra.json": b"{}"})
    assert package.manifest.is_newer
    assert package.manifest.school == SCHOOL.school
    assert [item.batch.name for item in package.batches] == [item.batch.name for item in SCHOOL.made]


@pytest.mark.parametrize("name", ["voice/note.ogg", "extra.json"])
def test_that_unknown_members_of_this_version_are_refused(name: str) -> None:
    assert refusal({**SCHOOL.members(), name: b"{}"}) == "package.contents_malformed"


def test_that_unknown_fields_of_this_version_are_refused() -> None:
    assert refusal({**SCHOOL.members(), MANIFEST: canonical_json(SCHOOL.manifest(unheard=1))}) == (
        "package.contents_malformed"
    )


def test_that_an_unknown_kind_is_newer_in_a_later_version_and_wrong_in_this_one() -> None:
    assert refusal({**SCHOOL.members(), MANIFEST: later(kind="hologram")}) == "package.newer_format"
    wrong = canonical_json(SCHOOL.manifest(kind="hologram"))
    assert refusal({**SCHOOL.members(), MANIFEST: wrong}) == "package.contents_malformed"


def test_that_what_is_known_of_a_later_version_keeps_its_rules() -> None:
    assert refusal({**SCHOOL.members(), MANIFEST: later(number=0)}) == "package.contents_malformed"
    assert refusal({**SCHOOL.members(), MANIFEST: later(kind=7)}) == "package.contents_malformed"


def test_that_the_next_major_version_is_newer_whatever_else_is_in_it() -> None:
    assert refusal({**SCHOOL.members(), MANIFEST: canonical_json({"format": [2, 0]})}) == "package.newer_format"


def test_that_a_later_trust_list_is_read_for_what_is_known() -> None:
    said = some_trust(person={"unheard": 1}, unheard=[1])
    found = read({**SCHOOL.members(), MANIFEST: later(), TRUST: said})
    assert found.trust == said
    trust = read_trust(said, newer=True)
    assert trust.revoked is not None
    assert [one.certificate.fingerprint for one in trust.directory] == [identity().certificate.fingerprint]
    assert refusal({**SCHOOL.members(), TRUST: said}) == "package.contents_malformed"


def test_that_a_list_of_the_revoked_in_an_unknown_form_is_left_out() -> None:
    """Its signature covers what is not understood."""
    said = some_trust(list={"unheard": 1})
    assert read_trust(said, newer=True).revoked is None
    with pytest.raises(KnownError):
        read_trust(said)


def test_that_a_trust_list_that_is_none_is_refused_by_every_reader() -> None:
    for wrong in (b"", b"[]", b'{"form":1}', some_trust(authority=[base64.b64encode(b"x").decode()])):
        assert refusal({**SCHOOL.members(), TRUST: wrong}) == "package.contents_malformed"
        assert refusal({**SCHOOL.members(), MANIFEST: later(), TRUST: wrong}) == "package.contents_malformed"
