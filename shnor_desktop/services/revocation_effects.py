"""What a revocation does to the log: nothing that a revoked key sealed beyond its last valid sequence counts.

It does not matter whether those seals came before the revocation, come after it or never come, nor what was said on
them meanwhile: what others said on it counts on, and nothing brings back what does not count any more. What this copy
itself wrote under a key that was revoked since is said again in the name of the key that it writes under now.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shnor_desktop.services.replica_names import mark_of
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.store import WriteTransaction
from shnor_desktop.storage.writer_rights import REVOKED_KEY, last_valid, revoked_body


@dataclass(frozen=True, slots=True)
class Revoked:
    """A revoked key by the end of its replicas' names, and by (replica, school) the last sequence that counts."""

    key_mark: str
    last: Mapping[tuple[str, str], int]
    """A chain that is not named counts nothing."""


def apply(workspace: Workspace, transaction: WriteTransaction, revoked: Sequence[Revoked]) -> frozenset[str]:
    """Let revocations take effect; the schools whose data that changed. What was applied before stays as it is."""
    records = transaction.records
    for one in revoked:
        body = records.kept_one(REVOKED_KEY, one.key_mark)
        last = dict(one.last) if body is None else _narrowed(last_valid(body), one.last)
        records.keep(REVOKED_KEY, one.key_mark, revoked_body(last))
    marks = {one.key_mark for one in revoked}
    if mark_of(workspace.identity.certificate) not in marks:
        _say_own_again(workspace, transaction, marks)
    return transaction.log.limit_revoked(marks, workspace.writer.replica)


def settle(workspace: Workspace, transaction: WriteTransaction) -> frozenset[str]:
    """Let everything that is revoked take effect again: this copy writes under another key from now on."""
    return apply(
        workspace, transaction, [Revoked(m, last_valid(b)) for m, b in transaction.records.kept(REVOKED_KEY).items()]
    )


def _narrowed(known: Mapping[tuple[str, str], int], said: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """What both revocations of a key let count: in whatever order they come, and never more than one of them."""
    return {chain: min(last, said[chain]) for chain, last in known.items() if chain in said}


def _say_own_again(workspace: Workspace, transaction: WriteTransaction, marks: set[str]) -> None:
    log, writer = transaction.log, workspace.writer
    local = {one.replica for one in transaction.records.replicas() if one.is_local} - {writer.replica}
    ours = {replica for replica in local if replica.rpartition(".")[2] in marks}
    for school in transaction.reader.schools():
        for replica in sorted(ours & set(log.vector(school))):
            log.adopt(school, replica, writer, workspace.clock.now(), "принято от прежнего ключа")
