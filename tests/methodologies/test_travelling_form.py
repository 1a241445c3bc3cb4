"""The canonical form in which a pack travels, and its hash."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from shnor_desktop.domain.canonical import canonical_json
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.methodologies import load_packs, pack_from_canonical, pack_hash, pack_to_canonical
from tests.methodologies.packs import METRICS, copy_of_tyumen, spoil, tyumen


def changed(**parts: Any) -> bytes:
    content = json.loads(pack_to_canonical(tyumen()))
    content["pack"].update(parts)
    return canonical_json(content)


def test_that_a_pack_comes_back_equal_with_the_same_hash_and_bytes() -> None:
    data = pack_to_canonical(tyumen())
    back = pack_from_canonical(data, METRICS)
    assert back == tyumen()
    assert back.hash == tyumen().hash == pack_hash(back)
    assert pack_to_canonical(back) == data


def test_that_the_hash_is_64_hex_digits_and_not_part_of_itself() -> None:
    assert len(bytes.fromhex(tyumen().hash)) == 32
    assert pack_hash(replace(tyumen(), hash="")) == tyumen().hash


def test_that_one_changed_word_changes_the_hash(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    spoil(pack, "programme.toml", "Введение", "Вступление")
    loaded = load_packs(tmp_path, METRICS)
    assert loaded.packs[0].hash != tyumen().hash


def test_that_comments_and_the_order_of_keys_do_not_change_the_hash(tmp_path: Path) -> None:
    pack = copy_of_tyumen(tmp_path)
    path = pack / "pack.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(["# заметка", lines[1], lines[0], *lines[2:]]) + "\n", encoding="utf-8")
    assert load_packs(tmp_path, METRICS).packs[0].hash == tyumen().hash


def test_that_an_unknown_part_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(changed(surprise=[]), METRICS)
    assert caught.value.code == "methodology.travelling_pack_faulty"
    assert caught.value.params["key"] == "surprise"


def test_that_a_wrong_type_is_refused() -> None:
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(changed(title=7), METRICS)
    assert caught.value.params["reason"] == "methodology.wrong_type"


@pytest.mark.parametrize("number", ["1e999999", "1e-999999", "NaN", "Infinity", "1e9", "пять"])
def test_that_a_number_that_is_none_or_beyond_sense_is_refused(number: str) -> None:
    content = json.loads(pack_to_canonical(tyumen()))
    content["pack"]["factors"][0]["indicators"][0]["weight"] = number
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(canonical_json(content), METRICS)
    assert caught.value.params["key"] == "factors[1].indicators[1].weight"


def test_that_a_later_format_is_refused_as_such() -> None:
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(canonical_json({"format": 2, "pack": {}}), METRICS)
    assert caught.value.code == "methodology.newer_format"


@pytest.mark.parametrize("data", [b"[]", b'{"pack":{}}', b"7"])
def test_that_other_json_is_not_taken_for_a_pack(data: bytes) -> None:
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(data, METRICS)
    assert caught.value.code == "methodology.not_a_pack"


def test_that_bytes_that_are_not_canonical_are_refused() -> None:
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(b" " + pack_to_canonical(tyumen()), METRICS)
    assert caught.value.code == "json.not_canonical"


def test_that_a_metric_of_a_newer_program_is_refused_by_name() -> None:
    with pytest.raises(KnownError) as caught:
        pack_from_canonical(pack_to_canonical(tyumen()), METRICS - {"staff.count"})
    assert caught.value.params["reason"] == "methodology.unknown_metric"
