"""No file that differs from what was written is accepted: flipped bits, cut ends, bytes around it."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.container import read_container_bytes
from tests.exchange.flip_every_bit import accepted_flips, flip_every_bit, flips
from tests.exchange.sample import signed_parts, write_sample, zipped


def code_of(data: bytes) -> str:
    """The code with which a package is refused."""
    with pytest.raises(KnownError) as caught:
        read_container_bytes(data)
    return caught.value.code


def test_that_no_flipped_bit_of_the_structure_is_accepted(tmp_path: Path) -> None:
    data = write_sample(tmp_path).read_bytes()
    wanted = list(flips(data, payload_bits=1, payload_step=16))
    assert len(wanted) > 8 * 2_500
    assert accepted_flips(data, wanted) == []


def test_that_the_command_over_all_bits_tries_each_once(tmp_path: Path) -> None:
    path = tmp_path / "tiny.shnor"
    path.write_bytes(zipped(signed_parts({"a": b"ab"}).items()))
    size = path.stat().st_size
    assert len(set(flips(path.read_bytes()))) == 8 * size
    assert flip_every_bit(path, payload_bits=1) == (8 * size - 2 * 7, 0)


def test_that_every_truncation_is_called_one(tmp_path: Path) -> None:
    data = write_sample(tmp_path).read_bytes()
    assert {code_of(data[:length]) for length in range(len(data))} == {"package.truncated"}


@pytest.mark.parametrize("junk", [b"\x00", b"\n", b"PK", b"x" * 22, b"\x00" * 70_000])
def test_that_bytes_around_a_package_are_refused(junk: bytes) -> None:
    data = zipped(signed_parts().items())
    assert code_of(data + junk) in {"package.trailing_bytes", "package.truncated"}
    assert code_of(junk + data) == "package.not_a_package"


def test_that_two_packages_in_one_file_are_refused() -> None:
    data = zipped(signed_parts().items())
    assert code_of(data + data) == "package.layout"


def test_that_bytes_between_members_are_refused() -> None:
    whole = zipped(signed_parts().items())
    gap = read_container_bytes(whole).entries["package.json"].offset
    assert code_of(whole[:gap] + b"\x00" + whole[gap:]) == "package.layout"
