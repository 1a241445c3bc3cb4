"""The whole programme as ready words: what a stored version holds, whatever becomes of the rows later.

Form 1 of the stored text is canonical JSON: `form`, `title`, `state`, `sections` (code, number, title, paragraphs
with id and text) and `parts` (code, title, rows with id, title and pairs of caption and value).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError

FORM = 1


@dataclass(frozen=True, slots=True)
class TextParagraph:
    """A paragraph; `id` is that of its row."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class TextSection:
    """A section with its paragraphs in order."""

    code: str
    number: str
    title: str
    paragraphs: tuple[TextParagraph, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A goal, an indicator, a measure, a stamp: pairs of caption and value as people read them."""

    id: str
    title: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one kind: «Цели и задачи», «Дорожная карта»."""

    code: str
    title: str
    rows: tuple[PartRow, ...]


@dataclass(frozen=True, slots=True)
class ProgrammeContent:
    """The programme at one moment; `state` is its caption."""

    title: str
    state: str
    sections: tuple[TextSection, ...]
    parts: tuple[Part, ...]


def content_bytes(content: ProgrammeContent) -> bytes:
    """The canonical bytes that a version is stored as: same content, same bytes."""
    return canonical_json(
        {
            "form": FORM,
            "title": content.title,
            "state": content.state,
            "sections": [
                {
                    "code": section.code,
                    "number": section.number,
                    "title": section.title,
                    "paragraphs": [{"id": one.id, "text": one.text} for one in section.paragraphs],
                }
                for section in content.sections
            ],
            "parts": [
                {
                    "code": part.code,
                    "title": part.title,
                    "rows": [
                        {"id": row.id, "title": row.title, "fields": [list(pair) for pair in row.fields]}
                        for row in part.rows
                    ],
                }
                for part in content.parts
            ],
        }
    )


def read_content(data: bytes) -> ProgrammeContent:
    """A stored version; KnownError programme.version_unreadable for anything that is none of form 1."""
    try:
        value = parse_canonical(data)
        if value["form"] != FORM:
            raise KnownError("programme.version_newer")
        return ProgrammeContent(
            title=_text(value, "title"),
            state=_text(value, "state"),
            sections=tuple(_section(one) for one in value["sections"]),
            parts=tuple(_part(one) for one in value["parts"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("programme.version_unreadable") from error
    except KnownError as error:
        if error.code.startswith("programme."):
            raise
        raise KnownError("programme.version_unreadable") from error


def _section(value: Any) -> TextSection:
    paragraphs = tuple(TextParagraph(_text(one, "id"), _text(one, "text")) for one in value["paragraphs"])
    return TextSection(_text(value, "code"), _text(value, "number"), _text(value, "title"), paragraphs)


def _part(value: Any) -> Part:
    rows = tuple(PartRow(_text(one, "id"), _text(one, "title"), _pairs(one["fields"])) for one in value["rows"])
    return Part(_text(value, "code"), _text(value, "title"), rows)


def _pairs(value: Any) -> tuple[tuple[str, str], ...]:
    found = tuple((caption, text) for caption, text in value)
    if any(not isinstance(word, str) for pair in found for word in pair):
        raise TypeError(value)
    return found


def _text(value: Mapping[str, Any], name: str) -> str:
    text = value[name]
    if not isinstance(text, str):
        raise TypeError(name)
    return text
