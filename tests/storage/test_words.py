"""Every failure of a store has its words, and they use what the failure knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.storage import failures, findings
from shnor_desktop.storage.findings import DamageKind
from shnor_desktop.system.wording import explain, has_words

STORAGE = Path(findings.__file__).parent
DOMAIN = STORAGE.parent / "domain"
CODES = sorted(
    {
        code
        for path in (*STORAGE.rglob("*.py"), DOMAIN / "log.py", DOMAIN / "canonical.py")
        for code in re.findall(r'"((?:store|log|json)\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
)
DETAILS = {
    "path": "school.db",
    "found": "2.0",
    "supported": "1.1",
    "computer": "KABINET-5",
    "user": "director",
    "since": "02.09.2024 13:00",
    "need": 12,
    "free": 3,
    "backup": "copy.db",
    "school": "school-1",
    "table": "package",
    "place": "p-1",
    "reason": "…",
}


@pytest.mark.parametrize("code", [*CODES, *(f"store.check_{kind}" for kind in DamageKind)])
def test_that_a_failure_has_words_and_knows_what_they_ask_for(code: str) -> None:
    assert has_words(code)
    message = explain(KnownError(code, **DETAILS))
    assert all((message.what, message.means, message.do))
    assert not re.search(r"[{}]", message.text), message.text


def test_that_the_words_of_sqlite_are_understood() -> None:
    assert failures.code_of("database or disk is full") == "store.disk_full"
    assert failures.code_of("attempt to write a readonly database") == "store.read_only"
    assert failures.code_of("database disk image is malformed") == "store.damaged"
    assert failures.code_of("malformed database schema (staff)") == "store.damaged"
    assert failures.code_of("no such table: staff") is None
