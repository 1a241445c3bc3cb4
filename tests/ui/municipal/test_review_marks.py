"""A remark stands at the field that it is about, and is counted once; words join into whole sentences."""

from __future__ import annotations

import datetime

from PySide6.QtWidgets import QApplication

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.school import School
from shnor_desktop.services import packages, records
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.calendar import Returned
from shnor_desktop.services.centre import RemarkDraft, leave_remark
from shnor_desktop.services.review import review
from shnor_desktop.services.wording import explain
from shnor_desktop.ui.workspaces.school.remarks import returned_words
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]


def test_that_a_remark_is_counted_at_its_field_and_nowhere_else(desks: Desks) -> None:
    desks.meet()
    school = desks.school.school
    leave_remark(desks.centre, school, RemarkDraft("school", school, "founder", "Учредитель", "Назовите полностью"))
    leave_remark(desks.centre, school, RemarkDraft("school", school, "code", "Код", "Уточните"))
    passport = next(one for one in review(desks.centre, school).sections if one.id == "passport")
    assert len(passport.items) > 1
    assert {item.field: item.remarks for item in passport.items if item.remarks} in (
        {"code": 1},
        {"code": 1, "founder": 1},
    )


def test_that_a_remark_to_a_whole_part_is_counted_at_the_part(desks: Desks) -> None:
    desks.meet()
    school = desks.school.school
    leave_remark(desks.centre, school, RemarkDraft("school", school, "", "Паспорт", "Проверьте всё"))
    passport = next(one for one in review(desks.centre, school).sections if one.id == "passport")
    assert passport.open_remarks == 1
    assert not any(item.remarks for item in passport.items)


def test_that_an_answer_of_the_centre_is_not_told_as_an_accepted_package(desks: Desks) -> None:
    desks.meet()
    made = packages.export_receipt(desks.centre, desks.school.school, desks.flash)
    verdict = import_package(desks.school, made.path, desks.centre.identity.certificate.fingerprint_words)
    assert verdict.code.is_fine
    assert verdict.message.what.startswith("Ответ центра получен")


def test_that_a_comment_without_a_full_stop_gets_one(qapp: QApplication) -> None:
    day = datetime.date(2026, 5, 4)
    for comment, end in (("Исправьте", "Исправьте."), ("Исправьте!", "Исправьте!"), ("", "дня.")):
        assert returned_words(Returned("row", day, comment, 1), 3).endswith(end)


def test_that_a_name_with_initials_at_the_end_of_a_sentence_leaves_one_full_stop() -> None:
    message = explain(KnownError("verdict.request", who="Образцова А. И.", fingerprint="1", phrase="лес"))
    assert "И..".encode() not in message.text.encode()
    assert message.what.endswith("И.")


def test_that_only_the_fields_that_the_newest_package_changed_are_marked(desks: Desks) -> None:
    desks.meet()
    school = desks.school.school
    desks.clock.advance(hours=1)
    records.edit(desks.school, School.log_name, school, "founder", "Управление образования")
    desks.clock.advance(minutes=1)
    assert desks.receive(desks.send()).code.is_fine
    passport = next(one for one in review(desks.centre, school).sections if one.id == "passport")
    assert [item.field for item in passport.items if item.is_changed] == ["founder"]
