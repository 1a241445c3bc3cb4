"""The styles of Word that documents are set in: those that a template has are its own, the missing ones are added."""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from xml.sax.saxutils import quoteattr

from docx.oxml import parse_xml

from shnor_desktop.reports.docx.markup import NAMESPACES

FACE = "Times New Roman"


class StyleName(StrEnum):
    """The names as Word keeps them; those of ours are Russian, so that a methodist finds them in the list."""

    NORMAL = "Normal"
    BODY = "Body Text"
    TITLE = "Title"
    HEADING_1 = "heading 1"
    HEADING_2 = "heading 2"
    CONTENTS_1 = "toc 1"
    CONTENTS_2 = "toc 2"
    FOOTER = "footer"
    BULLETS = "List Bullet"
    NUMBERS = "List Number"
    CELL = "Ячейка таблицы"
    DENSE_CELL = "Ячейка широкой таблицы"
    STAMP = "Гриф"
    DENSE_STAMP = "Узкий гриф"
    SMALL = "Мелкий текст"
    UNDER_LINE = "Под чертой"
    NOTE = "Примечание"
    CODE = "Команда"


_CENTERED = '<w:jc w:val="center"/>'
_KEPT = "<w:keepNext/><w:keepLines/>"
_SINGLE = 'w:line="240" w:lineRule="auto"'
_LEFT_RULE = (
    '<w:pBdr><w:left w:val="single" w:sz="12" w:space="6" w:color="8C8C8C"/></w:pBdr>'
    f'<w:spacing w:before="60" w:after="120" {_SINGLE}/>'
)


def _hanging(left: int, hanging: int) -> str:
    return f'<w:ind w:left="{left}" w:hanging="{hanging}"/>'


# Name → (properties of the paragraph, half-points, other marks of the letters); the rest comes from «Normal».
_LOOKS: dict[StyleName, tuple[str, int, str]] = {
    StyleName.BODY: (
        '<w:spacing w:before="0" w:after="60" w:line="276" w:lineRule="auto"/><w:ind w:firstLine="709"/>'
        '<w:jc w:val="both"/>',
        28,
        "",
    ),
    StyleName.TITLE: (f'{_KEPT}<w:spacing w:before="120" w:after="160" {_SINGLE}/>{_CENTERED}', 34, "<w:b/>"),
    StyleName.HEADING_1: (
        f'{_KEPT}<w:spacing w:before="280" w:after="140" {_SINGLE}/><w:outlineLvl w:val="0"/>',
        30,
        "<w:b/>",
    ),
    StyleName.HEADING_2: (
        f'{_KEPT}<w:spacing w:before="200" w:after="100" {_SINGLE}/><w:outlineLvl w:val="1"/>',
        28,
        "<w:b/>",
    ),
    StyleName.CONTENTS_1: (f'<w:tabs>{{tab}}</w:tabs><w:spacing w:after="60" {_SINGLE}/>', 28, ""),
    StyleName.CONTENTS_2: (
        f'<w:tabs>{{tab}}</w:tabs><w:spacing w:after="60" {_SINGLE}/><w:ind w:left="425"/>',
        28,
        "",
    ),
    StyleName.FOOTER: (f'<w:spacing w:after="0" {_SINGLE}/>{_CENTERED}', 20, ""),
    StyleName.BULLETS: (f'<w:spacing w:after="40" {_SINGLE}/>{_hanging(709, 425)}<w:jc w:val="both"/>', 28, ""),
    StyleName.NUMBERS: (f'<w:spacing w:after="40" {_SINGLE}/>{_hanging(709, 425)}<w:jc w:val="both"/>', 28, ""),
    StyleName.CELL: (f'<w:spacing w:after="0" {_SINGLE}/>', 24, ""),
    StyleName.DENSE_CELL: (f'<w:spacing w:after="0" {_SINGLE}/>', 20, ""),
    StyleName.STAMP: (f'<w:spacing w:after="0" {_SINGLE}/>', 24, ""),
    StyleName.DENSE_STAMP: (f'<w:spacing w:after="0" {_SINGLE}/>', 20, ""),
    StyleName.SMALL: (f'<w:spacing w:after="60" {_SINGLE}/>', 22, ""),
    StyleName.UNDER_LINE: (f'<w:spacing w:after="0" {_SINGLE}/>{_CENTERED}', 16, ""),
    StyleName.NOTE: (_LEFT_RULE, 24, ""),
    StyleName.CODE: (_LEFT_RULE, 18, ""),
}
_CONTENTS_TAB = '<w:tab w:val="right" w:leader="dot" w:pos="9354"/>'  # the right edge of an upright page


class StyleIds:
    """The ids of the styles in one document, by name: Word of another language keeps other ids."""

    def __init__(self, document: Any) -> None:
        self._ids: dict[str, str] = {}
        styles = document.styles.element
        for style in styles.style_lst:
            if style.name_val is not None:
                self._ids.setdefault(style.name_val.casefold(), style.styleId)
        for name, look in _LOOKS.items():
            if name.casefold() not in self._ids:
                self._ids[name.casefold()] = self._add(styles, name, look)

    def __getitem__(self, name: StyleName) -> str:
        return self._ids[name.casefold()]

    def _add(self, styles: Any, name: StyleName, look: tuple[str, int, str]) -> str:
        """A free id: one that the template gave to something else is not taken from it."""
        taken, style_id = {style.styleId for style in styles.style_lst}, f"Shnor{name.name.title().replace('_', '')}"
        while style_id in taken:
            style_id += "1"
        paragraph, half_points, marks = look
        based = self._ids.get(StyleName.NORMAL.casefold(), "")
        ours = ' w:customStyle="1"' if name in _OURS else ""
        styles.append(
            parse_xml(
                f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="{style_id}"{ours}>'
                f"<w:name w:val={quoteattr(name)}/>"
                + (f"<w:basedOn w:val={quoteattr(based)}/>" if based else "")
                + f"<w:qFormat/><w:pPr>{paragraph.replace('{tab}', _CONTENTS_TAB)}</w:pPr>"
                f'<w:rPr><w:rFonts w:ascii="{FACE}" w:hAnsi="{FACE}" w:cs="{FACE}"/>{marks}'
                f'<w:color w:val="000000"/><w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
                "</w:style>"
            )
        )
        return style_id


_OURS = frozenset(
    {
        StyleName.CELL,
        StyleName.DENSE_CELL,
        StyleName.STAMP,
        StyleName.DENSE_STAMP,
        StyleName.SMALL,
        StyleName.UNDER_LINE,
        StyleName.NOTE,
        StyleName.CODE,
    }
)
