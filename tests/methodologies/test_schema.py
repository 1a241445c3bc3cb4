"""The published JSON Schema of a pack."""

from __future__ import annotations

import json
from typing import Any

import fastjsonschema
import pytest

from shnor_desktop.methodologies import pack_to_canonical
from shnor_desktop.methodologies.schema import schema_text
from tests.methodologies.packs import PACKS, tyumen


def plain() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(pack_to_canonical(tyumen()))["pack"]
    return content


def test_that_the_published_schema_is_the_one_of_the_dataclasses() -> None:
    assert (PACKS / "schema" / "pack.schema.json").read_text(encoding="utf-8") == schema_text()


def test_that_the_pack_fits_the_schema_and_one_with_an_unknown_field_does_not() -> None:
    validate = fastjsonschema.compile(json.loads(schema_text()))
    validate(plain())
    with pytest.raises(fastjsonschema.JsonSchemaException):
        validate({**plain(), "surprise": 1})
