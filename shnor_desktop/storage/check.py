"""The check of a store: everything that it holds is what was written, or it is named.

SQLite's own check misses about half of the damages of a byte that change content, so the content is checked: local
rows and the sums of their digests, batches against their names, values against their digests, chains down to their
first batch, blobs against their names, and the projection, row by row, against a replay of the log.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

from shnor_desktop.domain.log import batch_name
from shnor_desktop.storage import local
from shnor_desktop.storage.check_log import LogExamination, VerifySeal
from shnor_desktop.storage.check_projection import ProjectionExamination
from shnor_desktop.storage.findings import CheckReport, DamageKind, Finding, few
from shnor_desktop.storage.form import RELEASED, schema_digest, version_text
from shnor_desktop.storage.raw_rows import Row, as_written, is_well_typed, key_text, reading_failures, scan
from shnor_desktop.storage.store import Store
from shnor_desktop.storage.tables import BLOB, LOCAL, LOCAL_DIGEST, LOG_VECTOR, ROW_STATE, SCHOOL_STATE, STORE_META
from shnor_desktop.storage.upgrade import ALEMBIC_TABLE, META_FORM, META_REVISION, META_SCHEMA_DIGEST, replay_all


def check_store(store: Store, school: str | None = None, verify_seal: VerifySeal | None = None) -> CheckReport:
    """Check all of a store, or what belongs to one school; `verify_seal` judges the signatures.

    A backup of an older form is judged by its log alone: what is made from it will be made anew by the upgrade.
    """
    findings: list[Finding] = []
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(store.scanning())
        except reading_failures() as error:
            return CheckReport((Finding(DamageKind.FILE, str(error)),))
        log = LogExamination(connection, school, verify_seal)
        projection = ProjectionExamination(
            connection, store.schema, lambda name: log.links[name].school if name in log.links else "", school
        )
        _judge(findings, DamageKind.FILE, _file(connection))
        _judge(findings, DamageKind.BLOB, _blobs(connection, school))
        _judge(findings, DamageKind.LOG, log.run())
        if not _is_older(connection):
            _judge(findings, DamageKind.FORM, _form(connection))
            _judge(findings, DamageKind.LOCAL, _local(connection))
            if not findings:  # what is made from a hurt log says nothing
                _judge(findings, DamageKind.PROJECTION, projection.run())
    schools = tuple(sorted(projection.schools, key=repr))
    return CheckReport(few(findings), schools, len(log.links), log.values, projection.rows)


def _judge(findings: list[Finding], kind: DamageKind, part: Iterator[Finding]) -> None:
    """Add what a part of the check finds; a part that cannot be read is a finding too."""
    try:
        findings.extend(part)
    except reading_failures() as error:
        findings.append(Finding(kind, f"cannot be read: {error}"))


def quick_check(store: Store) -> CheckReport:
    """The check at start: the head of every chain, and the digest of each school's projection."""
    try:
        with store.scanning() as connection:
            findings = [*_heads(connection), *_projection_digests(connection, store)]
    except reading_failures() as error:
        findings = [Finding(DamageKind.FILE, str(error))]
    return CheckReport(few(findings))


def repair_projection(store: Store) -> None:
    """Project every school again from its log: mends findings of the projection alone."""
    with store.writing_connection() as connection:
        replay_all(connection, store.schema)


def _is_older(connection: Any) -> bool:
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    return bool(0 < found < RELEASED.user_version)


def _file(connection: Any) -> Iterator[Finding]:
    for (words,) in connection.execute("PRAGMA integrity_check").fetchall():
        if words != "ok":
            yield Finding(DamageKind.FILE, words)


