"""Templates of Word: the built-in ones, and those that a school laid out in its own way.

A school's own templates lie in the folder «templates» of its data folder, one for a kind («programme.docx»); what is
not there comes from the program.
"""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.reports.office_zip import LARGEST_FILE
from shnor_desktop.services.document_kinds import DocumentKind, info_of
from shnor_desktop.system.paths import data_folder, resource

TEMPLATE_FAILED = "report.template_"
"""How the codes of failures begin that the built-in template mends."""


def own_template(kind: DocumentKind | str) -> Path:
    """Where the school's own template of a kind lies, or would lie."""
    return data_folder() / "templates" / f"{info_of(kind).kind}.docx"


def has_own_template(kind: DocumentKind | str) -> bool:
    """Whether the school laid this document out in its own way."""
    return own_template(kind).is_file()


def template_of(kind: DocumentKind | str, *, built_in: bool = False) -> tuple[bytes, str]:
    """The template's bytes and its name for messages; `built_in` passes over the school's own.

    KnownError report.template_too_big, .template_unreadable.
    """
    path = own_template(kind)
    if built_in or not path.is_file():
        path = resource("templates", info_of(kind).template)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise KnownError("report.template_too_big", file=path.name)
        return path.read_bytes(), path.name
    except OSError as error:
        raise KnownError("report.template_unreadable", file=path.name, folder=str(path.parent)) from error


def begin_own_template(kind: DocumentKind | str) -> Path:
    """The school's own template, copied from the built-in one where there is none yet; KnownError document.*."""
    target = own_template(kind)
    if not target.is_file():
        data, _name = template_of(kind, built_in=True)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise KnownError("document.folder_readonly", folder=str(target.parent)) from error
        with write_beside(target, "document", need=len(data)) as stream:
            stream.write(data)
    return target
