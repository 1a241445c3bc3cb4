"""One package of the corpus: its bytes, and what must become of it."""

from __future__ import annotations

from dataclasses import dataclass

INTACT = "intact"
DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Vector:
    """`code` and `cause` are those of the verdict of a centre that knows the school of `hand_made`.

    `package verify` says the same of a damaged file and of one in a newer format; of every other one that it is intact.
    """

    family: str
    name: str
    data: bytes
    cause: str
    code: str = DAMAGED
    notes: tuple[str, ...] = ()
    """Codes of the notes of a verdict that is «accepted with remarks»."""

    @property
    def kind(self) -> str:
        """The folder: what was changed after it was signed, what was signed and is wrong, and what is right."""
        if self.family in {"structure", "signature"}:
            return "tampered"
        return "valid" if self.family == "valid" else "invalid"

    @property
    def file(self) -> str:
        """Path inside the corpus."""
        return f"{self.kind}/{self.family}-{self.name}.shnor"

    @property
    def verify(self) -> tuple[str, str]:
        """Code and cause of `package verify`."""
        return (self.code, self.cause) if self.code in {DAMAGED, "newer_format"} else (INTACT, "")