def _form(connection: Any) -> Iterator[Finding]:
    meta = dict(connection.execute("SELECT name, value FROM store_meta NOT INDEXED"))
    if schema_digest(connection) != meta.get(META_SCHEMA_DIGEST):
        yield Finding(DamageKind.FORM, "the tables are described otherwise", "sqlite_master")
    if version_text(connection.execute("PRAGMA user_version").fetchone()[0]) != meta.get(META_FORM):
        yield Finding(DamageKind.FORM, "the version of the store was changed")
    revisions = connection.execute(f"SELECT * FROM {ALEMBIC_TABLE} NOT INDEXED").fetchall()
    if revisions != [(meta.get(META_REVISION),)]:
        yield Finding(DamageKind.FORM, "the revision of the store was changed", ALEMBIC_TABLE)


def _local(connection: Any) -> Iterator[Finding]:
    sums = {}
    for row in scan(connection, LOCAL_DIGEST):
        if not is_well_typed(LOCAL_DIGEST, row):
            yield Finding(DamageKind.LOCAL, "a value of another type", LOCAL_DIGEST.name, key_text(LOCAL_DIGEST, row))
        sums[row[0]] = row[1:]
    for table in LOCAL:
        count, total = 0, 0
        for row in scan(connection, table):
            digest = local.row_digest(table.name, as_written(table, row)) if is_well_typed(table, row) else ""
            if digest != row[-1]:
                yield Finding(DamageKind.LOCAL, "the row was changed", table.name, key_text(table, row))
            count, total = count + 1, total + int(digest or "0", 16)
        known = sums.pop(table.name, (0, local.digest_text(0)))
        if known != (count, local.digest_text(total)):
            yield Finding(DamageKind.LOCAL, f"{known[0]} rows were written, {count} are there", table.name)
    if sums or not connection.execute(f"SELECT count(*) FROM {STORE_META.name} NOT INDEXED").fetchone()[0]:
        yield Finding(DamageKind.LOCAL, "sums of unknown tables", LOCAL_DIGEST.name, repr(sorted(sums, key=repr)))


def _blobs(connection: Any, school: str | None) -> Iterator[Finding]:
    for row in scan(connection, BLOB):
        if school is not None and row[1] != school:
            continue
        if not is_well_typed(BLOB, row) or hashlib.sha256(row[3]).hexdigest() != row[0]:
            yield Finding(
                DamageKind.BLOB, "the bytes are not those of the name", BLOB.name, key_text(BLOB, row), str(row[1])
            )


def _heads(connection: Any) -> Iterator[Finding]:
    query = "SELECT data, replica, school, sequence FROM log_batch WHERE name = ?"
    for row in scan(connection, LOG_VECTOR):
        replica, school, sequence, name, digest = row
        if local.row_digest(LOG_VECTOR.name, as_written(LOG_VECTOR, row)) != digest:
            yield Finding(DamageKind.LOG, "the row was changed", LOG_VECTOR.name, key_text(LOG_VECTOR, row), school)
        batch = connection.execute(query, (name,)).fetchone()
        if batch is None or batch[1:] != (replica, school, sequence) or batch_name(batch[0]) != name:
            yield Finding(DamageKind.LOG, "the head of a chain is not there", "log_batch", name, school)


def _projection_digests(connection: Any, store: Store) -> Iterator[Finding]:
    sums: dict[str, int] = defaultdict(int)
    counts: dict[str, int] = defaultdict(int)
    for entity, school, digest in connection.execute(f"SELECT entity, school, digest FROM {ROW_STATE.name}"):
        sums[school] += int(digest, 16)
        counts[entity] += 1
    states: dict[str, Row] = {row[0]: row for row in scan(connection, SCHOOL_STATE)}
    for school in sorted({*sums, *states}, key=repr):
        known = states.get(school, (school, 0, local.digest_text(0)))
        if known[2] != local.digest_text(sums[school]):
            yield Finding(DamageKind.PROJECTION, "the digest of the projection differs", SCHOOL_STATE.name, "", school)
    for info in store.schema.entities.values():
        table = info.cls.__table__
        rows = connection.execute(f'SELECT count(*) FROM "{table.description}"').fetchone()[0]
        if rows != counts[info.log_name]:
            yield Finding(
                DamageKind.PROJECTION, f"{counts[info.log_name]} rows are known, {rows} there", table.description
            )
