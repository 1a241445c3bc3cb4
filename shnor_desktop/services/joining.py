"""A desk that joins others: a second computer of a school, or a methodist's; it waits for the centre's invitation."""

from __future__ import annotations

from pathlib import Path

from shnor_desktop.domain.clock import Clock
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.certificates import subject_of
from shnor_desktop.services.desks import DeskIds
from shnor_desktop.services.methodology import DEFAULT_PACK, Packs, load_methodologies
from shnor_desktop.services.workspace import WAITING, Profile, StoreKind, Workspace, open_workspace
from shnor_desktop.storage.opening import StoreKind as StoredKind
from shnor_desktop.storage.opening import create_store


def begin_joining(
    path: Path,
    role: WriterRole | str,
    person: str,
    code: str,
    clock: Clock,
    *,
    name: str = "",
    is_demo: bool = False,
    ids: DeskIds | None = None,
    profile: Profile | None = None,
    packs: Packs | None = None,
) -> Workspace:
    """Begin a store that waits: `code` and `name` are those of the school, or of the methodist.

    Next comes `enrolment.request`; then the invitation is taken in like any file. KnownError enrolment.not_here,
    .no_person, keys.code_unfit, store.*.
    """
    kind = StoreKind(WriterRole(role).value) if WriterRole(role) is not WriterRole.DELEGATE else StoreKind.MUNICIPAL
    if kind is StoreKind.MUNICIPAL:
        raise KnownError("enrolment.not_here")
    shown = (name or person if kind is StoreKind.METHODIST else name or code).strip()
    if not person.strip():
        raise KnownError("enrolment.no_person")
    subject_of(code, kind.role, shown, shown)
    ids, found = ids or DeskIds.random(), packs or load_methodologies()
    store = create_store(
        path,
        kind=StoredKind(kind.value),
        clock=clock,
        is_demo=is_demo,
        properties={
            "store_id": ids.store,
            "row_secret": ids.row_secret.hex(),
            "school": "",
            "code": code,
            "name": shown,
            "person": " ".join(person.split()),
            "methodology": DEFAULT_PACK,
            WAITING: "yes",
        },
    )
    try:
        return open_workspace(store, found, clock, profile)
    except BaseException:
        store.close()
        path.unlink(missing_ok=True)
        raise
