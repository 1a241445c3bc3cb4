"""An import is one step that can be taken back, with what a receipt or a visit had moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import centre, packages, records
from shnor_desktop.services.arrivals import VerdictCode, import_package, undo_import
from shnor_desktop.services.centre import RemarkDraft
from shnor_desktop.services.methodist import export_visit
from shnor_desktop.services.remark_feed import threads
from shnor_desktop.services.remark_threads import move
from shnor_desktop.services.store_check import is_sound_seal
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.check import check_store
from tests.services.exchange_desks import Desks, desks, without_check
from tests.services.methodist_desks import Three, three

__all__ = ["desks", "three", "without_check"]


def states(workspace: Workspace) -> list[str]:
    return [record.state for record in packages.packages(workspace) if record.direction == "out"]


def receipt(desks: Desks, decision: str) -> Path:
    centre.decide_package(desks.centre, desks.school.school, decision)
    return packages.export_receipt(desks.centre, desks.school.school, desks.flash).path


def take(desks: Desks, file: Path) -> str:
    verdict = import_package(desks.school, file, desks.centre.identity.certificate.fingerprint)
    assert verdict.code.is_fine, verdict
    return verdict.package


def is_sound(workspace: Workspace) -> bool:
    return check_store(workspace.store, verify_seal=is_sound_seal).is_clean


def test_that_an_undone_receipt_leaves_the_package_where_it_stood(desks: Desks) -> None:
    desks.meet()
    before = states(desks.school)
    first = take(desks, receipt(desks, "returned"))
    assert states(desks.school) == ["returned"]
    undo_import(desks.school, first)
    assert states(desks.school) == before
    assert is_sound(desks.school)
    first = take(desks, receipt(desks, "returned"))
    second = take(desks, receipt(desks, "accepted"))
    assert states(desks.school) == ["accepted"]
    with pytest.raises(KnownError, match=r"package\.undo_later_first"):
        undo_import(desks.school, first)
    undo_import(desks.school, second)
    assert states(desks.school) == ["returned"]
    undo_import(desks.school, first)
    assert states(desks.school) == before
    assert is_sound(desks.school)


def test_that_an_undone_visit_takes_its_remarks_along_and_an_answer_keeps_them(three: Three) -> None:
    three.meet()
    draft = RemarkDraft("school", three.school, "founder", "Паспорт", "Назовите полностью")
    remark = centre.leave_remark(three.methodist, three.school, draft).row
    file = export_visit(three.methodist, three.school, three.desks.flash).path
    for desk in (three.desks.school, three.desks.centre):
        verdict = three.take(desk, file, three.methodist)
        assert verdict.code is VerdictCode.ACCEPTED
        undo_import(desk, verdict.package)
        assert threads(desk, three.school) == []
        assert three.take(desk, file, three.methodist).code is VerdictCode.ACCEPTED
        assert len(threads(desk, three.school)) == 1
        assert is_sound(desk)
    move(three.desks.school, remark, "fixed", "Назвали")
    with pytest.raises(KnownError, match=r"log\.import_has_dependents"):
        undo_import(three.desks.school, verdict.package)
    while records.undo(three.desks.school) is not None:
        pass
    assert len(threads(three.desks.school)) == 1
