"""Which schools a centre still owes an answer."""

from __future__ import annotations

from shnor_desktop.services import centre, channels, journal, packages
from shnor_desktop.services.answers import answers_due, make_answers
from tests.services.exchange_desks import Desks, add_teacher


def test_that_a_school_is_owed_one_answer_until_something_new_is_written(desks: Desks) -> None:
    assert answers_due(desks.centre) == []
    desks.meet()
    assert [(due.name, due.number) for due in answers_due(desks.centre)] == [("МАОУ «Лесная СОШ»", 1)]
    made, failed = make_answers(desks.centre)
    assert (len(made), failed) == (1, [])
    assert made[0].path.parent == channels.outgoing_folder(desks.centre)
    assert answers_due(desks.centre) == []
    centre.decide_package(desks.centre, desks.school.school, "accepted")
    assert len(answers_due(desks.centre)) == 1
    make_answers(desks.centre)
    assert answers_due(desks.centre) == []
    add_teacher(desks.school, "Примерова Ольга Петровна")
    assert desks.receive(desks.send()).code.is_fine
    assert [due.number for due in answers_due(desks.centre)] == [2]


def test_that_an_answer_given_by_hand_counts_too(desks: Desks) -> None:
    desks.meet()
    packages.export_receipt(desks.centre, desks.school.school, desks.flash)
    assert answers_due(desks.centre) == []
    assert sum(line.is_outgoing for line in journal.journal(desks.centre)) == 1
