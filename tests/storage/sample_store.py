"""A small store with something in every corner: edits, a deletion, a conflict, a foreign chain, blobs, packages."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from shnor_desktop.domain.log import ChangeRequest, Delete, Head, Restore, Seal, Set
from shnor_desktop.storage.log_store import Writer
from shnor_desktop.storage.opening import StoreKind, create_store
from shnor_desktop.storage.records import PackageRecord, ReplicaRecord, TrustedSigner
from shnor_desktop.storage.store import Store, WriteTransaction
from tests.clock import FixedClock

NOW = datetime(2024, 9, 2, 8, 0, tzinfo=UTC)
SCHOOL, OTHER_SCHOOL = "school-1", "school-2"
HERE, THERE, CENTRE = "replica-here", "replica-there", "replica-centre"
WRITER = Writer(HERE, "author-1")


def new_store(path: Path, *, kind: StoreKind = StoreKind.SCHOOL) -> Store:
    """An empty store that knows three replicas."""
    store = create_store(path, kind=kind, clock=FixedClock())
    with store.writing() as work:
        _introduce(work)
    return store


def _introduce(work: WriteTransaction) -> None:
    for replica, role, is_local in ((HERE, "school", True), (THERE, "school", False), (CENTRE, "municipal", False)):
        work.records.put_replica(ReplicaRecord(replica, role, f"Копия {replica}", f"f-{replica}", is_local))


def person(row: str, name: str, *, year: int = 1980) -> list[ChangeRequest]:
    """The edits that enter a teacher."""
    fields = {"full_name": name, "position": "teacher", "birth_year": year, "workload": "18.5", "is_external": False}
    fields["subjects"] = ["math", "physics"]
    return [Set("staff_member", row, field, value) for field, value in fields.items()]  # type: ignore[arg-type]


def append(store: Store, *requests: ChangeRequest, school: str = SCHOOL, writer: Writer = WRITER) -> str:
    """One unit of work; returns the name of its batch."""
    with store.writing() as work:
        batch = work.log.append(school, requests, writer, NOW, "Правка")
        assert batch is not None
        return batch.name


def seal_of(store: Store, replica: str, school: str = SCHOOL) -> Seal:
    """A seal over the head of a chain; its signature is not one."""
    with store.writing() as work:
        head = work.log.head(replica, school)
    return Seal(replica, school, head, "2024-09-02T08:00:00Z", b"certificate", b"signature")


@cache
def sample_bytes() -> bytes:
    """A small closed store with something in every corner, made once a process."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "school.db"
        with new_store(path) as store:
            fill(store, Path(folder) / "other.db")
        return path.read_bytes()


def put_sample(path: Path) -> Path:
    """A copy of it."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(sample_bytes())
    return path


def fill(store: Store, scratch: Path) -> None:
    """Write something of everything."""
    for number in range(12):
        append(store, *person(f"teacher-{number}", f"Педагог {number}", year=1960 + number))
    for number in range(6):
        append(store, Set("staff_member", f"teacher-{number}", "experience", number + 3))
    append(store, Set("school", SCHOOL, "short_name", "Школа № 1"), Set("school", SCHOOL, "distance_km", "12.5"))
    append(store, Set("school", OTHER_SCHOOL, "short_name", "Школа № 2"), school=OTHER_SCHOOL)
    append(store, Delete("staff_member", "teacher-11"))
    append(store, Delete("staff_member", "teacher-10"))
    append(store, Restore("staff_member", "teacher-10"))
    append(store, *(Set("development_plan", "plan-1", f, v) for f, v in (("teacher", "teacher-1"), ("goal", "Цель"))))
    _receive(store, scratch)
    _write_local(store)


def _receive(store: Store, scratch: Path) -> None:
    """Two computers edit one field without knowing of each other; the last batch of the other waits for its seal."""
    with new_store(scratch) as other:
        with store.writing() as work:
            known = work.log.since(SCHOOL, {})
        with other.writing() as work:
            work.log.ingest(known, [Seal(HERE, SCHOOL, known[-1].batch.head, "2024-09-02T08:00:00Z", b"c", b"s")])
        writer = Writer(THERE, "author-2")
        append(other, Set("staff_member", "teacher-1", "full_name", "Имя с другой копии"), writer=writer)
        seal = seal_of(other, THERE)
        append(other, Set("staff_member", "teacher-2", "full_name", "Ждёт печати"), writer=writer)
        with other.writing() as work:
            sent = [item for item in work.log.since(SCHOOL, {}) if item.batch.replica == THERE]
    append(store, Set("staff_member", "teacher-1", "full_name", "Имя отсюда"))
    with store.writing() as work:
        work.log.ingest(sent, [seal])
        work.log.add_seal(Seal(HERE, SCHOOL, known[-1].batch.head, "2024-09-02T08:00:00Z", b"c", b"s"))


def _write_local(store: Store) -> None:
    with store.writing() as work:
        records = work.records
        for number in range(3):
            records.put_blob(SCHOOL, "dataset", f"данные {number} ".encode() * 700)
        records.trust(TrustedSigner("f-1", "7201", "school", "Школа № 1", b"certificate", "2024-09-02T08:00:00Z"))
        records.set_peer_vector("f-1", SCHOOL, {HERE: Head(3, "a" * 64)})
        for number in range(4):
            name = f"7201-{number}.shnor"
            records.put_package(
                PackageRecord(f"p-{number}", "out", "full", name, number, SCHOOL, "f-1", "2024-09-02", "ready", "{}")
            )
        records.remove_package("p-1")
