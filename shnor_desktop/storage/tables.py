"""The tables of a store that are not entities: the log, what is derived from it, and what is local to this copy.

`log_batch`, `log_value` and `log_seal` with `log_vector` are the truth. `log_change`, `log_edge`, `row_state`,
`conflict`, `school_state` and the entity tables are its projection and can be made again by replay.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text

from shnor_desktop.models.base import METADATA


def _text(name: str, *, key: bool = False) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=False)


def _number(name: str, *, key: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=False, autoincrement=False)


LOG_BATCH = Table(
    "log_batch",
    METADATA,
    _text("name", key=True),
    _text("replica"),
    _text("school"),
    _number("sequence"),
    _text("previous"),
    _number("lamport"),
    _text("time"),
    Column("data", LargeBinary, nullable=False),
    Index("log_batch_chain", "school", "replica", "sequence"),
)
LOG_VALUE = Table(
    "log_value",
    METADATA,
    _text("batch", key=True),
    _number("place", key=True),
    _text("state"),
    _text("salt"),
    Column("value", LargeBinary, nullable=False),
)
LOG_SEAL = Table(
    "log_seal",
    METADATA,
    _text("replica", key=True),
    _text("school", key=True),
    _number("sequence", key=True),
    _text("name", key=True),
    _text("sealed_at"),
    Column("certificate", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    _text("digest"),
)
LOG_VECTOR = Table(
    "log_vector",
    METADATA,
    _text("replica", key=True),
    _text("school", key=True),
    _number("sequence"),
    _text("name"),
    _text("digest"),
)
REPLICA = Table(
    "replica",
    METADATA,
    _text("replica", key=True),
    _text("role"),
    _text("name"),
    _text("fingerprint"),
    Column("is_local", Boolean(create_constraint=False), nullable=False),
    _text("digest"),
)
LOG_CHANGE = Table(
    "log_change",
    METADATA,
    _text("batch", key=True),
    _number("place", key=True),
    _text("school"),
    _text("entity"),
    _text("row"),
    _text("field"),
    _number("schema"),
    _number("lamport"),
    _text("replica"),
    Column("is_head", Boolean(create_constraint=False), nullable=False),
    Index("log_change_key", "school", "entity", "row", "is_head", "field"),
)
LOG_EDGE = Table(
    "log_edge",
    METADATA,
    _text("replaced_batch", key=True),
    _number("replaced_place", key=True),
    _text("batch", key=True),
    _number("place", key=True),
    Index("log_edge_by", "batch", "place"),
)
ROW_STATE = Table(
    "row_state",
    METADATA,
    _text("entity", key=True),
    _text("row", key=True),
    _text("school", key=True),
    _text("parent"),
    Column("is_deleted", Boolean(create_constraint=False), nullable=False),
    Column("is_hidden", Boolean(create_constraint=False), nullable=False),
    _text("digest"),
    Index("row_state_school", "school", "is_hidden"),
    Index("row_state_parent", "parent"),
)
CONFLICT = Table(
    "conflict",
    METADATA,
    _text("entity", key=True),
    _text("row", key=True),
    _text("field", key=True),
    _text("school", key=True),
    _text("refs"),
)
SCHOOL_STATE = Table(
    "school_state",
    METADATA,
    _text("school", key=True),
    _number("lamport"),
    _text("digest"),
)

STORE_META = Table("store_meta", METADATA, _text("name", key=True), _text("value"), _text("digest"))
SIGNER = Table(
    "signer",
    METADATA,
    _text("fingerprint", key=True),
    _text("code"),
    _text("role"),
    _text("name"),
    Column("certificate", LargeBinary, nullable=False),
    _text("trusted_at"),
    _text("digest"),
)
PEER_VECTOR = Table(
    "peer_vector",
    METADATA,
    _text("peer", key=True),
    _text("replica", key=True),
    _text("school", key=True),
    _number("sequence"),
    _text("name"),
    _text("digest"),
)
PACKAGE = Table(
    "package",
    METADATA,
    _text("id", key=True),
    _text("direction"),
    _text("kind"),
    _text("file_name"),
    _number("number"),
    _text("school"),
    _text("peer"),
    _text("made_at"),
    _text("state"),
    _text("details"),
    _text("digest"),
    Index("package_made", "made_at"),
)
BLOB = Table(
    "blob",
    METADATA,
    _text("sha256", key=True),
    _text("school", key=True),  # a school that names a dataset of another one does not get it
    _text("kind"),
    Column("data", LargeBinary, nullable=False),
    _text("digest"),
)
KEPT = Table(
    "kept",
    METADATA,
    _text("kind", key=True),  # what it is: a delivery, a file in quarantine, a certificate that was issued …
    _text("id", key=True),
    _text("body"),  # JSON of the dataclass that its module declares
    _text("digest"),
)
LOCAL_DIGEST = Table("local_digest", METADATA, _text("table", key=True), _number("rows"), _text("digest"))

DERIVED = (LOG_CHANGE, LOG_EDGE, ROW_STATE, CONFLICT)
LOCAL = (LOG_SEAL, LOG_VECTOR, REPLICA, STORE_META, SIGNER, PEER_VECTOR, PACKAGE, BLOB, KEPT)
"""Tables whose rows carry a digest each and whose rows are counted in `local_digest`: written by `storage.local`."""
