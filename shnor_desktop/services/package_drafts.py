"""What the next package will hold: changes that the receiver lacks, without the values that stay, and their files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeKey, Head, Seal, StoredValue, ValueState
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.package_json import Party
from shnor_desktop.exchange.package_log import TravellingBatch
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.school import School
from shnor_desktop.models.staying import stays
from shnor_desktop.services import companions, owed_values
from shnor_desktop.services.workspace import StoreKind, Workspace
from shnor_desktop.storage.log_store import SentBatch
from shnor_desktop.storage.records import TrustedSigner
from shnor_desktop.storage.store import WriteTransaction

_ABSENT = StoredValue(ValueState.ABSENT)
_DIGEST_LENGTH = 64

Leaves = Callable[[SentBatch, int], bool]
"""(batch, place) → whether the value of this change leaves the school."""


@dataclass(frozen=True, slots=True)
class Files(Mapping[str, bytes]):
    """The files and datasets of a package by their SHA-256; each is read from the store when it is asked for."""

    workspace: Workspace
    school: str
    sizes: Mapping[str, int]
    made: Mapping[str, bytes]
    """What is in no store: the methodology in its canonical bytes."""

    def __getitem__(self, name: str) -> bytes:
        if name in self.made:
            return self.made[name]
        if name not in self.sizes:
            raise KeyError(name)
        with self.workspace.reading() as reader:
            data = reader.records.blob(self.school, name)
        if data is None:
            raise KeyError(name)
        return data

    def __iter__(self) -> Iterator[str]:
        return iter((*self.sizes, *self.made))

    def __len__(self) -> int:
        return len(self.sizes) + len(self.made)

    @property
    def total(self) -> int:
        """Bytes of all of them together."""
        return sum(self.sizes.values()) + sum(len(data) for data in self.made.values())

    def with_made(self, name: str, data: bytes) -> Files:
        """The same with something that is in no store."""
        return Files(self.workspace, self.school, self.sizes, {**self.made, name: data})


@dataclass(frozen=True, slots=True)
class Draft:
    """What a package will hold, read in one transaction."""

    school: str
    card: School | None
    receiver: Party
    batches: tuple[TravellingBatch, ...]
    seals: tuple[Seal, ...]
    files: Files
    vector: Mapping[str, Head]
    number: int
    previous: str
    pack_note: str = ""
    """What the author of the methodology says of its version, where it travels."""
    known: Mapping[str, Head] = field(default_factory=dict)
    """What the receiver has, with all its values: the package begins behind it."""
    is_impersonal: bool = False


def draft(workspace: Workspace, transaction: WriteTransaction, school: str, *, full: bool = False) -> Draft:
    """What the other side lacks; `full` is everything anew."""
    signer = _receiver(workspace, transaction, school)
    known = {} if full else _known(workspace, transaction, school, signer)
    known = owed_values.with_values(transaction.records, school, known)
    sent = transaction.log.since(school, known)
    return replace(draft_of(workspace, transaction, school, _party(signer), sent, _leaves), known=known)


def draft_of(
    workspace: Workspace,
    transaction: WriteTransaction,
    school: str,
    receiver: Party,
    sent: Sequence[SentBatch],
    leaves: Leaves,
) -> Draft:
    """These batches with the values that leave, and the files that those values name."""
    log, records = transaction.log, transaction.records
    batches = tuple(_travelling(item, leaves) for item in sent)
    vector = log.vector(school)
    outgoing = [record for record in records.packages() if record.direction == "out"]
    newest = max(outgoing, key=lambda record: record.number, default=None)
    return Draft(
        school=school,
        card=transaction.reader.row(School, school, school),
        receiver=receiver,
        batches=batches,
        seals=tuple(seal for replica in sorted(vector) for seal in log.seals(replica, school)),
        files=_files(workspace, transaction, school, batches),
        vector=vector,
        number=newest.number + 1 if newest else 1,
        previous=newest.id if newest else "",
    )


def _leaves(item: SentBatch, place: int) -> bool:
    return not stays(item.batch.changes[place].key)


def _travelling(item: SentBatch, leaves: Leaves) -> TravellingBatch:
    values = tuple(value if leaves(item, place) else _ABSENT for place, value in enumerate(item.values))
    return TravellingBatch(item.batch, values)


def _receiver(workspace: Workspace, transaction: WriteTransaction, school: str) -> TrustedSigner | None:
    """The other side: the centre of a school, or the school that sent the newest package."""
    wanted = WriterRole.MUNICIPAL if workspace.kind is StoreKind.SCHOOL else WriterRole.SCHOOL
    known = [one for one in transaction.records.signers() if one.role == wanted]
    signers = {one.fingerprint: one for one in known if not companions.is_revoked(transaction.records, one)}
    if workspace.kind is StoreKind.SCHOOL:
        return max(signers.values(), key=lambda signer: signer.trusted_at, default=None)
    if enrolled := companions.computers(transaction.records, school):
        return enrolled[-1]
    peers = [one.peer for one in transaction.records.packages(school) if one.direction == "in"]
    newest = next((signers[peer] for peer in peers if peer in signers), None)
    if newest is None and any(one.fingerprint in peers for one in known):
        raise KnownError("package.receiver_revoked")  # in the open nobody else may read it either
    return newest


def _known(
    workspace: Workspace, transaction: WriteTransaction, school: str, signer: TrustedSigner | None
) -> dict[str, Head]:
    """What the other side has: of several computers of a school, what all of them have."""
    enrolled = [] if workspace.kind is StoreKind.SCHOOL else companions.computers(transaction.records, school)
    peers = [one.fingerprint for one in enrolled or ([signer] if signer else [])]
    return companions.known_to_all(transaction.records, peers, school)


def _party(signer: TrustedSigner | None) -> Party:
    if signer is None:
        return Party(code="", name="муниципальный центр", role=WriterRole.MUNICIPAL, fingerprint="")
    return Party(code=signer.code, name=signer.name, role=signer.role, fingerprint=signer.fingerprint)


def _files(
    workspace: Workspace, transaction: WriteTransaction, school: str, batches: Sequence[TravellingBatch]
) -> Files:
    """The files and datasets that the values of these batches name, but for files that were removed since."""
    named = {
        value.value
        for item in batches
        for value in item.values
        if value.state is ValueState.PRESENT and isinstance(value.value, str) and len(value.value) == _DIGEST_LENGTH
    }
    if named:
        rows = transaction.reader.rows(Attachment, school, hidden=True)
        named -= {row.digest for row in rows if row.hidden} - {
            row.digest for row in rows if not row.hidden and not stays(ChangeKey(row.log_name, row.id, "digest"))
        }
    sizes = transaction.records.blob_sizes(school) if named else {}
    return Files(workspace, school, {name: sizes[name] for name in sorted(named & set(sizes))}, {})
