"""Whatever a school and two colleagues write and return, in whatever order: stores are sound and the centre agrees."""

from __future__ import annotations

import random

import pytest

from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import conflicts, records
from shnor_desktop.services.workspace import Workspace
from tests.services.exchange_desks import add_teacher, without_check
from tests.services.team_desks import Team, team

__all__ = ["team", "without_check"]

STEPS = 40


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_that_random_work_of_a_team_ends_alike_at_the_centre(team: Team, seed: int) -> None:
    chance = random.Random(seed)
    for at in range(3):
        add_teacher(team.school, f"Педагог {'абв'[at]} Имя Отчество")
    team.desks.meet()
    colleagues = [team.open(team.give(name)) for name in ("Первая Анна Ивановна", "Вторая Анна Ивановна")]
    for _ in range(STEPS):
        team.clock.advance(minutes=chance.randrange(1, 60))
        desk = chance.choice([team.school, *colleagues])
        step(team, desk, chance)
    for desk in colleagues:
        bring(team, desk)
        bring(team, desk)  # twice: nothing more
    assert team.desks.receive(team.desks.send()).code.is_fine
    assert values(team.school) == values(team.desks.centre, team.school.school)
    assert len(records.conflicts(team.school)) == len(records.conflicts(team.desks.centre, team.school.school))
    for conflict in conflicts.undecided(team.school).values():
        conflicts.keep_version(team.school, conflict, 0)
    assert conflicts.undecided(team.school) == {}
    assert team.are_sound()


def step(team: Team, desk: Workspace, chance: random.Random) -> None:
    """One thing that a person does."""
    rows = records.rows(desk, StaffMember)
    row = chance.choice(rows).id if rows else ""
    match chance.randrange(8):
        case 0 if desk is not team.school:
            bring(team, desk)
        case 1 if row:
            records.remove(desk, StaffMember.log_name, row)
        case 2:
            hidden = [one for one in everybody(desk) if one.hidden and one.full_name]
            if hidden:
                records.bring_back(desk, StaffMember.log_name, chance.choice(hidden).id)
        case 3:
            records.undo(desk)
        case _ if row:
            field = chance.choice(["experience", "workload"])
            records.edit(desk, StaffMember.log_name, row, field, str(chance.randrange(1, 5)))


def everybody(desk: Workspace) -> list[StaffMember]:
    with desk.reading() as reader:
        return reader.rows(StaffMember, desk.school, hidden=True)


def bring(team: Team, desk: Workspace) -> None:
    """The colleague returns what there is, if there is something."""
    with desk.writing() as transaction:
        head = transaction.log.head(desk.writer.replica, desk.school)
    if head.sequence:
        assert team.take(team.bring_back(desk), "yes").code.is_fine


def values(desk: Workspace, school: str | None = None) -> list[tuple[object, ...]]:
    """The staff list as it is shown."""
    found = records.rows(desk, StaffMember, school)
    return sorted((one.id, one.full_name, one.experience, str(one.workload)) for one in found)
