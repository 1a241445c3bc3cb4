"""The built-in templates of Word, as they lie in `resources/templates`: a methodist copies and changes them.

They are made once: `python -m shnor_desktop.reports.docx.built_in FOLDER` writes them anew after a change here.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from shnor_desktop.reports import content as c
from shnor_desktop.reports.docx.assembly import clean
from shnor_desktop.reports.docx.markup import MILLIMETRE, NAMESPACES, Look, field, paragraph, run
from shnor_desktop.reports.docx.styles import FACE, StyleIds, StyleName
from shnor_desktop.reports.office_zip import repacked

PROGRAMME, DOCUMENT, SHEET = "programme.docx", "document.docx", "sheet.docx"
_KEPT_STYLES = frozenset({"Normal", "Default Paragraph Font", "Normal Table", "No List"})
_KEPT_PARTS = frozenset({RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME})
_COMPATIBILITY = "http://schemas.microsoft.com/office/word"
_SETTINGS = (
    f'<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="709"/><w:autoHyphenation/>'
    '<w:consecutiveHyphenLimit w:val="3"/><w:doNotHyphenateCaps/><w:characterSpacingControl w:val="doNotCompress"/>'
    f'<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="{_COMPATIBILITY}" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="ru-RU"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
_DEFAULTS = (
    f"<w:docDefaults {NAMESPACES}><w:rPrDefault><w:rPr>"
    f'<w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:eastAsia="{FACE}" w:cs="{FACE}"/>'
    '<w:sz w:val="{size}"/><w:szCs w:val="{size}"/><w:lang w:val="ru-RU" w:eastAsia="ru-RU" w:bidi="ar-SA"/>'
    "</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>"
)
_BODY_SIZES = {StyleName.BODY, StyleName.BULLETS, StyleName.NUMBERS, StyleName.CONTENTS_1, StyleName.CONTENTS_2}


def built_in_templates() -> dict[str, bytes]:
    """File name → bytes: a programme with its title page, a document, and a sheet in smaller letters."""
    return {PROGRAMME: _programme(), DOCUMENT: _document(28), SHEET: _document(24)}


def _programme() -> bytes:
    document, styles = _blank(28)
    centre = Look(align=c.Align.CENTER, no_indent=True)
    body, title = styles[StyleName.BODY], styles[StyleName.TITLE]
    lines = [
        paragraph(run("{{ учредитель }}"), body, centre),
        paragraph(run("{{ школа }}"), body, Look(align=c.Align.CENTER, no_indent=True, after=30)),
        paragraph(run("{{ грифы }}"), body),
        paragraph(run("{{ пометка }}", bold=True), body, centre),
        paragraph(run("{{ название }}"), title),
        paragraph(run("{{ период }}"), body, centre),
        paragraph(run("{{ текст }}"), body),
    ]
    _append(document, "".join(lines))
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _fill(section.first_page_footer, paragraph(run("{{ место_и_год }}"), body, centre))
    _fill(section.footer, _page_number(styles))
    return _packed(document)


def _document(half_points: int) -> bytes:
    document, styles = _blank(half_points)
    _append(document, paragraph(run("{{ текст }}"), styles[StyleName.BODY]))
    small = paragraph(run("{{ колонтитул }}"), styles[StyleName.FOOTER])
    _fill(document.sections[0].footer, _page_number(styles) + small)
    return _packed(document)


def _blank(half_points: int) -> tuple[Any, StyleIds]:
    """An empty document of our styles; those of the library's own template are taken out."""
    document = Document()
    part = document.part
    for key, relation in list(part.rels.items()):
        if relation.reltype not in _KEPT_PARTS:
            del part.rels[key]
    part._settings_part._element = parse_xml(_SETTINGS)
    styles = document.styles.element
    for style in list(styles.style_lst):
        if style.name_val not in _KEPT_STYLES:
            styles.remove(style)
    styles.replace(styles.find(qn("w:docDefaults")), parse_xml(_DEFAULTS.replace("{size}", str(half_points))))
    latent = styles.find(qn("w:latentStyles"))
    if latent is not None:
        styles.remove(latent)
    ids = StyleIds(document)
    for name in _BODY_SIZES:
        for size in document.styles.element.get_by_id(ids[name]).iter(qn("w:sz"), qn("w:szCs")):
            size.set(qn("w:val"), str(half_points))
    section = document.sections[0]
    element = section._sectPr
    element.find(qn("w:pgSz")).attrib.update({qn("w:w"): "11906", qn("w:h"): "16838"})
    margins = {"top": 20, "right": 15, "bottom": 20, "left": 30, "header": 10, "footer": 10, "gutter": 0}
    for edge, distance in margins.items():
        element.find(qn("w:pgMar")).set(qn(f"w:{edge}"), str(round(distance * MILLIMETRE)))
    for child in list(element):
        if child.tag in (qn("w:cols"), qn("w:docGrid")):
            element.remove(child)
    return document, ids


def _page_number(styles: StyleIds) -> str:
    return paragraph(field("PAGE", "1"), styles[StyleName.FOOTER])


def _append(document: Any, markup: str) -> None:
    body = document.element.body
    for element in list(parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>")):
        body.find(qn("w:sectPr")).addprevious(element)


def _fill(footer: Any, markup: str) -> None:
    footer.is_linked_to_previous = False
    element = footer._element
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:body {NAMESPACES}>{markup}</w:body>")):
        element.append(child)


def _packed(document: Any) -> bytes:
    clean(document, "")
    target = BytesIO()
    document.save(target)
    return repacked(target.getvalue())


if __name__ == "__main__":
    for file_name, data in built_in_templates().items():
        (Path(sys.argv[1]) / file_name).write_bytes(data)
