"""Versions of the programme: their content as it is stored, and what two of them have otherwise, word by word."""

from __future__ import annotations

from shnor_desktop.domain.programme_difference.comparing import (
    ChangeKind,
    FieldChange,
    ParagraphChange,
    PartChange,
    ProgrammeDifference,
    RowChange,
    SectionChange,
    compare,
)
from shnor_desktop.domain.programme_difference.content import (
    Part,
    PartRow,
    ProgrammeContent,
    TextParagraph,
    TextSection,
    content_bytes,
    read_content,
)
from shnor_desktop.domain.programme_difference.wording import KIND_WORDS, counts_in_words
from shnor_desktop.domain.programme_difference.words import (
    Piece,
    PieceKind,
    is_changed,
    replacements,
    same_spaces,
    word_difference,
)

__all__ = [
    "KIND_WORDS",
    "ChangeKind",
    "FieldChange",
    "ParagraphChange",
    "Part",
    "PartChange",
    "PartRow",
    "Piece",
    "PieceKind",
    "ProgrammeContent",
    "ProgrammeDifference",
    "RowChange",
    "SectionChange",
    "TextParagraph",
    "TextSection",
    "compare",
    "content_bytes",
    "counts_in_words",
    "is_changed",
    "read_content",
    "replacements",
    "same_spaces",
    "word_difference",
]
