"""Who exported, imported, trusted and erased what: any change of any record is seen by the check."""

from __future__ import annotations

import os
import random
import sqlite3
from pathlib import Path

import pytest

from shnor_desktop.storage.check import check_store
from shnor_desktop.storage.findings import DamageKind
from shnor_desktop.storage.records import PackageRecord, TrustedSigner
from shnor_desktop.storage.store import Store
from tests.storage.sample_store import new_store

FLIPS = int(os.environ.get("SHNOR_AUDIT_CHANGES", "300"))
TABLES = ("package", "kept", "signer", "peer_vector", "replica", "store_meta")


def filled(path: Path) -> Store:
    """A store with a journal, what it keeps, and whom it trusts."""
    store = new_store(path)
    with store.writing() as transaction:
        records = transaction.records
        for number in range(1, 6):
            way = "in" if number % 2 else "out"
            details = f'{{"before": {{}}, "size": {number}}}'
            line = (f"{number:064x}", way, "school", f"пакет {number}.shnor", number, "school-1", "peer", "2024-09-02")
            records.put_package(PackageRecord(*line, "accepted", details))
            records.keep("erasure_done", f"order-{number}", f'{{"rows": {number}}}')
            signer = (f"{number:064x}", f"72-{number}", "school", "МАОУ «Лесная СОШ»", b"\x30\x82" + bytes([number]))
            records.trust(TrustedSigner(*signer, "2024-09-02T08:00:00Z"))
            records.set_meta(f"property-{number}", str(number))
    return store


def changed(value: object, chance: random.Random) -> object:
    """Another value of the same type, as somebody with an editor of databases would write it."""
    if isinstance(value, bytes):
        data = bytearray(value or b"\0")
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        return bytes(data)
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 10))
    text = str(value)
    at = chance.randrange(len(text) + 1)
    return text[:at] + chance.choice("aб0 -") + text[at:]


def test_that_every_change_of_a_record_is_found(tmp_path: Path) -> None:
    store = filled(tmp_path / "audited.db")
    assert check_store(store).is_clean
    chance, missed = random.Random(6), []
    raw = sqlite3.connect(store.path, isolation_level=None)
    cells = [
        (table, column[1])
        for table in TABLES
        for column in raw.execute(f'PRAGMA table_info("{table}")')
        if raw.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
    ]
    for number in range(FLIPS):
        table, column = cells[number % len(cells)] if number < len(cells) else chance.choice(cells)
        rows = raw.execute(f'SELECT rowid, "{column}" FROM "{table}"').fetchall()
        row, old = chance.choice(rows)
        new = changed(old, chance)
        try:
            raw.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (new, row))
        except sqlite3.IntegrityError:
            continue
        found = [
            finding for finding in check_store(store).findings if finding.kind in (DamageKind.LOCAL, DamageKind.FORM)
        ]
        if not found:
            missed.append((table, column, old, new))
        raw.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE rowid = ?', (old, row))
    raw.close()
    assert missed == []
    assert check_store(store).is_clean
    store.close()


@pytest.mark.parametrize("table", ["package", "kept", "signer"])
def test_that_a_record_that_was_taken_out_or_put_in_is_found(tmp_path: Path, table: str) -> None:
    store = filled(tmp_path / "audited.db")
    with sqlite3.connect(store.path) as raw:
        names = [column[1] for column in raw.execute(f'PRAGMA table_info("{table}")')]
        row = raw.execute(f'SELECT * FROM "{table}" LIMIT 1').fetchone()
        raw.execute(f'DELETE FROM "{table}" WHERE "{names[0]}" = ? AND "{names[1]}" = ?', row[:2])
    assert not check_store(store).is_clean
    with sqlite3.connect(store.path) as raw:
        raw.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" for _ in row)})', row)
    assert check_store(store).is_clean
    twin = ("of-somebody-else", *row[1:])
    with sqlite3.connect(store.path) as raw:
        raw.execute(f'INSERT INTO "{table}" VALUES ({", ".join("?" for _ in row)})', twin)
    assert not check_store(store).is_clean
    store.close()


def quick(store: Store) -> tuple:
    return check_store(store).findings
