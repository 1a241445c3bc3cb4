"""The stores of these tests are laid by the revisions, as those of a user are."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def tables_laid_once() -> None:
    """Nothing is copied here."""
