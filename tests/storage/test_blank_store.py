"""The store that other tests copy is the one that the revisions lay."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from shnor_desktop.models.log_schema import LogSchema
from shnor_desktop.storage.copying import content_digest
from shnor_desktop.storage.engine import open_connection
from shnor_desktop.storage.form import RELEASED
from shnor_desktop.storage.upgrade import lay_tables
from tests.blank_store import lay_by_copy


def test_that_a_copied_store_has_the_tables_and_properties_of_one_that_the_revisions_laid(tmp_path: Path) -> None:
    properties = {"store_id": "s", "kind": "school"}
    laid = tmp_path / "laid"
    lay_tables(laid, LogSchema(), RELEASED, properties)
    with closing(open_connection(laid, immutable=True)) as connection:
        expected = content_digest(connection)
    for name in ("first", "second"):
        lay_by_copy(tmp_path / name, LogSchema(), RELEASED, properties)
        with closing(open_connection(tmp_path / name, immutable=True)) as connection:
            assert content_digest(connection) == expected
