"""A methodology is copied, changed, checked, previewed and published; nothing of a draft is lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.methodology.pack import NOT_OF_THE_FILE
from shnor_desktop.domain.methodology_difference import difference
from shnor_desktop.services import pack_drafts, pack_editing, pack_moving, pack_words, records
from shnor_desktop.services.desks import create_centre_desk, open_desk
from shnor_desktop.services.pack_editing import EditorView
from shnor_desktop.services.pack_structure import forms_of, tables
from shnor_desktop.services.pack_tables import PackRow
from shnor_desktop.services.workspace import Profile, Workspace
from tests.clock import FixedClock

QUESTIONS = "forms.blocks.questions"


@pytest.fixture
def centre(tmp_path: Path, fixed_clock: FixedClock) -> Iterator[Workspace]:
    """A centre with a fresh draft of the methodology that it works by."""
    profile = Profile(tmp_path / "profile")
    workspace = create_centre_desk(tmp_path / "centre.db", "72-MOC", "МОЦ", fixed_clock, profile=profile)
    pack_editing.begin_draft(workspace, workspace.pack.hash)
    yield workspace
    workspace.close()


def view(workspace: Workspace, table: str = "") -> EditorView:
    """The editor at a table."""
    found = pack_editing.editor_view(workspace, table)
    assert found is not None
    return found


def rows(workspace: Workspace, table: str) -> tuple[PackRow, ...]:
    """The rows of a table."""
    return view(workspace, table).table.rows


def thresholded(workspace: Workspace) -> PackRow:
    """The first question with thresholds."""
    return next(row for row in rows(workspace, QUESTIONS) if row.values["thresholds"])


def refused(code: str, call: Any, *args: Any) -> KnownError:
    """The refusal of a call."""
    with pytest.raises(KnownError) as caught:
        call(*args)
    assert caught.value.code == code
    return caught.value


def test_that_a_copy_of_a_pack_of_the_program_gets_a_code_of_its_own_and_is_sound(centre: Workspace) -> None:
    draft = view(centre).draft
    assert draft.plain["id"] == f"{centre.pack.id}-72-moc"
    assert draft.examined.is_sound
    refused("pack_editing.draft_exists", pack_editing.begin_draft, centre, centre.pack.hash)


def test_that_every_table_and_field_has_a_caption_and_a_place_in_the_editor(centre: Workspace) -> None:
    known = pack_words.captions()
    assert {line.id for line in view(centre).lines} == set(tables())
    for table in tables().values():
        assert table.id in known["tables"], table.id
        for field in forms_of(table.cls).values():
            assert pack_words.field_caption(table.cls, field.name) != field.name, (table.id, field.name)
            if field.shape.value == "word":
                assert all(code != words for code, words in pack_words.words_of_enum(field.inner)), field.inner


def test_that_every_table_of_every_field_can_be_shown_and_kept_as_it_is_shown(centre: Workspace) -> None:
    for table in tables():
        shown = view(centre, table).table
        for row in shown.rows[:3]:
            for name in shown.fields:
                assert isinstance(shown.cell(row, name), str)
                before = view(centre, table).draft.plain
                pack_editing.edit_field(centre, row.id, name, row.values[name])
                assert view(centre, table).draft.plain == before, (table, name)


def test_that_a_changed_threshold_is_on_disk_at_once_and_undone_after_a_restart(
    centre: Workspace, tmp_path: Path, fixed_clock: FixedClock
) -> None:
    row = thresholded(centre)
    first, second = str(row.values["thresholds"]).split("; ")
    assert pack_editing.edit_field(centre, row.id, "thresholds", f"{first.replace(',', '.')}1; {second}")
    path, profile = centre.store.path, centre.profile
    centre.store.close()
    again = open_desk(path, fixed_clock, profile=profile)
    try:
        changed = view(again, QUESTIONS).table.row(row.id)
        assert changed is not None
        assert changed.values["thresholds"] != row.values["thresholds"]
        words = view(again).draft.undo_words
        assert words.startswith("изменено: Вопросы форм")
        assert pack_drafts.undo(again) == words
        assert thresholded(again).values == row.values
        assert pack_drafts.redo(again) == words
    finally:
        again.close()


def test_that_thresholds_in_the_wrong_order_are_a_fault_at_their_row_and_field(centre: Workspace) -> None:
    row = thresholded(centre)
    first, second = str(row.values["thresholds"]).split("; ")
    pack_editing.edit_field(centre, row.id, "thresholds", f"{second}; {first}")
    found = view(centre, QUESTIONS)
    (fault,) = found.faults
    assert (fault.table, fault.row, fault.field) == (QUESTIONS, row.id, "thresholds")
    shown = found.table.row(row.id)
    assert shown is not None
    assert shown.faults["thresholds"].startswith("Пороги стоят не по порядку")
    assert next(line for line in found.lines if line.id == QUESTIONS).faults == 1
    error = refused("pack_editing.faulty", pack_editing.publish, centre, "9.0", "")
    assert "Пороги" in str(error.params["place"])


@pytest.mark.parametrize(
    ("table", "field", "typed", "code"),
    [
        (QUESTIONS, "thresholds", "много; мало", "pack_editing.not_numbers"),
        (QUESTIONS, "code", "код по-русски", "pack_editing.not_a_code"),
        ("measures", "due", "тридцатое февраля", "value.not_a_date"),
        ("measures", "title", "я" * 1001, "value.too_long"),
        ("social_index.items", "weight", "тяжёлый", "value.not_a_number"),
        ("measures", "id", "../../etc", "pack_editing.not_a_code"),
    ],
)
def test_that_what_no_field_can_hold_is_refused_and_the_rest_stays(
    centre: Workspace, table: str, field: str, typed: str, code: str
) -> None:
    found = rows(centre, table)
    if not found:
        pack_editing.add_row(centre, table.split(".")[0])
        pack_editing.add_row(centre, table)
        found = rows(centre, table)
    before = view(centre).draft.plain
    refused(code, pack_editing.edit_field, centre, found[0].id, field, typed)
    assert view(centre).draft.plain == before


def test_that_an_emptied_field_that_must_be_there_is_a_fault_and_kept_as_a_draft(centre: Workspace) -> None:
    row = rows(centre, "measures")[0]
    pack_editing.edit_field(centre, row.id, "title", "")
    (fault,) = view(centre).faults
    assert (fault.table, fault.field) == ("measures", "title")
    stage = rows(centre, "stages")[0]
    pack_editing.edit_field(centre, stage.id, "start", "")
    assert {one.field for one in view(centre).faults} >= {"title", "start"}


def test_that_a_new_code_is_followed_by_all_that_refer_to_it(centre: Workspace) -> None:
    role = next(one for one in rows(centre, "roles") if one.values["executor"])
    old = str(role.values["id"])
    used = [one.id for one in rows(centre, "measures") if old in (one.values["executors"] or ())]  # type: ignore[operator]
    pack_editing.edit_field(centre, role.id, "id", "renamed_role")
    assert view(centre).draft.examined.is_sound
    now = [one.id for one in rows(centre, "measures") if "renamed_role" in (one.values["executors"] or ())]  # type: ignore[operator]
    assert now == used
    other = rows(centre, "roles")[1 if rows(centre, "roles")[0].id == role.id else 0]
    refused("pack_editing.code_taken", pack_editing.edit_field, centre, other.id, "id", "renamed_role")


def test_that_a_row_that_others_name_is_not_deleted_and_they_are_named(centre: Workspace) -> None:
    factor = rows(centre, "factors")[0]
    error = refused("pack_editing.referenced", pack_editing.remove_row, centre, factor.id)
    assert "«" in str(error.params["who"])
    block = rows(centre, "forms.blocks")[-1]
    used = {str(one.values["question"]) for one in rows(centre, "factors.indicators")}
    inside = {str(one.values["code"]) for one in rows(centre, QUESTIONS) if one.id.startswith(block.id)}
    if used & inside:
        refused("pack_editing.referenced", pack_editing.remove_row, centre, block.id)


def test_that_a_row_is_added_copied_moved_and_deleted_each_as_a_step(centre: Workspace) -> None:
    before = view(centre).draft.plain
    count = len(rows(centre, "measures"))
    first = rows(centre, "measures")[0]
    copied = pack_editing.copy_row(centre, first.id)
    assert len(rows(centre, "measures")) == count + 1
    assert view(centre).draft.examined.is_sound
    moved = pack_editing.move_row(centre, copied, -1)
    assert moved == first.id
    pack_editing.remove_row(centre, moved)
    assert rows(centre, "measures")[0].values == first.values
    fresh = pack_editing.add_row(centre, QUESTIONS, rows(centre, QUESTIONS)[0].id)
    assert rows(centre, QUESTIONS)[1].id == fresh
    assert not view(centre).draft.examined.is_sound
    for _ in range(4):
        assert pack_drafts.undo(centre)
    assert view(centre).draft.plain == before
    assert pack_drafts.undo(centre) == ""


def test_that_a_part_that_a_pack_lacks_is_added_and_taken_out(centre: Workspace) -> None:
    if not rows(centre, "social_index"):
        pack_editing.add_row(centre, "social_index")
    assert len(rows(centre, "social_index")) == 1
    pack_editing.add_row(centre, "social_index.items")
    assert rows(centre, "social_index.items")
    pack_editing.remove_row(centre, "social_index")
    assert rows(centre, "social_index") == ()


def test_that_ctrl_z_takes_back_the_steps_of_the_editor(centre: Workspace) -> None:
    row = rows(centre, "measures")[0]
    pack_editing.edit_field(centre, row.id, "title", "Другое название")
    assert "Другое название" in records.undoable(centre) or "изменено" in records.undoable(centre)
    assert records.undo(centre) is not None
    assert rows(centre, "measures")[0].values == row.values
    assert records.redo(centre) is not None
    assert rows(centre, "measures")[0].values["title"] == "Другое название"


def test_that_a_published_version_stands_on_the_shelf_and_the_draft_is_gone(centre: Workspace) -> None:
    old = centre.pack
    refused("pack_editing.nothing_changed", pack_editing.publish, centre, "9.0", "")
    pack_editing.edit_field(centre, rows(centre, "measures")[0].id, "title", "Другое название")
    refused("pack_editing.not_a_version", pack_editing.publish, centre, "первая", "")
    refused("pack_editing.version_not_newer", pack_editing.publish, centre, "0.1", "")
    version = pack_editing.proposed_version(centre, view(centre).draft)
    pack = pack_editing.publish(centre, version, "Уточнено название")
    assert pack_editing.editor_view(centre) is None
    assert centre.pack == old
    changes = {change.name for part in difference(old, pack) if part.part == "measures" for change in part.changes}
    assert changes == {old.measures[0].id}
    pack_moving.move_to(centre, pack.hash)
    assert centre.pack.measures[0].title == "Другое название"
    assert next(one for one in pack_moving.versions(centre) if one.is_in_force).entry.note == "Уточнено название"


def test_that_the_next_version_of_the_centres_own_methodology_keeps_its_code(centre: Workspace) -> None:
    pack_editing.edit_field(centre, rows(centre, "measures")[0].id, "title", "Другое название")
    first = pack_editing.publish(centre, "9.0", "")
    pack_editing.begin_draft(centre, first.hash)
    assert view(centre).draft.plain["id"] == first.id
    pack_editing.edit_field(centre, rows(centre, "measures")[0].id, "title", "Третье название")
    assert pack_editing.proposed_version(centre, view(centre).draft) == "9.1"
    refused("pack_editing.version_not_newer", pack_editing.publish, centre, "9.0", "")
    second = pack_editing.publish(centre, "9.1", "")
    assert (second.id, second.version) == (first.id, "9.1")


def test_that_the_code_of_a_pack_of_the_program_cannot_be_taken(centre: Workspace) -> None:
    pack_editing.edit_field(centre, rows(centre, "measures")[0].id, "title", "Другое название")
    pack_editing.edit_field(centre, "", "id", centre.pack.id)
    refused("pack_editing.id_taken", pack_editing.publish, centre, "9.0", "")


def test_that_a_school_has_no_editor_and_a_discarded_draft_leaves_nothing(centre: Workspace) -> None:
    pack_editing.edit_field(centre, rows(centre, "measures")[0].id, "title", "Другое название")
    pack_drafts.discard(centre)
    assert pack_drafts.read_draft(centre) is None
    with centre.reading() as reader:
        assert {kind for _, kind in reader.records.blobs("")} == {"methodology"}


def test_that_hundreds_of_steps_keep_the_last_hundred(centre: Workspace) -> None:
    row = rows(centre, "principles")[0] if rows(centre, "principles") else rows(centre, "measures")[0]
    for at in range(110):
        pack_editing.edit_field(centre, row.id, "title", f"Название {at}")
    with centre.reading() as reader:
        kept = [kind for _, kind in reader.records.blobs("") if kind == "methodology-draft"]
    assert len(kept) == 100


def test_that_a_question_type_can_be_every_word_of_its_vocabulary(centre: Workspace) -> None:
    form = forms_of(tables()[QUESTIONS].cls)["kind"]
    row = rows(centre, QUESTIONS)[0]
    for word in form.inner:
        pack_editing.edit_field(centre, row.id, "kind", str(word))
        assert rows(centre, QUESTIONS)[0].values["kind"] == str(word)


def test_that_a_draft_holds_all_fields_of_the_pack(centre: Workspace) -> None:
    names = {field.name for field in dataclasses.fields(centre.pack)} - NOT_OF_THE_FILE
    assert names == {table.path[0] for table in tables().values() if table.path} | {
        field.name for field in tables()[""].own_fields()
    }


def test_that_no_code_of_another_table_is_shown_where_a_person_reads(centre: Workspace) -> None:
    for name, column in (("roles", "lane"), ("tasks", "stage"), ("factors.indicators", "question")):
        table = view(centre, name).table
        code = str(table.rows[0].values[column])
        shown = table.cell(table.rows[0], column)
        assert shown != code
        assert shown == dict(table.options[column])[code]
    first = view(centre, "factors.indicators").table.rows[0]
    assert first.title != first.values["question"]
    assert view(centre, "result_reading.bands").table.rows[0].title == "базовый"
