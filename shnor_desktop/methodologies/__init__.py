"""Loads and checks the methodology packs of `resources/methodologies`, and gives them their travelling form."""

from shnor_desktop.methodologies.findings import PackProblem
from shnor_desktop.methodologies.loader import (
    LoadedPacks,
    load_pack,
    load_packs,
    pack_from_canonical,
    pack_hash,
    pack_to_canonical,
)

__all__ = [
    "LoadedPacks",
    "PackProblem",
    "load_pack",
    "load_packs",
    "pack_from_canonical",
    "pack_hash",
    "pack_to_canonical",
]
