"""Commands of the qualified signature: save the list of a package to be signed, attach the signature."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, desk_for_reading
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.services.qualified_signatures import Qualified, attach, manifest_to_sign


def add_signature_commands(package: Commands) -> None:
    """`package manifest` and `package attach`."""
    listed = package.add(
        "manifest",
        _manifest,
        "сохранить перечень файлов пакета, чтобы подписать его УКЭП",
        "Подпишите сохранённый файл в программе для УКЭП (отсоединённая подпись, ГОСТ Р 34.10-2012), не открывая его\n"
        "в редакторе, затем приложите подпись командой package attach. Для закрытого пакета укажите --store.",
    )
    _add_file(listed)
    listed.add_argument("--out", required=True, type=Path, metavar="ФАЙЛ", help="куда записать перечень")
    listed.add_argument("--store", type=Path, metavar="ХРАНИЛИЩЕ", help="хранилище, ключом которого закрыт пакет")
    sign = package.add(
        "attach",
        _attach,
        "приложить к пакету УКЭП",
        "Подпись сначала проверяется. Рядом с пакетом появляется новый файл, исходный не меняется. Приложить УКЭП\n"
        "может только тот, кто сделал пакет.",
    )
    _add_file(sign)
    sign.add_argument("--signature", required=True, type=Path, metavar="ПОДПИСЬ", help="файл подписи .sig или .p7s")
    sign.add_argument("--store", required=True, type=Path, metavar="ХРАНИЛИЩЕ", help="хранилище, где сделан пакет")
    sign.add_argument("--out", type=Path, metavar="ПАПКА", help="куда записать пакет с УКЭП; иначе рядом с исходным")


def qualified_content(found: Qualified | None) -> dict[str, object] | None:
    """For `--json`: what was found of a qualified signature."""
    if found is None:
        return None
    signature = found.signature
    content: dict[str, object] = {
        "sound": found.is_sound,
        "cause": found.code,
        "attached_at": iso_utc(found.attached_at),
        "message": " ".join(found.words),
        "revocation_checked": False,
        "root_known": False,
    }
    if signature is None:
        return content
    return content | {
        "holder": signature.holder.name,
        "position": signature.holder.position,
        "organisation": signature.holder.organisation,
        "inn": signature.holder.inn,
        "ogrn": signature.holder.ogrn,
        "issuer": signature.issuer,
        "serial": signature.serial,
        "not_before": iso_utc(signature.not_before),
        "not_after": iso_utc(signature.not_after),
        "signed_at": None if signature.signed_at is None else iso_utc(signature.signed_at),
        "bits": signature.bits,
        "cades": signature.is_cades,
        "chain": signature.chain.value,
    }


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл пакета .shnor или .shnor.age")


def _manifest(args: argparse.Namespace) -> Answer:
    if args.store is None:
        written = manifest_to_sign(args.file, args.out)
    else:
        with desk_for_reading(args.store) as workspace:
            written = manifest_to_sign(args.file, args.out, workspace)
    lines = [
        f"Перечень для подписи: {written}",
        "Подпишите его в программе для УКЭП, затем приложите подпись: package attach.",
    ]
    return Answer({"file": str(written), "size": written.stat().st_size}, lines)


def _attach(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        done = attach(workspace, args.file, args.signature, args.out)
    content = {
        "file": str(done.path),
        "id": done.package,
        "encrypted": done.is_encrypted,
        "qualified": qualified_content(done.found),
    }
    return Answer(content, [f"Пакет с УКЭП: {done.path}", *done.found.words])
