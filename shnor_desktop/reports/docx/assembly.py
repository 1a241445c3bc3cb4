"""A Word file put together: the template with its names filled, the body in its place, properties without people."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports import content as c
from shnor_desktop.reports.docx.body import BodyWriter
from shnor_desktop.reports.docx.markup import NAMESPACES
from shnor_desktop.reports.docx.page_turns import PageTurns
from shnor_desktop.reports.docx.template import STAMPS_MARK, TEXT_MARK, filled
from shnor_desktop.reports.office_zip import repacked
from shnor_desktop.reports.printable_text import printable

_FIXED_MOMENT = datetime(2000, 1, 1)  # noqa: DTZ001 the format keeps it without a zone
_PEOPLE = ("author", "last_modified_by", "comments", "category", "keywords", "subject", "identifier", "version")
# Properties that name a company or a manager, and a picture of the first page.
_LEFT_OUT = (RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL)


def assembled(document: c.Document, template: bytes, fonts: Path, name: str) -> bytes:
    """The file as bytes; KnownError report.template_*, report.fonts_missing."""
    opened = filled(template, document, name)
    body = opened.element.body
    try:
        turns = PageTurns(opened)
        writer = BodyWriter(opened, turns, fonts)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # A part of the template is something else than its name says.
        raise KnownError("report.template_not_docx", file=name) from error
    _put_stamps(body, document, writer)
    before, after = _halves(body)
    blocks, has_own_cover = document.blocks, _has_text(before)
    if has_own_cover and document.cover is not None:
        blocks = _after_cover(blocks)
        writer.begin_page()
    turns.begin(turned=document.landscape)
    written = _elements(writer.blocks(blocks))
    last = body.find(qn("w:sectPr"))
    for element in [*written, *after]:
        last.addprevious(element)
    turns.finish()
    clean(opened, document.title)
    target = BytesIO()
    opened.save(target)
    return repacked(target.getvalue())


def _put_stamps(body: Any, document: c.Document, writer: BodyWriter) -> None:
    for place in _places(body, STAMPS_MARK):
        stamps = document.cover.stamps if document.cover is not None else c.StampRow(())
        for element in _elements(writer.stamps(stamps)):
            place.addprevious(element)
        place.getparent().remove(place)


def _places(body: Any, mark: str) -> list[Any]:
    found = []
    for paragraph in body.iter(qn("w:p")):
        if mark in "".join(text.text or "" for text in paragraph.iter(qn("w:t"))):
            found.append(paragraph)
    return found


def _halves(body: Any) -> tuple[list[Any], list[Any]]:
    """What the template holds before the place of the text, and after it: that is taken out of the body for now."""
    own = [element for element in body if element.tag != qn("w:sectPr")]
    marks = _places(body, TEXT_MARK)
    if not marks:
        if own and not _has_text(own):
            for element in own:
                body.remove(element)
            own = []
        return own, []
    place = marks[0]
    while place.getparent() is not body:
        place = place.getparent()
    at = own.index(place)
    for element in own[at:]:
        body.remove(element)
    return own[:at], [element for element in own[at + 1 :] if element.tag != qn("w:p") or _has_text([element])]


def _has_text(elements: list[Any]) -> bool:
    kinds = (qn("w:t"), qn("w:drawing"), qn("w:tbl"))
    return any(found.text or found.tag != kinds[0] for one in elements for found in one.iter(*kinds))


def _after_cover(blocks: tuple[c.Block, ...]) -> tuple[c.Block, ...]:
    at = next((at for at, block in enumerate(blocks) if isinstance(block, c.PageBreak)), len(blocks))
    return blocks[at + 1 :]


def _elements(markup: str) -> list[Any]:
    return list(parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>"))


def clean(opened: Any, title: str) -> None:
    """Leave nothing in the properties that names a person, an organisation or a day."""
    properties = opened.core_properties
    for field in _PEOPLE:
        setattr(properties, field, "")
    properties.title = printable(title)[:255]
    properties.language = "ru-RU"
    properties.created = properties.modified = properties.last_printed = _FIXED_MOMENT
    properties.revision = 1
    package = opened.part.package
    for key, relation in list(package.rels.items()):
        if relation.reltype in _LEFT_OUT:
            del package.rels[key]
