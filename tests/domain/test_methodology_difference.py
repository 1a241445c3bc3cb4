"""The difference of two packs: what is added, removed, changed, moved, and where."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from shnor_desktop.domain.methodology import Pack, Question
from shnor_desktop.domain.methodology_difference import ChangeKind, ItemChange, difference
from tests.methodologies.packs import tyumen


def with_question(pack: Pack, question: Question) -> Pack:
    """The pack with another form of its first question."""
    form = pack.forms[0]
    block = replace(form.blocks[0], questions=(question, *form.blocks[0].questions[1:]))
    return replace(pack, forms=(replace(form, blocks=(block, *form.blocks[1:])), *pack.forms[1:]))


def only(old: Pack, new: Pack) -> ItemChange:
    """The one change between two packs."""
    (part,) = difference(old, new)
    (change,) = part.changes
    return change


def test_that_equal_packs_do_not_differ() -> None:
    assert difference(tyumen(), replace(tyumen(), hash="")) == ()


def test_that_a_changed_threshold_names_its_form_and_block() -> None:
    pack = tyumen()
    question = pack.forms[0].blocks[0].questions[0]
    change = only(pack, with_question(pack, replace(question, thresholds=(Decimal(9), Decimal(1)))))
    assert (change.kind, change.list, change.name) == (ChangeKind.CHANGED, "questions", question.code)
    assert change.around == (pack.forms[0].title, pack.forms[0].blocks[0].title)
    assert [(item.field, item.old, item.new) for item in change.fields] == [
        ("thresholds", question.thresholds, (Decimal(9), Decimal(1)))
    ]


def test_that_what_is_added_removed_and_moved_is_told_apart() -> None:
    pack = tyumen()
    first, second, third, *rest = pack.measures
    fresh = replace(first, id="fresh", title="Новое мероприятие")
    (part,) = difference(pack, replace(pack, measures=(third, second, *rest, fresh)))
    assert part.part == "measures"
    assert {(change.kind, change.name) for change in part.changes} == {
        (ChangeKind.REMOVED, first.id),
        (ChangeKind.MOVED, third.id),
        (ChangeKind.ADDED, "fresh"),
    }


def test_that_fields_of_the_pack_itself_and_of_a_lone_table_are_found() -> None:
    pack = tyumen()
    rule = replace(pack.identification, years=pack.identification.years + 1)
    parts = difference(pack, replace(pack, title="Другая", identification=rule, social_index=None))
    found = {part.part: part.changes for part in parts}
    assert [change.field for change in found[""][0].fields] == ["title"]
    assert [change.field for change in found["identification"][0].fields] == ["years"]


def test_that_a_part_that_one_version_lacks_is_added_or_removed() -> None:
    pack = replace(tyumen(), result_reading=None)
    richer = tyumen()
    if richer.result_reading is not None:
        assert only(pack, richer).kind is ChangeKind.ADDED
        assert only(richer, pack).kind is ChangeKind.REMOVED


@given(st.permutations(range(7)))
def test_that_any_order_of_the_same_items_is_told_by_moves_alone(order: list[int]) -> None:
    pack = replace(tyumen(), measures=tyumen().measures[:7], problem_fields=())
    parts = difference(pack, replace(pack, measures=tuple(pack.measures[at] for at in order)))
    kinds = {change.kind for part in parts for change in part.changes}
    assert kinds == (set() if order == sorted(order) else {ChangeKind.MOVED})
