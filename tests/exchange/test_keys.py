"""The key lies in a file of the owner alone and is never lost by writing over it."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.exchange.keys import Identity, certificate_pem
from shnor_desktop.exchange.raw_signature import verify_signature
from tests.exchange.sample import NOW, SUBJECT, identity, seeded


def refusal(path: Path) -> str:
    """The code with which a key file is refused."""
    with pytest.raises(KnownError) as caught:
        Identity.load(path)
    return caught.value.code


def test_that_a_saved_key_signs_as_before(tmp_path: Path) -> None:
    identity().save(tmp_path / "key.pem")
    loaded = Identity.load(tmp_path / "key.pem")
    assert loaded == identity()
    assert verify_signature(loaded.certificate.der, b"data", loaded.sign(b"data"))
    assert loaded.sign(b"data") == identity().sign(b"data")


def test_that_the_key_file_is_of_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    identity().save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    path.chmod(0o644)
    Identity.load(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_that_an_existing_key_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    identity().save(path)
    before = path.read_bytes()
    with pytest.raises(KnownError) as caught:
        identity("other").save(path)
    assert caught.value.code == "keys.exists"
    assert path.read_bytes() == before


def test_that_the_key_does_not_show_in_a_repr() -> None:
    number = identity().key.private_numbers().private_value
    assert str(number) not in repr(identity())
    assert "EllipticCurve" not in repr(identity())


def test_that_seeded_entropy_gives_the_same_identity_again() -> None:
    first, second = (Identity.create(SUBJECT, NOW, seeded("demo")) for _ in range(2))
    assert first == second
    assert first.key.private_numbers() == second.key.private_numbers()


def test_that_a_missing_key_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    assert refusal(tmp_path / "key.pem") == "keys.missing"
    assert refusal(tmp_path) == "keys.unreadable"


def test_that_a_key_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    identity().save(path)
    whole = path.read_bytes()
    alien = rsa.generate_private_key(65537, 2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    locked = identity().key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"word")
    )
    mine = certificate_pem(identity().certificate)
    damaged = [
        b"",
        b"text",
        whole[:100],
        whole[:-100],
        whole.split(b"-----BEGIN CERT")[0],
        mine,
        alien + mine,
        locked + mine,
        whole.replace(mine, certificate_pem(identity("other").certificate)),
        whole + bytes(20_000),
    ]
    for data in damaged:
        path.write_bytes(data)
        assert refusal(path) == "keys.damaged"


def test_that_a_key_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", fail)
        with pytest.raises(KnownError) as caught:
            identity().save(tmp_path / "key.pem")
    assert caught.value.code == "keys.disk_full"
    assert os.listdir(tmp_path) == []
    with pytest.raises(KnownError) as caught:
        identity().save(tmp_path / "gone" / "key.pem")
    assert caught.value.code == "keys.folder_missing"
