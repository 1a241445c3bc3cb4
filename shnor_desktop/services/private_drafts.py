"""A package «без персональных данных»: the same batches, of whose values only what names nobody is left."""

from __future__ import annotations

import re
from dataclasses import replace

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import StoredValue, ValueState
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.exchange.package_log import TravellingBatch
from shnor_desktop.models.impersonal import leaves_impersonally
from shnor_desktop.services.package_drafts import Draft, Files
from shnor_desktop.services.seals import certificate_of

_ABSENT = StoredValue(ValueState.ABSENT)
_OF_INSTITUTIONS = frozenset({WriterRole.SCHOOL, WriterRole.MUNICIPAL})
_FILE_NAME = re.compile(
    r"[^\s:«»]\.[0-9A-Za-z]{1,5}(?:»|\Z)|: .* из (?:файла )?«|\Aзагружены результаты: (?!достижение )"
)
"""What earlier versions called a step: it stands in what is signed and cannot be taken out."""


def without_personal_data(found: Draft) -> Draft:
    """The draft with its files gone, and every value that is not known to be safe.

    The seals of people's own certificates stay behind with what they wrote: such a certificate names its owner.
    """
    sealed = {seal.replica: certificate_of(seal) for seal in found.seals}
    persons = {name for name, one in sealed.items() if one is None or one.role not in _OF_INSTITUTIONS}
    return replace(
        found,
        batches=tuple(_bare(item) for item in found.batches if item.batch.replica not in persons),
        seals=tuple(seal for seal in found.seals if seal.replica not in persons),
        files=Files(found.files.workspace, found.school, {}, {}),
        is_impersonal=True,
    )


def require_plain_operations(found: Draft) -> None:
    """Refuse steps that were named after a file, which may name a person; KnownError package.impersonal_steps."""
    if named := [item for item in found.batches if _FILE_NAME.search(item.batch.operation)]:
        raise KnownError("package.impersonal_steps", count=len(named))


def _bare(item: TravellingBatch) -> TravellingBatch:
    values = zip(item.batch.changes, item.values, strict=True)
    kept = tuple(
        value if value.state is not ValueState.PRESENT or leaves_impersonally(change.key, value.value) else _ABSENT
        for change, value in values
    )
    return TravellingBatch(item.batch, kept)
