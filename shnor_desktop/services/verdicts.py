"""The verdict on a file that came: what became of it, in the words of the trade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.system.wording import Message, phrase


class VerdictCode(StrEnum):
    """What became of a file; the captions are what a person reads."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_REMARKS = "accepted_with_remarks"
    ALREADY_HERE = "already_here"
    OLDER = "older"
    WRONG_SCHOOL = "wrong_school"
    SENDER_UNKNOWN = "sender_unknown"
    DAMAGED = "damaged"
    NEWER_FORMAT = "newer_format"
    NOT_STORED = "not_stored"
    RECALLED = "recalled"

    @property
    def caption(self) -> str:
        """The verdict in the words of the trade."""
        return _CAPTIONS[self]

    @property
    def is_fine(self) -> bool:
        """Whether the file is no fault of anybody's."""
        return self in (
            VerdictCode.ACCEPTED,
            VerdictCode.ACCEPTED_WITH_REMARKS,
            VerdictCode.ALREADY_HERE,
            VerdictCode.OLDER,
        )


_CAPTIONS = {
    VerdictCode.ACCEPTED: "принят",
    VerdictCode.ACCEPTED_WITH_REMARKS: "принят с замечаниями",
    VerdictCode.ALREADY_HERE: "уже был",
    VerdictCode.OLDER: "старее имеющегося",
    VerdictCode.WRONG_SCHOOL: "не та школа",
    VerdictCode.SENDER_UNKNOWN: "отправитель не подтверждён",
    VerdictCode.DAMAGED: "повреждён",
    VerdictCode.NEWER_FORMAT: "новая версия формата",
    VerdictCode.NOT_STORED: "не записан",
    VerdictCode.RECALLED: "часть отозвана",
}


@dataclass(frozen=True, slots=True)
class Changed:
    """What taking a package in changed in the data of its school."""

    rows: int = 0
    remarks: int = 0
    """How many of the rows are remarks, or messages in their threads."""
    conflicts: int = 0
    """How many more fields wait for a decision."""
    is_first: bool = False
    """Nothing of the school was here before."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one file. `fingerprint` is to be compared by phone when the sender is unknown."""

    file: str
    code: VerdictCode
    message: Message
    school: str = ""
    sender: str = ""
    number: int = 0
    package: str = ""
    fingerprint: str = ""
    cause: str = ""
    """The code of the failure behind the verdict, empty when there was none."""
    notes: tuple[str, ...] = ()
    methodology: str = ""
    """The methodology that the package names, in words."""
    details: tuple[str, ...] = ()
    """What has no code: which rows of a colleague were not taken, in words."""
    changed: Changed = Changed()
    kind: str = ""
    """What the package is, as it says itself."""

    @property
    def note_words(self) -> tuple[str, ...]:
        """The notes as a person reads them."""
        return (*(phrase(note, methodology=self.methodology) for note in self.notes), *self.details)


class Refused(Exception):
    """A verdict that ends the work on a file."""

    def __init__(self, code: VerdictCode, error: KnownError) -> None:
        super().__init__(code)
        self.code = code
        self.error = error
