"""The log says where something failed, and nothing of what a person typed."""

import logging
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.this_computer import begin_log
from shnor_desktop.system.impersonal import LOGGER
from tests.conftest import LoggedWarnings


def fail_with(name: str) -> None:
    try:
        raise KnownError("value.not_a_number", field="Стаж", text=name)
    except KnownError as error:
        raise ValueError(name) from error


def test_that_the_log_holds_the_place_of_a_failure_and_no_typed_word(
    own_folders: Path, logged_warnings: LoggedWarnings
) -> None:
    file = begin_log()
    try:
        fail_with("Образцова Анна")
    except ValueError as error:
        logging.getLogger(LOGGER).error("unexpected failure", exc_info=error)
    logged_warnings.take("unexpected failure")
    text = file.read_text(encoding="utf-8")
    assert file.is_relative_to(own_folders)
    assert "test_log_of_failures.py" in text
    assert "ValueError" in text
    assert "value.not_a_number" in text
    assert "Образцова" not in text
