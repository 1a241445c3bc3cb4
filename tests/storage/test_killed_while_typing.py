"""A process that is killed while it types loses no edit that it acknowledged."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.storage.killed_typists import kill_again_and_again


@pytest.mark.parametrize("share", range(4))
def test_that_ten_kills_lose_no_acknowledged_edit(tmp_path: Path, share: int) -> None:
    ledger = kill_again_and_again(tmp_path, 10, seed=share + 1)
    assert ledger.kills == 10
    assert len(ledger.names) >= 10
