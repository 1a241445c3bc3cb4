"""Commands of the exchange: export, verify, show and import of packages, and the receipt of a centre."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer, Status
from shnor_desktop.cli.desk import desk, desk_for_reading, school_by_code
from shnor_desktop.cli.package_import import add_import_command
from shnor_desktop.cli.package_signatures import add_signature_commands, qualified_content
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.clock import iso_utc
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.arrivals import VerdictCode
from shnor_desktop.services.journal import KINDS
from shnor_desktop.services.package_files import PackageFile, open_package_file
from shnor_desktop.services.packages import Exported, export_package, export_receipt
from shnor_desktop.services.qualified_signatures import verify as verify_qualified
from shnor_desktop.services.team_packages import return_part
from shnor_desktop.services.this_computer import system_clock
from shnor_desktop.services.wording import explain

INTACT, INTACT_WORDS = "intact", "цел, отправитель неизвестен"
_FAILED = {"package.newer_format": VerdictCode.NEWER_FORMAT, "log.batch_newer": VerdictCode.NEWER_FORMAT}


def add_commands(commands: Commands) -> None:
    """`package …` and `receipt …`."""
    package = commands.group("package", "пакеты обмена: выгрузить, проверить, посмотреть, принять")
    export = package.add(
        "export",
        _export,
        "выгрузить пакет школы; на рабочем месте коллеги — вернуть часть школе",
        "Пока «Проверка» находит ошибки, пакет не уходит. Часть возвращается и с ошибками: их увидит школа.",
    )
    _add_store(export)
    _add_folder(export)
    _add_plain(export)
    export.add_argument(
        "--full", action="store_true", help="всё заново: если получатель потерял данные или чего-то не видит"
    )
    export.add_argument(
        "--impersonal",
        action="store_true",
        help="без персональных данных: имена, тексты, файлы и таблицы результатов уйдут с обычным пакетом",
    )
    verify = package.add(
        "verify",
        _verify,
        "проверить, цел ли пакет",
        "Хранилище не нужно: сверяется каждый байт и подпись. Кто заверил пакет, без хранилища неизвестно:\n"
        "сверьте цифры отпечатка с отправителем. Зашифрованный пакет (.shnor.age) открывается ключом из --store.",
    )
    _add_file(verify)
    _add_opener(verify)
    show = package.add(
        "show", _show, "показать, что в пакете", "Пакет сначала проверяется; в хранилище ничего не пишется."
    )
    _add_file(show)
    _add_opener(show)
    add_signature_commands(package)
    add_import_command(package)
    receipt = commands.group("receipt", "квитанции муниципального центра")
    answer = receipt.add("export", _export_receipt, "выгрузить квитанцию — ответ на последний пакет школы")
    _add_store(answer)
    answer.add_argument("--school", required=True, metavar="КОД", help="код школы")
    _add_folder(answer)
    _add_plain(answer)


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл пакета .shnor или .shnor.age")


def _add_plain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--plain", action="store_true", help="не шифровать: файл .shnor прочтёт каждый, к кому он попадёт"
    )


def _add_opener(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--store", type=Path, metavar="ХРАНИЛИЩЕ", help="чьим ключом открыть зашифрованный пакет; хранилище не меняется"
    )


def _opened(args: argparse.Namespace) -> PackageFile:
    if args.store is None:
        return open_package_file(args.file)
    with desk_for_reading(args.store) as workspace:
        return open_package_file(args.file, workspace)


def _add_folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--out", required=True, type=Path, metavar="ПАПКА", help="куда записать файл")


def _export(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        if workspace.grant is not None:
            return _exported(return_part(workspace, args.out, plain=args.plain), "Часть для школы")
        made = export_package(workspace, args.out, full=args.full, plain=args.plain, impersonal=args.impersonal)
        return _exported(made, "Пакет")


def _export_receipt(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        school = school_by_code(workspace, args.school)
        return _exported(export_receipt(workspace, school, args.out, plain=args.plain), "Квитанция")


def _exported(done: Exported, what: str) -> Answer:
    content = {
        "file": str(done.path),
        "id": done.id,
        "number": done.number,
        "size": done.size,
        "batches": done.batches,
        "changes": done.changes,
        "encrypted": done.is_encrypted,
    }
    lines = [
        f"{what} № {done.number}: {done.path}",
        f"Изменений: {done.changes}, байт: {done.size}",
        "Зашифрован для получателя и для вас." if done.is_encrypted else "Не зашифрован: прочтёт каждый, у кого файл.",
    ]
    return Answer(content, lines)


def _verify(args: argparse.Namespace) -> Answer:
    try:
        package = _opened(args)
    except KnownError as error:
        return _unsound(args.file, error)
    lines = [
        f"{package.file}: {INTACT_WORDS}.",
        "Каждый байт — тот, что был заверен. Кто заверил, без хранилища не проверить.",
        f"Назвался: {package.signer.name}, код {package.signer.code}" + (", учебный" if package.signer.is_demo else ""),
        f"Отпечаток ключа: {package.signer.fingerprint_digits}",
        "Сверьте эти цифры с отправителем по телефону.",
    ]
    qualified = verify_qualified(package.container, system_clock().now())
    lines.extend(qualified.words if qualified else ["УКЭП: нет, пакет заверен только ключом программы."])
    return Answer(
        {
            "file": package.file,
            "verdict": INTACT_WORDS,
            "code": INTACT,
            "message": " ".join(lines[1:2]),
            "intact": True,
            "qualified": qualified_content(qualified),
            **_card(package),
        },
        lines,
    )


def _show(args: argparse.Namespace) -> Answer:
    try:
        package = _opened(args)
    except KnownError as error:
        return _unsound(args.file, error)
    manifest = package.manifest
    kind = KINDS.get(manifest.kind, manifest.kind)
    lines = [
        f"{package.file}: {kind}, № {manifest.number} от {manifest.made_at}",
        f"Школа: {manifest.school_name} ({manifest.school_code})",
        f"Отправитель: {manifest.sender.name} ({manifest.sender.code}) — не подтверждён без хранилища",
        f"Получатель: {manifest.receiver.name}",
        f"Методика: {manifest.methodology.id}, версия {manifest.methodology.version}",
        f"Шагов работы: {manifest.counts.batches}, изменений: {manifest.counts.changes}",
        *(f"  {held.caption}: {held.rows}" for held in package.held),
    ]
    if manifest.impersonal:
        lines.append("Без персональных данных: имена, тексты и файлы придут с обычным пакетом")
    if manifest.answers is not None:
        lines.append(f"Отвечает на пакет № {manifest.answers.number}")
    answers = manifest.answers
    content = {
        **_card(package),
        "file": package.file,
        "sender": {"code": manifest.sender.code, "name": manifest.sender.name, "role": manifest.sender.role},
        "receiver": {"code": manifest.receiver.code, "name": manifest.receiver.name, "role": manifest.receiver.role},
        "made_at": manifest.made_at,
        "previous": manifest.previous,
        "schema": manifest.schema,
        "counts": {
            "batches": manifest.counts.batches,
            "changes": manifest.counts.changes,
            "seals": manifest.counts.seals,
            "datasets": manifest.counts.datasets,
        },
        "contents": [{"entity": held.entity, "caption": held.caption, "rows": held.rows} for held in package.held],
        "answers": None
        if answers is None
        else {"id": answers.id, "number": answers.number, "verdict": answers.verdict},
    }
    return Answer(content, lines)


def _card(package: PackageFile) -> dict[str, object]:
    """What `verify` and `show` both say of a sound package."""
    manifest, signer = package.manifest, package.signer
    return {
        "signer": "unknown",
        "encrypted": package.is_encrypted,
        "impersonal": manifest.impersonal,
        "certificate": {
            "code": signer.code,
            "name": signer.name,
            "role": signer.role,
            "is_demo": signer.is_demo,
        },
        "fingerprint": signer.fingerprint,
        "fingerprint_digits": signer.fingerprint_digits,
        "signed_at": iso_utc(package.signed_at),
        "id": package.sha256,
        "size": package.size,
        "format": f"{manifest.format[0]}.{manifest.format[1]}",
        "kind": manifest.kind,
        "number": manifest.number,
        "school": {"code": manifest.school_code, "name": manifest.school_name},
        "methodology": {
            "id": manifest.methodology.id,
            "version": manifest.methodology.version,
            "hash": manifest.methodology.hash,
        },
    }


def _unsound(file: Path, error: KnownError) -> Answer:
    if error.code in (
        "package.file_missing",
        "package.unreadable",
        "package.encrypted",
        "package.encrypted_for_others",
    ):
        raise error  # nothing was seen, so nothing can be said of a package
    code = _FAILED.get(error.code, VerdictCode.DAMAGED)
    message = explain(error)
    content = {
        "file": file.name,
        "verdict": code.caption,
        "code": code.value,
        "message": message.text,
        "cause": error.code,
        "what": message.what,
        "means": message.means,
        "do": message.do,
        "intact": False,
        "signer": "unknown",
    }
    lines = [f"{file.name}: {code.caption}", message.what, message.means, message.do]
    return Answer(content, [line for line in lines if line], Status.INPUT_AT_FAULT)
