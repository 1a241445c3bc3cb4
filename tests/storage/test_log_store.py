"""Claims about the log that have a story: appended, taken in, undone, said again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from shnor_desktop.domain.errors import BugError, KnownError
from shnor_desktop.domain.log import (
    DELETED,
    MAX_LAMPORT,
    ChangeKey,
    ChangeRef,
    Delete,
    Head,
    Restore,
    Set,
    StoredValue,
    ValueState,
)
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.programme import Goal
from shnor_desktop.models.review import Remark
from shnor_desktop.storage.log_reading import SentBatch
from tests.storage.merge_desks import GOAL, REMARK, SCHOOL, Desk, Key, Package, copy_of, handmade, replayed
from tests.storage.merge_machine import CLOCKS

NOW = CLOCKS[1]


def school_desk(number: int) -> Desk:
    """A computer of the school."""
    return Desk(Key(f"owner-{number}", WriterRole.SCHOOL), f"replica-{number}", NOW)


def centre_desk() -> Desk:
    """The computer of the centre."""
    return Desk(Key("owner-centre", WriterRole.MUNICIPAL), "replica-centre", NOW)


def goals(desk: Desk, *, hidden: bool = False) -> dict[str, Goal]:
    """The goals that a desk shows."""
    with desk.store.reading() as reader:
        return {row.id: row for row in reader.rows(Goal, SCHOOL, hidden=hidden)}


def waiting(desk: Desk) -> set[tuple[str, str, str]]:
    """The fields that wait for a decision."""
    with desk.store.reading() as reader:
        return {tuple(found.key) for found in reader.conflicts(SCHOOL)}


def titled(row: str, title: str | None) -> Set:
    """Name a goal."""
    return Set(GOAL, row, "title", title)


def below(row: str, parent: str | None) -> Set:
    """Put a goal below another."""
    return Set(GOAL, row, "goal", parent)


def test_that_what_says_nothing_new_is_not_written() -> None:
    desk = school_desk(1)
    assert desk.write([titled("g", None)]) is None
    assert desk.write([Delete(GOAL, "g")]) is None
    assert desk.write([Restore(GOAL, "g")]) is None
    assert desk.write([titled("g", "цель")]) is not None
    assert desk.write([titled("g", "цель")]) is None
    assert desk.write([Restore(GOAL, "g")]) is None
    assert desk.write([Delete(GOAL, "g")]) is not None
    assert desk.write([Delete(GOAL, "g")]) is None
    assert desk.write([Restore(GOAL, "g")]) is not None
    assert desk.write([Restore(GOAL, "g")]) is None


def test_that_the_last_word_of_a_unit_of_work_counts() -> None:
    desk = school_desk(1)
    batch = desk.write([titled("g", "одно"), titled("g", "другое")])
    assert batch is not None
    assert len(batch.changes) == 1
    assert goals(desk)["g"].title == "другое"


def test_that_a_row_begun_and_deleted_in_one_unit_of_work_is_deleted_without_a_conflict() -> None:
    desk = school_desk(1)
    desk.write([titled("g", "цель"), Delete(GOAL, "g")])
    assert not goals(desk)
    assert not waiting(desk)
    assert "g" in goals(desk, hidden=True)


def test_that_a_program_may_not_append_what_its_writer_may_not_make() -> None:
    with pytest.raises(BugError):
        centre_desk().write([titled("g", "цель")])
    with pytest.raises(BugError):
        school_desk(1).write([Set(REMARK, "r", "body", "замечание")])
    with pytest.raises(BugError):
        school_desk(1).write([Set(GOAL, "g", "нет такого", "цель")])


def test_that_children_hide_with_a_parent_that_arrives_after_them() -> None:
    parent, child, third = school_desk(1), school_desk(2), school_desk(3)
    parent.write([titled("p", "цель")])
    child.take_in(parent.export({}))
    child.write([below("c", "p"), titled("c", "задача")])
    parent.write([Delete(GOAL, "p")])
    both = child.export({})
    only_child = tuple(sent for sent in both.batches if sent.batch.replica == child.replica)
    third.take_in(Package(only_child, both.seals))
    assert set(goals(third)) == {"c"}
    third.take_in(parent.export({}))
    assert not goals(third)
    parent.write([Restore(GOAL, "p")])
    third.take_in(parent.export({}))
    assert set(goals(third)) == {"p", "c"}


def test_that_children_hide_with_a_parent_of_the_same_batch() -> None:
    desk = school_desk(1)
    desk.write([below("c", "b"), below("b", "a"), titled("a", "цель"), Delete(GOAL, "a")])
    assert not goals(desk)
    assert set(goals(desk, hidden=True)) == {"a", "b", "c"}
    tables = desk.tables()
    assert replayed(desk) == tables


def test_that_rows_in_a_ring_show_again_when_none_of_them_is_deleted() -> None:
    desk = school_desk(1)
    desk.write([below("a", "b"), below("b", "c"), below("c", "a")])
    assert set(goals(desk)) == {"a", "b", "c"}
    desk.write([Delete(GOAL, "b")])
    assert not goals(desk)
    desk.write([Restore(GOAL, "b")])
    assert set(goals(desk)) == {"a", "b", "c"}
    tables = desk.tables()
    assert replayed(desk) == tables


def test_that_a_row_that_leaves_a_deleted_parent_shows_with_all_below_it() -> None:
    desk = school_desk(1)
    desk.write([titled("p", "цель"), titled("q", "другая"), below("c", "p"), below("d", "c")])
    desk.write([Delete(GOAL, "p")])
    assert set(goals(desk)) == {"q"}
    desk.write([below("c", "q")])
    assert set(goals(desk)) == {"q", "c", "d"}


def test_that_a_value_left_out_is_shown_once_it_comes() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("g", "цель"), Set(GOAL, "g", "kind", "goal")])
    whole = first.export({})
    absent = StoredValue(ValueState.ABSENT)
    bare = tuple(SentBatch(sent.batch, tuple(absent for _ in sent.values)) for sent in whole.batches)
    second.take_in(Package(bare, whole.seals))
    assert "g" not in goals(second)  # nothing of it is known: no empty row is shown
    assert second.tables() == replayed(second)
    done = second.take_in(whole)
    assert goals(second)["g"].title == "цель"
    assert done.touched == {(GOAL, "g")}
    assert second.tables() == replayed(second)
    assert second.digest() == first.digest()


def test_that_a_carrier_cannot_erase_what_others_wrote() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("g", "цель")])
    whole = first.export({})
    second.take_in(whole)
    erased = StoredValue(ValueState.ERASED)
    second.take_in(Package(tuple(SentBatch(s.batch, (erased,)) for s in whole.batches), whole.seals))
    assert goals(second)["g"].title == "цель"


def test_that_values_which_are_not_those_of_the_batch_are_refused() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("g", "цель")])
    whole = first.export({})
    sent = whole.batches[0]
    for values in ((), (replace_value(sent.values[0], "подделка"),), (*sent.values, *sent.values)):
        with pytest.raises(KnownError) as caught:
            second.take_in(Package((SentBatch(sent.batch, values),), whole.seals))
        assert caught.value.code == "log.values_do_not_match"
    assert not goals(second)


def replace_value(value: StoredValue, said: str) -> StoredValue:
    """The same salt beside another value."""
    return StoredValue(value.state, value.salt, said)


def test_that_an_import_on_which_local_work_stands_is_not_undone() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("g", "цель")])
    done = second.take_in(first.export({}))
    second.write([titled("g", "цель второго")])
    with pytest.raises(KnownError) as caught:
        second.log(lambda log: log.lower(done.advanced))
    assert caught.value.code == "log.import_has_dependents"
    assert goals(second)["g"].title == "цель второго"


def test_that_undoing_an_import_takes_nothing_of_ones_own() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("mine", "своя")])
    second.take_in(first.export({}))
    second.write([titled("theirs", "чужая")])
    done = first.take_in(second.export({}))
    first.write([titled("later", "позже")])
    first.log(lambda log: log.lower(done.advanced))
    assert set(goals(first)) == {"mine", "later"}


def test_that_undoing_an_older_import_after_a_newer_one_never_takes_more_in() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("one", "первая")])
    older = second.take_in(first.export({})).advanced
    first.write([titled("two", "вторая")])
    newer = second.take_in(first.export({})).advanced
    second.log(lambda log: log.lower(older))
    assert not goals(second)
    second.log(lambda log: log.lower(newer))
    assert not goals(second)
    assert second.log(lambda log: log.vector(SCHOOL)) == {}


def test_that_a_school_undone_to_nothing_is_no_school_here() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("one", "первая")])
    done = second.take_in(first.export({}))
    second.log(lambda log: log.lower(done.advanced))
    with second.store.reading() as reader:
        assert reader.schools() == []


def test_that_a_school_reaches_into_no_rows_of_another() -> None:
    ours, centre = school_desk(1), centre_desk()
    ours.write([titled("g", "наша")])
    centre.take_in(ours.export({}))
    stranger = Key("owner-9", WriterRole.SCHOOL)
    tip = ours.vector()[ours.replica]
    replaced = ChangeRef(tip.name, 0)
    key = ChangeKey(GOAL, "g", "title")
    sent = handmade("x.owner-9", Head(0, ""), 50, NOW, [(key, "чужая", [replaced])], school="school-2")
    deleting = handmade(
        "x.owner-9", sent.batch.head, 51, NOW, [(ChangeKey(GOAL, "g", DELETED), True, [replaced])], school="school-2"
    )
    seal = stranger.sealed("x.owner-9", deleting.batch.head, NOW, school="school-2")
    before = goals(centre)["g"].title, centre.digest()
    centre.take_in(Package((sent, deleting), (seal,)))
    assert (goals(centre)["g"].title, centre.digest()) == before
    with centre.store.reading() as reader:
        assert [row.title for row in reader.rows(Goal, "school-2", hidden=True)] == ["чужая"]


def test_that_a_counter_driven_to_its_end_stops_nobody() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("g", "цель")])
    tip = first.vector()[first.replica]
    sent = handmade(first.replica, tip, MAX_LAMPORT, NOW, [(ChangeKey(GOAL, "h", "title"), "даль", [])])
    first.take_in(Package((sent,), (first.key.sealed(first.replica, sent.batch.head, NOW),)))
    second.take_in(first.export({}))
    batch = second.write([titled("h", "ближе")])
    assert batch is not None
    assert batch.lamport == MAX_LAMPORT
    first.take_in(second.export({}))
    assert goals(first)["h"].title == "ближе"
    assert not waiting(first)


def test_that_two_branches_of_one_replica_are_flagged_and_the_first_stays() -> None:
    first, second = school_desk(1), school_desk(2)
    first.write([titled("g", "цель")])
    twin = Desk(first.key, "replica-1", NOW, copy_of(first.engine))  # a copied disk that nobody noticed
    first.write([titled("g", "первая")])
    twin.write([titled("g", "вторая")])
    assert not any(found.fork for found in second.take_in(first.export({})).after.values())
    done = second.take_in(twin.export({}))
    assert [found.fork for found in done.after.values()] == [True]
    assert goals(second)["g"].title == "первая"
    assert not done.advanced
    third = school_desk(3)
    assert any(found.fork for found in third.take_in(merged(first.export({}), twin.export({}))).after.values())


def merged(one: Package, other: Package) -> Package:
    """Both packages as one."""
    return Package((*one.batches, *other.batches), (*one.seals, *other.seals))


def test_that_a_receiver_on_another_branch_gets_the_whole_chain() -> None:
    desk = school_desk(1)
    for number in range(4):
        desk.write([titled("g", str(number))])
    tip = desk.vector()[desk.replica]
    assert len(desk.export({desk.replica: Head(2, "f" * 64)}).batches) == 4
    chain = desk.log(lambda log: log.chain(desk.replica, SCHOOL, tip))
    assert len(desk.export({desk.replica: Head(2, chain[1].name)}).batches) == 2
    assert not desk.export({desk.replica: tip}).batches
    assert not desk.export({desk.replica: Head(9, "f" * 64)}).batches


def test_that_a_new_replica_of_a_restored_store_names_its_parent_and_both_branches_stay() -> None:
    desk, other = school_desk(1), school_desk(2)
    desk.write([titled("g", "до копии")])
    other.take_in(desk.export({}))
    backup = copy_of(desk.engine)
    old, head = desk.replica, desk.vector()[desk.replica]
    desk.write([titled("g", "после копии")])
    other.take_in(desk.export({}))
    desk.open(backup)
    desk.introduce("replica-1b")
    batch = desk.write([titled("g", "после возврата")])
    assert batch is not None
    assert batch.parent == (old, *head)
    other.take_in(desk.export({}))
    desk.take_in(other.export({}))
    assert waiting(desk) == waiting(other) == {(GOAL, "g", "title")}
    assert desk.tables(with_changes=False) == other.tables(with_changes=False)


def test_that_unsealed_work_of_a_lost_replica_is_said_again_with_what_it_stood_on() -> None:
    desk, other = school_desk(1), school_desk(2)
    other.write([titled("g", "чужая"), titled("h", "чужая"), titled("k", "чужая")])
    desk.take_in(other.export({}))
    desk.write([titled("g", "своя")])
    desk.write([titled("g", "своя, ещё раз"), titled("h", "перед удалением")])
    desk.write([Delete(GOAL, "h"), Delete(GOAL, "k")])
    desk.write([titled("k", "правка после удаления")])
    lost = desk.replica
    desk.introduce("replica-1b")
    desk.log(lambda log: log.adopt(SCHOOL, lost, desk.writer, NOW, "принято от копии"))
    other.take_in(desk.export({}))
    assert goals(other)["g"].title == "своя, ещё раз"
    assert "h" not in goals(other)
    assert waiting(other) == waiting(desk) == {(GOAL, "k", DELETED)}
    assert desk.tables(with_changes=False)[GOAL] == other.tables(with_changes=False)[GOAL]
    assert desk.digest() == other.digest()


def test_that_sealed_work_is_not_said_again() -> None:
    desk = school_desk(1)
    desk.write([titled("g", "своя")])
    desk.export({})
    lost = desk.replica
    desk.introduce("replica-1b")
    assert desk.log(lambda log: log.adopt(SCHOOL, lost, desk.writer, NOW, "принято от копии")) is None


def test_that_a_remark_has_fields_of_two_writers() -> None:
    centre, school = centre_desk(), school_desk(1)
    centre.write([Set(REMARK, "r", "body", "поправьте"), Set(REMARK, "r", "state", "new")])
    school.take_in(centre.export({}))
    school.write([Set(REMARK, "r", "answer", "поправили"), Set(REMARK, "r", "state", "fixed")])
    key = ChangeKey(REMARK, "r", "body")
    tip = school.vector()[school.replica]
    sent = handmade(
        school.replica, tip, 99, NOW, [(key, "хвалю", [ChangeRef(centre.vector()[centre.replica].name, 0)])]
    )
    school.take_in(Package((sent,), (school.key.sealed(school.replica, sent.batch.head, NOW),)))
    for desk in (school, centre):
        desk.take_in(school.export({}))
        with desk.store.reading() as reader:
            (remark,) = reader.rows(Remark, SCHOOL)
        assert (remark.body, remark.answer, remark.state) == ("поправьте", "поправили", "fixed")


@pytest.mark.parametrize("how", ["bare", "wrong key", "twisted"])
def test_that_batches_in_the_name_of_another_never_count(how: str) -> None:
    victim, attacker, centre = school_desk(1), school_desk(2), centre_desk()
    victim.write([titled("g", "цель")])
    centre.take_in(victim.export({}))
    tip = victim.vector()[victim.replica]
    refs = [ChangeRef(tip.name, 0)]
    forged = handmade(victim.replica, tip, 99, NOW, [(ChangeKey(GOAL, "g", "title"), "подделка", refs)])
    seals = {
        "bare": (),
        "wrong key": (attacker.key.sealed(victim.replica, forged.batch.head, NOW),),
        "twisted": (replace(victim.key.sealed(victim.replica, forged.batch.head, NOW), signature=b"no"),),
    }
    done = centre.take_in(Package((forged,), seals[how]))
    assert goals(centre)["g"].title == "цель"
    assert [found.waiting for found in done.after.values()] == [1]
    victim.write([titled("g", "цель, правка")])
    centre.take_in(victim.export({}))
    assert goals(centre)["g"].title == "цель, правка"
    assert not waiting(centre)
