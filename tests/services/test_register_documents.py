"""Registers and journals are printed from the metadata of their entities."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.pupils import ParentConsultation
from shnor_desktop.models.registry import entities
from shnor_desktop.services import documents, records
from shnor_desktop.services.register_looks import LOOKS, registers
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.school import make_school_workspace


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    """A school with two entries in the journal of consultations."""
    workspace = make_school_workspace(tmp_path, fixed_clock)
    for day, topic in (("12.03.2024", "=Как готовиться к ОГЭ"), ("02.03.2024", "Пропуски")):
        records.begin(workspace, ParentConsultation, {"held_on": day, "topic": topic, "advice": "Занятия по вторникам"})
    return workspace


def test_that_every_look_names_fields_of_its_entity() -> None:
    for name, look in LOOKS.items():
        assert set(look.columns) <= set(entities()[name].fields), name


def test_that_no_register_prints_what_stays_in_the_school() -> None:
    private = [name for name, info in entities().items() if info.stays]
    assert private
    assert not {info.log_name for _kind, info, _look in registers()} & set(private)


def test_that_the_rows_stand_in_the_order_of_their_days_with_room_to_sign(school: Workspace) -> None:
    text = repr(documents.document(school, "register.parent_consultation")).replace("\\xa0", " ")
    assert text.index("Пропуски") < text.index("=Как готовиться к ОГЭ")
    assert "Подпись" in text
    assert "2 записи" in text


def test_that_every_register_becomes_each_kind_of_file(school: Workspace, tmp_path: Path) -> None:
    for form, magic in ((documents.DocumentFormat.DOCX, b"PK"), (documents.DocumentFormat.XLSX, b"PK")):
        target = tmp_path / f"journal.{form.value}"
        documents.write_document(school, "register.parent_consultation", target, None, form)
        assert target.read_bytes().startswith(magic)


def test_that_an_unknown_register_is_named(school: Workspace) -> None:
    for kind in ("register.feedback_card", "register.nothing", "nothing"):
        with pytest.raises(KnownError) as caught:
            documents.document(school, kind)
        assert caught.value.code == "document.no_such_kind"
