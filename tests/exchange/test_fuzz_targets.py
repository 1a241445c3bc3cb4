"""The right inputs of the fuzzer are right in every layer, and edits of them end in words: a share of its work."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.exchange.fuzz_targets import LAYERS, judge, seeds

SEEDS = seeds()
RIGHT = [data for name, data in sorted(SEEDS.items()) if name.startswith("right")]


def test_that_every_layer_has_a_right_input() -> None:
    assert [data[0] for data in RIGHT] == list(range(len(LAYERS)))
    refused = {name: code for name, data in SEEDS.items() if (code := judge(data))}
    assert set(refused) == {"right-11", "right-12"}  # those of another program are made where it is installed


@settings(max_examples=400, deadline=None)
@given(
    seed=st.sampled_from(sorted(SEEDS)),
    place=st.floats(0, 1),
    gone=st.integers(0, 16),
    new=st.one_of(
        st.binary(max_size=8), st.sampled_from([b"\x30\x80", b"null", b"PK\x05\x06", b"-> X25519 x\n", b'"a":1,"a":2'])
    ),
)
def test_that_an_edit_of_any_layer_ends_in_words(seed: str, place: float, gone: int, new: bytes) -> None:
    whole = SEEDS[seed]
    at = 1 + int(place * (len(whole) - 1))
    judge(whole[:at] + new + whole[at + gone :])


@settings(max_examples=200, deadline=None)
@given(layer=st.integers(0, len(LAYERS) - 1), data=st.binary(max_size=300))
def test_that_any_bytes_in_any_layer_end_in_words(layer: int, data: bytes) -> None:
    judge(bytes([layer]) + data)
