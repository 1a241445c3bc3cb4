"""Whatever is done to the rows of a draft, in whatever order: it is done, or refused in words, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any

import pytest

from shnor_desktop.domain.canonical import canonical_json, parse_canonical
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.metrics import known_metric_names
from shnor_desktop.methodologies import pack_to_canonical
from shnor_desktop.methodologies.examining import examine
from shnor_desktop.services import pack_edits, pack_words
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.pack_structure import Plain, rows_of, tables
from shnor_desktop.services.pack_tables import faults_by_row, fields_of, read_table, typed_value

STEPS = 60
TYPED: tuple[object, ...] = (
    "", None, "текст", "а" * 900, "5; 3", "3; 5; 7", "01.02.2024", "31.02.2024", "-1", "1e9", "999999999999", "да",
    True, False, ["a"], [], "code-1", "../x", "{school_name}", "{нет такого}", "\u0301", "🙂", "14:30", "a\tb\nc",
)  # fmt: skip


def step(plain: Plain, dice: random.Random) -> Plain:
    """One random edit; the data as they were where it is refused."""
    table = dice.choice(list(tables().values()))
    rows = rows_of(plain, table)
    place = dice.choice(rows)[0] if rows else ()
    kind = dice.choice(("set", "set", "set", "add", "copy", "move", "remove"))
    try:
        if kind == "add":
            return pack_edits.add_row(plain, table.id, place)[0] if table.path else plain
        if not rows:
            return plain
        if kind == "set":
            name = dice.choice(list(fields_of(table)))
            row = dict(rows)[place] if place in dict(rows) else rows[0][1]
            return pack_edits.set_value(plain, place, name, typed_value(table, name, dice.choice(TYPED), row))
        if not table.is_list:
            return plain
        if kind == "copy":
            return pack_edits.copy_row(plain, place)[0]
        if kind == "move":
            return pack_edits.move_row(plain, place, dice.choice((-1, 1, 3)))[0]
        return pack_edits.remove_row(plain, place)
    except KnownError as error:
        if not error.code.startswith(("value.", "pack_editing.")):
            raise
        return plain


@pytest.mark.parametrize("seed", range(12))
def test_that_random_edits_are_done_or_refused_and_every_fault_has_a_place_in_words(seed: int) -> None:
    packs = load_methodologies().packs
    pack = packs[seed % len(packs)]
    dice = random.Random(seed)
    plain: Plain = parse_canonical(pack_to_canonical(pack))["pack"]
    for _ in range(STEPS):
        before = canonical_json(plain)
        changed = step(plain, dice)
        assert canonical_json(plain) == before, "what is given is never changed"
        plain = changed
        parse_canonical(canonical_json(plain))
    found = examine(plain, known_metric_names())
    for finding in found.findings:
        place, reason = pack_words.fault_words(plain, finding)
        assert place
        assert not reason.startswith("methodology."), finding
    shown: Mapping[str, Any] = faults_by_row(plain, found.findings)
    for row in shown:
        assert row == "" or row.split("/")[0] in plain or found.pack is None
    for table in tables():
        read_table(plain, table, found.findings)
