"""The parts of the work that a colleague may have: every entity is in one or in none, by name."""

from __future__ import annotations

from shnor_desktop.domain.log import ChangeKey
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.models.registry import entities
from shnor_desktop.models.team_parts import NO_PART, PART_ENTITIES, is_read, part_of
from shnor_desktop.models.teamwork import PARTS


def test_that_every_entity_is_in_one_part_or_in_none_by_name() -> None:
    named = [name for names in PART_ENTITIES.values() for name in names]
    assert sorted([*named, *NO_PART]) == sorted(entities())
    assert set(PART_ENTITIES) == {code for code, _ in PARTS}
    assert [name for name in named if WriterRole.SCHOOL not in entities()[name].writers] == []


def test_that_a_colleague_may_write_what_the_school_may_in_a_part_and_nothing_else() -> None:
    schema = LogSchema()
    for info in entities().values():
        for name in info.fields:
            key = ChangeKey(info.log_name, "r", name)
            may = schema.may_write(WriterRole.DELEGATE, key)
            in_part = info.log_name not in NO_PART or info.log_name == "attachment"
            assert may == (in_part and schema.may_write(WriterRole.SCHOOL, key))


def test_that_beside_a_part_names_are_read_and_nothing_personal() -> None:
    for info in entities().values():
        for field in info.fields.values():
            key = ChangeKey(info.log_name, "r", field.name)
            if field.personal and field.name != info.title_field:
                assert is_read(key, ["partners"]) == (part_of(key) == "partners"), key


def test_that_a_file_belongs_to_the_part_of_its_row() -> None:
    assert part_of(ChangeKey("attachment", "staff_member.1", "digest")) == "staff"
    assert part_of(ChangeKey("attachment", "school.1", "digest")) == ""
    assert not is_read(ChangeKey("attachment", "staff_member.1", "digest"), ["partners"])
    assert not is_read(ChangeKey("attachment", "feedback_card.1", "digest"), ["development"])
