"""An erased row stays erased: values and salts go, chains hold, and nothing that comes later brings it back."""

from __future__ import annotations

import random
from datetime import UTC, datetime

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import Delete, Restore, Set
from shnor_desktop.domain.roles import WriterRole
from tests.storage.merge_desks import GOAL, REMARK, SCHOOL, Desk, Key, Package, replayed

NOW = datetime(2024, 9, 2, tzinfo=UTC)
NAME = "Канарейкина"


def desk(number: int, role: WriterRole = WriterRole.SCHOOL) -> Desk:
    return Desk(Key(f"owner-{number}", role), f"r{number}", NOW)


def erase(at: Desk, *rows: str) -> None:
    at.log(lambda log: log.erase(SCHOOL, {(GOAL, row) for row in rows}, "order"))


def holds(at: Desk, text: str) -> bool:
    """Whether a text stands anywhere in the store."""
    with at.engine.connect() as connection:
        names = [row[0] for row in connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = [value for n in names for row in connection.exec_driver_sql(f'SELECT * FROM "{n}"') for value in row]
    parts = [value if isinstance(value, bytes) else str(value).encode() for value in found]
    return text.encode() in b"\n".join(parts)


def test_that_an_erased_row_is_empty_and_hidden_with_what_stands_below_and_beside() -> None:
    one = desk(1)
    one.write([Set(GOAL, "g1", "title", NAME), Set(GOAL, "g2", "goal", "g1"), Set(GOAL, "g2", "title", f"{NAME} ниже")])
    one.write([Set(GOAL, "g1", "title", f"{NAME}-2"), Set(GOAL, "g3", "title", "остаётся"), Delete(GOAL, "g2")])
    centre = desk(2, WriterRole.MUNICIPAL)
    centre.take_in(one.export({}))
    centre.write([Set(REMARK, "r1", "target_entity", GOAL), Set(REMARK, "r1", "target_row", "g1")])
    centre.write([Set(REMARK, "r1", "quoted", NAME)])
    one.take_in(centre.export({}))
    assert holds(one, NAME)
    for at in (one, centre):
        erase(at, "g1")
        assert not holds(at, NAME)
        goals = {row[6]: row for row in at.tables()[GOAL]}
        assert goals["g3"][2] == "остаётся"
        assert all(value is None for value in goals["g1"][:6])
        assert at.tables() == replayed(at)
    assert one.digest() == centre.digest()
    with pytest.raises(KnownError) as caught:
        one.write([Set(GOAL, "g1", "title", "снова")])
    assert caught.value.code == "log.row_erased"
    with pytest.raises(KnownError):
        one.write([Restore(GOAL, "g1")])


@pytest.mark.parametrize("seed", range(15))
def test_that_no_later_package_brings_an_erased_row_back(seed: int) -> None:
    """Whoever confirms when, and whatever comes late: in the end all hold the same, and none of them the name."""
    chance = random.Random(seed)
    desks = [desk(1), desk(2), desk(3, WriterRole.MUNICIPAL)]
    desks[0].write([Set(GOAL, "g1", "title", NAME), Set(GOAL, "g3", "title", "остаётся")])
    packages: list[Package] = []
    erased: set[int] = set()
    for _ in range(25):
        number = chance.randrange(3)
        step(desks, number, packages, erased, chance)
        if number in erased:
            assert title(desks[number]) is None
    send_all(desks)
    send_all(desks)
    for number, at in enumerate(desks):
        if number not in erased:
            erase(at, "g1")
    send_all(desks)
    for package in packages:
        for at in desks:
            at.take_in(package)
    assert len({at.digest() for at in desks}) == 1
    for at in desks:
        assert title(at) is None
        assert at.tables() == replayed(at)
        assert not holds(at, NAME)


def step(desks: list[Desk], number: int, packages: list[Package], erased: set[int], chance: random.Random) -> None:
    at = desks[number]
    writes = number < 2 and number not in erased
    match chance.randrange(6):
        case 0 if writes:
            at.write([Set(GOAL, "g1", chance.choice(("title", "kind")), f"{NAME} {chance.random()}")])
        case 1 if writes:
            below = f"b{chance.randrange(3)}"
            at.write([Set(GOAL, below, "goal", "g1"), Set(GOAL, below, "title", f"{NAME} {chance.random()}")])
        case 2 if number < 2:
            at.write([Set(GOAL, "g3", "title", f"остаётся {chance.random()}")])
        case 3 if chance.random() < 0.3 and any(row[6] == "g1" for row in at.tables()[GOAL]):
            erase(at, "g1")
            erased.add(number)
        case 4:
            packages.append(at.export({} if chance.random() < 0.5 else chance.choice(desks).vector()))
        case _ if packages:
            at.take_in(chance.choice(packages))


def title(at: Desk) -> object:
    return {row[6]: row[2] for row in at.tables()[GOAL]}.get("g1")


def send_all(desks: list[Desk]) -> None:
    for sender in desks:
        for receiver in desks:
            receiver.take_in(sender.export({}))
