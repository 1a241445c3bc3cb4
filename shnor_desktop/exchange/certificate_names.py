"""The names in our certificates: whom one names, in one DER layout.

CN is the name shown, O the organisation, OU the role; an authority has a second OU «AUTHORITY», a certificate of demo
data one more «DEMO»; serialNumber is the code, and UID the id of the school, where an authority said which it is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange import der

LONGEST_NAME = 64
"""Characters of CN and O (X.520, upper bounds)."""

_COMMON_NAME = der.object_id("2.5.4.3")
_SERIAL_NUMBER = der.object_id("2.5.4.5")
_ORGANISATION = der.object_id("2.5.4.10")
_UNIT = der.object_id("2.5.4.11")
_USER_ID = der.object_id("0.9.2342.19200300.100.1.1")
_AUTHORITY_UNIT, _DEMO_UNIT = "AUTHORITY", "DEMO"
_CODE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,38}[A-Za-z0-9])?", re.ASCII)
_SCHOOL = re.compile(r"[0-9A-Za-z_.-]{1,80}", re.ASCII)
_FEWEST, _MOST = 4, 7


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a certificate names; texts of at most 64 characters, the code in ASCII."""

    code: str
    role: WriterRole
    name: str
    organisation: str
    is_demo: bool = False
    is_authority: bool = False
    school: str = ""
    """The id of the school whose computer this is; only an authority says it."""


def subject_of(
    code: str, role: WriterRole, name: str, organisation: str, *, is_demo: bool = False, school: str = ""
) -> Subject:
    """A subject from free texts: spaces joined, cut to the length that a certificate may hold."""
    if _CODE.fullmatch(code) is None:
        raise KnownError("keys.code_unfit", value=code)
    return Subject(code, role, _fit(name) or code, _fit(organisation) or code, is_demo, school=school)


def write_name(subject: Subject) -> bytes:
    """The name as it stands in a certificate."""
    marks = [_AUTHORITY_UNIT] * subject.is_authority + [_DEMO_UNIT] * subject.is_demo
    return der.element(
        der.SEQUENCE,
        _attribute(_COMMON_NAME, der.UTF8_STRING, subject.name),
        _attribute(_ORGANISATION, der.UTF8_STRING, subject.organisation),
        *(_attribute(_UNIT, der.UTF8_STRING, unit) for unit in (subject.role.value, *marks)),
        _attribute(_SERIAL_NUMBER, der.PRINTABLE_STRING, subject.code),
        *([_attribute(_USER_ID, der.UTF8_STRING, subject.school)] if subject.school else []),
    )


def read_name(found: der.Element) -> Subject:
    """The subject of a name; kinds, tags and order are settled when the certificate is rebuilt."""
    pairs = [part.child(0, der.SEQUENCE).children() for part in found.children()]
    if not _FEWEST <= len(pairs) <= _MOST or any(len(pair) != 2 for pair in pairs):
        raise der.MalformedDer("number of attributes")
    texts = [value.body.decode("utf-8") for _, value in pairs]
    school = texts.pop() if pairs[-1][0].encoded == _USER_ID else ""
    name, organisation, role, *marks, code = texts
    if name != _fit(name) or organisation != _fit(organisation) or not name or not organisation:
        raise der.MalformedDer("text of the subject")
    if _CODE.fullmatch(code) is None or (school and _SCHOOL.fullmatch(school) is None):
        raise der.MalformedDer("code of the subject")
    return Subject(code, WriterRole(role), name, organisation, _DEMO_UNIT in marks, _AUTHORITY_UNIT in marks, school)


def _attribute(kind: bytes, tag: int, text: str) -> bytes:
    return der.element(der.SET, der.element(der.SEQUENCE, kind, der.element(tag, text.encode("utf-8"))))


def _fit(text: str) -> str:
    """A text as a certificate holds it: NFC, printable, single spaces, at most 64 characters."""
    shown = "".join(sign if sign.isprintable() else " " for sign in unicodedata.normalize("NFC", text))
    shown = " ".join(shown.split())
    return shown if len(shown) <= LONGEST_NAME else shown[: LONGEST_NAME - 1].rstrip() + "…"
