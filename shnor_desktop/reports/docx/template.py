"""A template of Word: looked at, its `{{ placeholders }}` filled, nothing in it run.

A methodist writes «{{ школа }}» where the name of the school shall stand. Only names are allowed between the braces:
conditions, loops and calls are refused, so that a template got from elsewhere can do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, NoReturn

from docx.opc.exceptions import PackageNotFoundError
from docx.opc.oxml import parse_xml
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined
from jinja2.exceptions import TemplateError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.reports import content as c
from shnor_desktop.reports.office_zip import check_template
from shnor_desktop.reports.printable_text import printable

TEXT_MARK = "\ue000text\ue001"
STAMPS_MARK = "\ue000stamps\ue001"
_TEXT, _STAMPS, _TITLE, _FOOTER = "текст", "грифы", "название", "колонтитул"
_COVER = {
    "учредитель": "founder",
    "школа": "school",
    "пометка": "mark",
    _TITLE: "title",
    "период": "period",
    "место_и_год": "place_and_year",
}
_ON_COVERS = frozenset({*_COVER, _STAMPS} - {_TITLE})
_BRACES = re.compile(r"\{\{(.*?)\}\}|(\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_ONE_NAME = re.compile(r"\s*[^\W\d]\w*\s*")
_HALF = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_OF_LIBRARY = re.compile(r"\{[{%#](?:p|tr|tc|r)\s.*")  # docxtpl's own marks, which place what follows outside the text
_SHOWN = 60
_TAG = re.compile(r"<[^>]*>")


def names_for(document: c.Document) -> tuple[str, ...]:
    """The placeholders that a template of this document may use."""
    return tuple(_values(document))


def filled(template: bytes, document: c.Document, name: str) -> Any:
    """The template with its placeholders filled, as a document of python-docx.

    What is put in as blocks stands there as a mark: `TEXT_MARK`, `STAMPS_MARK`. KnownError report.template_*, `name`
    being the file in the message.
    """
    check_template(template, name)
    values = _values(document)
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    try:
        opened = DocxTemplate(BytesIO(template))
        for xml in _parts(opened):
            own = _OF_LIBRARY.search(_TAG.sub("", xml))
            if own is not None:
                raise KnownError("report.template_code", file=name, text=own.group()[:_SHOWN])
            _check(opened.patch_xml(xml), values, name)
        opened.render(values, environment, autoescape=True)
    except UndefinedError as error:
        raise KnownError("report.template_unknown_name", file=name, name=str(error), known=_known(values)) from error
    except TemplateError as error:
        raise KnownError("report.template_code", file=name, text=str(error)[:_SHOWN]) from error
    except (PackageNotFoundError, LxmlError, KeyError, ValueError, AttributeError, TypeError, IndexError) as error:
        # A damaged part fails in the library in any of these ways.
        raise KnownError("report.template_not_docx", file=name) from error
    return opened.docx  # get_docx() would read the template anew


def _values(document: c.Document) -> dict[str, str]:
    cover = document.cover
    values = {_TITLE: document.title, _FOOTER: document.footer, _TEXT: TEXT_MARK}
    if cover is not None:
        values |= {word: getattr(cover, field) for word, field in _COVER.items()}
        values[_STAMPS] = STAMPS_MARK
    return {word: printable(value) if "\ue000" not in value else value for word, value in values.items()}


def _known(values: Mapping[str, str]) -> str:
    return ", ".join(f"{{{{ {one} }}}}" for one in sorted(values))


def _parts(opened: DocxTemplate) -> Iterator[str]:
    """The body, headers and footers."""
    opened.init_docx()
    yield opened.get_xml()
    for uri in (opened.HEADER_URI, opened.FOOTER_URI):
        for _relation, part in opened.get_headers_footers(uri):
            yield opened.xml_to_string(parse_xml(part.blob))


def _check(xml: str, values: Mapping[str, str], file: str) -> None:
    """Look through a part in which every pair of braces is whole: Word cuts them into pieces at will."""
    for match in _BRACES.finditer(xml):
        inner, code = match.groups()
        if code is not None or not _ONE_NAME.fullmatch(inner):
            raise KnownError("report.template_code", file=file, text=_shown(match.group()))
        if inner.strip() not in values:
            _refuse(inner.strip(), values, file)
    for paragraph in _BRACES.sub("", xml).split("</w:p>"):
        if _HALF.search(_TAG.sub("", paragraph)):
            raise KnownError("report.template_code", file=file, text=_shown(paragraph))


def _refuse(word: str, values: Mapping[str, str], file: str) -> NoReturn:
    if word in _ON_COVERS:
        raise KnownError("report.template_no_value", file=file, name=word, known=_known(values))
    raise KnownError("report.template_unknown_name", file=file, name=word[:_SHOWN], known=_known(values))


def _shown(xml: str) -> str:
    return " ".join(_TAG.sub("", xml).split())[:_SHOWN]
