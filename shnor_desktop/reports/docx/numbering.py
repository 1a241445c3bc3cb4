"""Lists of Word: bullets, and numbers that begin anew in every list."""

from __future__ import annotations

from typing import Any

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart

from shnor_desktop.reports.docx.markup import NAMESPACES

_LEVEL = (
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
    '<w:pPr><w:ind w:left="709" w:hanging="425"/></w:pPr></w:lvl>'
)


class Numbering:
    """The lists of one document, beside those that its template has."""

    def __init__(self, document: Any) -> None:
        self._root = _part(document).element
        taken = [int(one.get(qn("w:abstractNumId"))) for one in self._root.findall(qn("w:abstractNum"))]
        self._abstract = max(taken, default=-1) + 1
        self._next = max((int(one.get(qn("w:numId"))) for one in self._root.findall(qn("w:num"))), default=0) + 1
        places = list(self._root.findall(qn("w:num")))
        for at, (kind, text) in enumerate((("bullet", "–"), ("decimal", "%1."))):
            level = _LEVEL.format(kind=kind, text=text)
            abstract = parse_xml(
                f'<w:abstractNum {NAMESPACES} w:abstractNumId="{self._abstract + at}">'
                f'<w:multiLevelType w:val="singleLevel"/>{level}</w:abstractNum>'
            )
            if places:
                places[0].addprevious(abstract)  # the schema wants them before every list
            else:
                self._root.append(abstract)
        self._bullets = self._list(self._abstract)

    @property
    def bullets(self) -> int:
        """The number of the list with dashes; one does for the whole document."""
        return self._bullets

    def begin_numbers(self) -> int:
        """The number of a new numbered list."""
        return self._list(self._abstract + 1)

    def _list(self, abstract: int) -> int:
        number = self._next
        self._next += 1
        element = parse_xml(
            f'<w:num {NAMESPACES} w:numId="{number}"><w:abstractNumId w:val="{abstract}"/>'
            '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        )
        end = self._root.find(qn("w:numIdMacAtCleanup"))
        if end is None:
            self._root.append(element)
        else:
            end.addprevious(element)
        return number


def _part(document: Any) -> Any:
    """The numbering of the document; one without any lists has no such part yet."""
    for relation in document.part.rels.values():
        if relation.reltype == RELATIONSHIP_TYPE.NUMBERING:
            return relation.target_part
    empty = f"<w:numbering {NAMESPACES}/>".encode()
    part = NumberingPart.load(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, empty, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)
    return part
