"""A qualified signature (УКЭП) of the head for a package: the list to be signed goes out, the signature is attached.

It is made in another program, over the list of the files of the package. What can be said of it without a network is
said in words; what cannot – whether the root is accredited, whether the certificate was revoked – is told as unknown.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import short_date
from shnor_desktop.exchange.atomic_file import write_beside
from shnor_desktop.exchange.container import Prepared, VerifiedContainer, prepare_attached, write_prepared
from shnor_desktop.exchange.encrypted_container import encrypt_prepared
from shnor_desktop.exchange.encryption import SUFFIX
from shnor_desktop.exchange.gost_certificates import Holder
from shnor_desktop.exchange.package import free_path, read_manifest
from shnor_desktop.exchange.qualified import (
    LARGEST_LIST,
    LARGEST_SIGNATURE,
    Chain,
    QualifiedSignature,
    read_signature_file,
    verify_qualified,
)
from shnor_desktop.services import encryption_keys
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.package_readers import readers_of
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Profile, Workspace
from shnor_desktop.storage.records import LocalRecords
from shnor_desktop.storage.store import WriteTransaction

KIND = "qualified"
"""Of what a store keeps: by package, what was found of the qualified signature that came or was attached."""
PRESENT, WRONG = "УКЭП: есть", "УКЭП: не сошлась"
LIST_SUFFIX = "_для-подписи.xml"
_MARK = "_укэп"
_PLAIN_SUFFIX = ".shnor"


@dataclass(frozen=True, slots=True)
class Qualified:
    """What is found of the qualified signature of a package; `code` is empty for a sound one."""

    code: str
    short: str
    words: tuple[str, ...]
    signature: QualifiedSignature | None
    attached_at: datetime

    @property
    def is_sound(self) -> bool:
        """Whether its mathematics holds."""
        return not self.code


@dataclass(frozen=True, slots=True)
class Attached:
    """The new file of a package, and what was found of its qualified signature."""

    path: Path
    package: str
    found: Qualified
    is_encrypted: bool


def manifest_to_sign(package: Path, target: Path, opener: Workspace | Profile | None = None) -> Path:
    """Write the list of files of a package, as it is to be signed; KnownError package.*, qualified.already."""
    container = open_file(package, opener).container
    _require_unsigned(container, package)
    with write_beside(target, "package", need=len(container.listed)) as stream:
        stream.write(container.listed)
    return target


def suggested_list_name(package: Path) -> str:
    """The name under which the list of a package is saved."""
    return _bare_name(package) + LIST_SUFFIX


def attach(workspace: Workspace, package: Path, signature_file: Path, folder: Path | None = None) -> Attached:
    """Check the signature and write the package with it beside the first, or into `folder`; encrypted as the first was.

    KnownError package.*, qualified.*; the first file stays as it is.
    """
    opened = open_file(package, workspace)
    container = opened.container
    _require_unsigned(container, package)
    if container.signer.point != workspace.identity.certificate.point:
        raise KnownError("qualified.not_own", file=package.name)
    signature = read_signature_file(_read(signature_file))
    verify_qualified(container.listed, signature)
    now = workspace.clock.now()
    prepared = prepare_attached(container, signature, workspace.identity, now)
    readers = readers_of(workspace, read_manifest(container)) if opened.is_encrypted else ()
    name = f"{_bare_name(package)}{_MARK}{_PLAIN_SUFFIX}"
    target = free_path(folder or package.parent, f"{name}{SUFFIX}" if opened.is_encrypted else name)
    _write(workspace, target, prepared, readers, is_encrypted=opened.is_encrypted)
    written = open_file(target, workspace).container
    found = verify(written, now)
    assert found is not None
    with workspace.writing() as transaction:
        remember(transaction, written, now)
        record = transaction.records.package(written.sha256)
        if record is not None and record.direction == "out":
            details = {**json.loads(record.details), "folder": str(target.parent), "size": target.stat().st_size}
            kept = json.dumps(details, ensure_ascii=False, sort_keys=True)
            transaction.records.put_package(replace(record, file_name=target.name, details=kept))
    return Attached(target, written.sha256, found, opened.is_encrypted)


def verify(container: VerifiedContainer, now: datetime) -> Qualified | None:
    """What is found of the qualified signature of a package; None for a package without one."""
    attached = container.qualified
    if attached is None:
        return None
    try:
        signature = verify_qualified(container.listed, attached.signature)
    except KnownError as error:
        message = explain(error)
        said = (f"{WRONG}. {message.what}", message.means, "Сам пакет цел; подпись руководителя в нём не действует.")
        return Qualified(error.code, WRONG, said, None, attached.attached_at)
    words = _words(signature, attached.attached_at, now)
    return Qualified("", PRESENT, words, signature, attached.attached_at)


def remember(transaction: WriteTransaction, container: VerifiedContainer, now: datetime) -> Qualified | None:
    """Keep what was found beside the journal; a package without a qualified signature changes nothing."""
    found = verify(container, now)
    if found is not None:
        body = {"code": found.code, "words": list(found.words), "attached_at": found.attached_at.isoformat()}
        transaction.records.keep(KIND, container.sha256, json.dumps(body, ensure_ascii=False, sort_keys=True))
    return found


def is_kept(records: LocalRecords, container: VerifiedContainer) -> bool:
    """Whether nothing is to be kept of this package: it has no qualified signature, or it was seen already."""
    return container.qualified is None or records.kept_one(KIND, container.sha256) is not None


def short_words(records: LocalRecords) -> dict[str, str]:
    """For the lines of the journal: «УКЭП: есть» by package."""
    return {name: WRONG if json.loads(body)["code"] else PRESENT for name, body in records.kept(KIND).items()}


def kept_words(records: LocalRecords, package: str) -> tuple[str, ...]:
    """What was found when the signature came or was attached."""
    body = records.kept_one(KIND, package)
    return () if body is None else tuple(json.loads(body)["words"])


def _write(
    workspace: Workspace, target: Path, prepared: Prepared, readers: tuple[str, ...], *, is_encrypted: bool
) -> None:
    if not is_encrypted:
        write_prepared(target, prepared)
        return
    own = encryption_keys.own_key(workspace)
    to = readers or (encryption_keys.recipient(workspace),)
    encrypt_prepared(target, prepared, to, own, workspace.profile.folder)


def _require_unsigned(container: VerifiedContainer, package: Path) -> None:
    if container.qualified is not None:
        raise KnownError("qualified.already", file=package.name)
    if len(container.listed) > LARGEST_LIST:
        raise KnownError("qualified.list_too_long", limit_kb=LARGEST_LIST // 1024)


def _read(signature_file: Path) -> bytes:
    try:
        with signature_file.open("rb") as source:
            return source.read(2 * LARGEST_SIGNATURE + 1)
    except OSError as error:
        raise KnownError("qualified.file_unreadable", file=signature_file.name) from error


def _bare_name(package: Path) -> str:
    return package.name.removesuffix(SUFFIX).removesuffix(_PLAIN_SUFFIX)


def _words(signature: QualifiedSignature, attached_at: datetime, now: datetime) -> tuple[str, ...]:
    called = () if signature.is_called_qualified else (_NOT_CALLED_QUALIFIED,)
    return (
        f"{PRESENT}. Подпись сошлась: подписан перечень файлов этого пакета, а значит и каждый из них.",
        f"Чья подпись: {_who(signature.holder)}.",
        _term(signature, attached_at),
        _CHAINS[signature.chain].format(root=signature.root, issuer=signature.issuer),
        *called,
        f"Отзыв сертификата не проверялся: программа работает без сети. Проверено {_day(now)}.",
    )


def _who(holder: Holder) -> str:
    numbers = [f"ИНН {holder.inn}"] if holder.inn else []
    numbers += [f"ОГРН {holder.ogrn}"] if holder.ogrn else []
    named = [holder.name or "имя в сертификате не указано", holder.position.lower(), holder.organisation, *numbers]
    return ", ".join(word for word in dict.fromkeys(named) if word)


def _term(signature: QualifiedSignature, attached_at: datetime) -> str:
    said = f"Сертификат действует с {_day(signature.not_before)} по {_day(signature.not_after)}"
    moment = signature.signed_at or attached_at
    when = f"подписано {_day(moment)} по часам подписавшего" if signature.signed_at else "время подписи не указано"
    if signature.is_valid_at(moment):
        return f"{said}; {when}: в срок."
    return f"{said}; {when}: вне этого срока, такая подпись не действует."


def _day(moment: datetime) -> str:
    """A day by the clock of this computer; a certificate may name the last day that there is."""
    try:
        return short_date(moment.astimezone().date())
    except (OverflowError, OSError, ValueError):
        return short_date(moment.date())


_NOT_CALLED_QUALIFIED = (
    "В сертификате не сказано, что он квалифицированный: возможно, это обычная подпись. Спросите у руководителя, "
    "кем он выдан."
)
_CHAINS = {
    Chain.SELF_SIGNED: "Сертификат заверил сам себя: такой может сделать кто угодно, удостоверяющего центра "
    "за ним нет.",
    Chain.WHOLE: "Цепочка сертификатов в файле сходится до «{root}»; этот корневой сертификат программе не известен, "
    "аккредитован ли центр, не проверялось.",
    Chain.PART: "Цепочка сертификатов в файле сходится до «{root}», корневого сертификата в файле нет: "
    "аккредитован ли центр, не проверялось.",
    Chain.ABSENT: "Сертификат выдан: {issuer}. Сертификата этого центра в файле нет, поэтому выдан ли он им, "
    "не проверялось.",
}
