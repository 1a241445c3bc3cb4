"""Writing a request or an invitation: a package without data, with `enrolment` in its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from shnor_desktop.domain.log import Head
from shnor_desktop.exchange.package_json import LONGEST_CODE, LONGEST_NAME, MAJOR, MINOR, Enrolment, Party
from shnor_desktop.services.package_drafts import draft_of
from shnor_desktop.services.packages import Exported, carrying_pack, manifest_of, write_package
from shnor_desktop.services.workspace import Workspace


def write_enrolment(
    workspace: Workspace,
    folder: Path,
    kind: str,
    said: Enrolment,
    receiver: Party,
    *,
    school_code: str = "",
    school_name: str = "",
    vector: Mapping[str, Head] | None = None,
    with_pack: bool = False,
) -> Exported:
    """Sign and write it. KnownError package.*."""
    now = workspace.clock.now()
    with workspace.writing() as transaction:
        found = draft_of(workspace, transaction, said.school, receiver, (), lambda _item, _place: False)
        found = replace(found, seals=(), batches=(), vector=dict(vector or {}))
        if with_pack:
            found = carrying_pack(workspace, transaction, found)
    manifest = manifest_of(workspace, found, kind, None, now)
    manifest = msgspec.structs.replace(
        manifest,
        format=(MAJOR, MINOR),
        enrolment=said,
        school_code=(school_code or manifest.school_code)[:LONGEST_CODE],
        school_name=(school_name or manifest.school_name)[:LONGEST_NAME],
    )
    return write_package(workspace, folder, found, manifest, now)
