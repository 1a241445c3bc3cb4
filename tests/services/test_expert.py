"""The expert's answer: left at the centre, back at the school with the receipt, beside the school's own."""

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.services import expert, packages
from shnor_desktop.services.arrivals import import_package
from shnor_desktop.services.check import check
from shnor_desktop.services.diagnosis import MAP, QuestionView, answer_question, form_view
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import Desks, desks, without_check

__all__ = ["desks", "without_check"]

QUESTION = "teaching.deficits"


def view_of(workspace: Workspace, school: str | None = None) -> QuestionView:
    return next(item for item in form_view(workspace, MAP, "", school).questions if item.question.code == QUESTION)


def place_of(workspace: Workspace) -> tuple[str, str, str]:
    return MAP, form_view(workspace).wave, QUESTION


def answer_back(desks: Desks) -> None:
    receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    first = import_package(desks.school, receipt)
    if not first.code.is_fine:
        assert import_package(desks.school, receipt, first.fingerprint).code.is_fine


def test_that_the_answer_of_an_expert_comes_back_with_the_receipt(desks: Desks) -> None:
    place = place_of(desks.school)
    answer_question(desks.school, *place, {"numerator": 4, "denominator": 20})
    desks.meet()
    typed = {"numerator": 9, "denominator": 20}
    expert.leave_answer(desks.centre, desks.school.school, place, typed, "По девяти посещённым урокам", "Методист")
    at_centre = view_of(desks.centre, desks.school.school).expert
    assert at_centre is not None
    assert at_centre.differs
    answer_back(desks)
    found = view_of(desks.school).expert
    assert found is not None
    assert found.shown.startswith("9\u00a0из\u00a020")
    assert (found.row.comment, found.row.expert) == ("По девяти посещённым урокам", "Методист")
    assert found.differs
    assert view_of(desks.school).shown.startswith("4\u00a0из\u00a020"), "the school's own answer stays"
    assert desks.same()


def test_that_a_difference_asks_for_a_word_of_the_school(desks: Desks) -> None:
    place = place_of(desks.school)
    answer_question(desks.school, *place, {"value": "20"})
    desks.meet()
    expert.leave_answer(desks.centre, desks.school.school, place, {"value": "45"})
    answer_back(desks)
    assert "map.expert_differs" in {line.code for line in check(desks.school).warnings}
    answer_question(desks.school, *place, {"comment": "Считали по всем педагогам"})
    assert "map.expert_differs" not in {line.code for line in check(desks.school).warnings}


def test_that_an_answer_that_is_the_same_is_no_difference_and_can_be_withdrawn(desks: Desks) -> None:
    place = place_of(desks.school)
    answer_question(desks.school, *place, {"value": "20"})
    desks.meet()
    owner = desks.school.school
    done = expert.leave_answer(desks.centre, owner, place, {"value": "20,0"}, "Подтверждаю")
    found = view_of(desks.centre, owner).expert
    assert found is not None
    assert not found.differs
    expert.withdraw_answer(desks.centre, owner, done.row)
    assert view_of(desks.centre, owner).expert is None
    expert.leave_answer(desks.centre, owner, place, {}, "Проверю при посещении")
    again = view_of(desks.centre, owner).expert
    assert again is not None
    assert (again.shown, again.differs) == ("", False)


def test_that_only_a_centre_leaves_an_expert_s_answer_and_never_an_empty_one(desks: Desks) -> None:
    place = place_of(desks.school)
    with pytest.raises(KnownError):
        expert.leave_answer(desks.school, desks.school.school, place, {"value": "20"})
    desks.meet()
    owner = desks.school.school
    with pytest.raises(KnownError, match=r"expert\.empty"):
        expert.leave_answer(desks.centre, owner, place, {"value": " "}, "  ")
    with pytest.raises(KnownError, match=r"value\."):
        expert.leave_answer(desks.centre, owner, place, {"value": "много"})
    with pytest.raises(KnownError, match=r"part_exceeds_whole"):
        expert.leave_answer(desks.centre, owner, place, {"numerator": 30, "denominator": 20})
    with pytest.raises(BugError):
        expert.leave_answer(desks.centre, owner, (MAP, "2024", "no.such"), {"value": "1"})


def test_that_the_folder_of_the_receipt_holds_one_file(desks: Desks, tmp_path: Path) -> None:
    desks.meet()
    expert.leave_answer(desks.centre, desks.school.school, place_of(desks.school), {"value": "45"})
    packages.export_receipt(desks.centre, desks.school.school, tmp_path / "answer")
    assert len(list((tmp_path / "answer").iterdir())) == 1
