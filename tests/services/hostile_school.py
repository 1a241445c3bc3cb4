"""A school whose key the centre trusts and whose program lies: it signs whatever a test wants to be in a package."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from shnor_desktop.domain.canonical import WireValue, canonical_json
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.log import BatchHeader, ChangeKey, ChangeRef, Head, Seal, make_batch
from shnor_desktop.exchange.compression import compress
from shnor_desktop.exchange.container import Member, write_container
from shnor_desktop.exchange.keys import Identity
from shnor_desktop.exchange.package import BATCHES, COVER, MANIFEST, SEALS
from shnor_desktop.exchange.package_log import TravellingBatch, pack_batches, pack_seals
from shnor_desktop.services import packages
from shnor_desktop.services.arrivals import Verdict, import_package
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.log_planning import planned_change
from shnor_desktop.storage.store import Store
from tests.clock import FixedClock
from tests.services.exchange_desks import Desks, make_desks

Said = tuple[str, str, str, WireValue]
"""(entity, row, field, value)"""


@dataclass(slots=True)
class Liar:
    """Writes packages by hand: chains, seals and `package.json` are what the test says."""

    desk: Workspace
    folder: Path
    head: Head
    school: str
    replica: str
    honest: dict[str, Any]
    """`package.json` as the program writes it."""
    made: list[TravellingBatch] = field(default_factory=list)
    files: int = 0

    @classmethod
    def of(cls, desk: Workspace, folder: Path) -> Liar:
        """A school from where its chain stands."""
        with desk.writing() as transaction:
            head = transaction.log.head(desk.writer.replica, desk.school)
            found = packages.draft(desk, transaction, desk.school)
        honest = packages.manifest_of(desk, found, "school", None, desk.clock.now())
        return cls(desk, folder, head, desk.school, desk.writer.replica, dict(msgspec.to_builtins(honest)))

    @property
    def identity(self) -> Identity:
        """The key that the centre trusts."""
        return self.desk.identity

    def says(
        self, *said: Said, replaces: Iterable[ChangeRef] = (), keep: bool = True, **header: object
    ) -> TravellingBatch:
        """The next batch of the chain; members of its header may be said otherwise. `keep` puts it in the package."""
        planned = [planned_change(ChangeKey(*one[:3]), one[3], tuple(replaces)) for one in said]
        values: dict[str, Any] = {
            "schema": 1,
            "replica": self.replica,
            "school": self.school,
            "sequence": self.head.sequence + 1,
            "previous": self.head.name,
            "lamport": 1000 + self.head.sequence,
            "time": self.desk.clock.now(),
            "author": "somebody",
            "operation": "изменено",
        }
        batch = make_batch(BatchHeader(**{**values, **header}), [change for change, _ in planned])
        sent = TravellingBatch(batch, tuple(value for _, value in planned))
        if keep:
            self.head = batch.head
            self.made.append(sent)
        return sent

    def seal(self, head: Head | None = None, identity: Identity | None = None, **other: Any) -> Seal:
        """A seal over the head of the chain, or over another one."""
        signer = identity or self.identity
        moment = iso_utc(self.desk.clock.now())
        bare = Seal(self.replica, self.school, head or self.head, moment, signer.certificate.der, b"")
        bare = replace(bare, **other)
        return replace(bare, signature=signer.sign(bare.signed_bytes()))

    def package(
        self,
        batches: Sequence[TravellingBatch] | None = None,
        seals: Sequence[Seal] | None = None,
        datasets: Mapping[str, bytes] | None = None,
        **said: object,
    ) -> Path:
        """A package of these contents, rightly counted; `said` replaces members of `package.json`."""
        batches = self.made if batches is None else batches
        seals = [self.seal()] if seals is None else seals
        datasets = datasets or {}
        changes = sum(len(item.batch.changes) for item in batches)
        counts = {"batches": len(batches), "changes": changes, "seals": len(seals), "datasets": len(datasets)}
        members: dict[str, bytes | Path] = {f"data/{name}": data for name, data in datasets.items()}
        members |= {BATCHES: pack_batches(batches), SEALS: pack_seals(seals)}
        return self.sign(
            {**members, MANIFEST: canonical_json({**self.honest, "counts": counts, **said}), COVER: b"%PDF-"}
        )

    def raw(
        self, manifest: bytes | None = None, batches: bytes = b"", seals: bytes = b"", more: Mapping[str, bytes] = {}
    ) -> Path:
        """A package of these bytes, whatever they are; the log is given unpacked."""
        counts = {"batches": batches.count(b"\n"), "changes": 0, "seals": seals.count(b"\n"), "datasets": 0}
        said = canonical_json({**self.honest, "counts": counts}) if manifest is None else manifest
        return self.sign({MANIFEST: said, BATCHES: compress(batches), SEALS: compress(seals), COVER: b"%PDF-", **more})

    def sign(self, members: Mapping[str, bytes | Path], signer: Identity | None = None) -> Path:
        """A container of any members under the trusted key."""
        self.files += 1
        self.folder.mkdir(exist_ok=True)
        target = self.folder / f"hostile-{self.school[:4]}-{self.files}.shnor"
        contents = [Member(name, content) for name, content in members.items()]
        write_container(target, contents, signer or self.identity, self.desk.clock.now())
        return target


@pytest.fixture(scope="module")
def met_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desks]:
    """Two desks that have met, for tests that leave the centre as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(packages, "check", lambda _workspace: CheckResult((), (), ()))
        desks = make_desks(tmp_path_factory.mktemp("met"), FixedClock())
        desks.meet()
        yield desks


@pytest.fixture
def liar(met_desks: Desks) -> Liar:
    """The school of desks that have met."""
    return Liar.of(met_desks.school, met_desks.flash)


def everything(store: Store) -> dict[str, str]:
    """A digest of every table of a store, row by row: equal before and after what changed nothing."""
    with store.scanning() as raw:
        names = [row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        found = {}
        for name in names:
            rows = sorted(repr(row) for row in raw.execute(f'SELECT * FROM "{name}"'))
            found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return found


def judged(desks: Desks, file: Path) -> Verdict:
    """The verdict of the centre; a refusal must leave its store as it was, to the last row, and say why."""
    before = everything(desks.centre.store)
    verdict = import_package(desks.centre, file)
    if not verdict.code.is_fine:
        assert everything(desks.centre.store) == before
        assert all((verdict.message.what, verdict.message.means, verdict.message.do))
    return verdict


def refusal(desks: Desks, file: Path) -> tuple[str, str]:
    """The verdict on a file that is refused, with its cause."""
    verdict = judged(desks, file)
    return verdict.code.value, verdict.cause
