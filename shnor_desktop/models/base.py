"""The base of every replicated entity: which columns all have, and that nobody edits a row that was read."""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import Boolean, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from shnor_desktop.domain.errors import BugError

METADATA = MetaData()


class Entity(DeclarativeBase):
    """A row that belongs to one school, projected from the log of batches.

    Instances that leave the storage are detached: they are read, never written. A change is a `Set`, `Delete` or
    `Restore` handed to the log (`domain.log`).
    """

    metadata = METADATA
    __abstract__ = True

    log_name: ClassVar[str]
    caption: ClassVar[str]
    plural: ClassVar[str]
    natural_key: ClassVar[tuple[str, ...]] = ()
    parent: ClassVar[str] = ""
    title_field: ClassVar[str] = ""
    title_suffix: ClassVar[str] = ""
    """A field whose value is written right after the title: the letter of a class."""
    is_root: ClassVar[bool] = False
    """Whether the one row of the entity is the school itself, under the id of the school."""
    stays: ClassVar[bool] = False
    """Whether the values never leave the school: a package carries the changes without them (`models.staying`)."""

    id: Mapped[str] = mapped_column(Text(), primary_key=True)
    # In the key too: a school that writes an id of another one makes a row of its own.
    school_id: Mapped[str] = mapped_column(Text(), primary_key=True, index=True)
    hidden: Mapped[bool] = mapped_column(Boolean(create_constraint=False), nullable=False)

    def __setattr__(self, name: str, value: Any) -> None:
        if name != "_sa_instance_state":
            raise BugError(f"{type(self).__name__}.{name} is read-only; changes go through the log")
        super().__setattr__(name, value)
