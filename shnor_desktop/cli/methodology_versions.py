"""Commands on versions of a methodology: what two differ in, one file out and in, the package for the schools."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.pack_difference import ChangeLine, difference_lines
from shnor_desktop.services.pack_files import named_pack, take_pack_file, write_pack_file
from shnor_desktop.services.pack_moving import title_of
from shnor_desktop.services.packages import export_methodology


def add_commands(methodology: Commands) -> None:
    """`methodology difference | export | import | send`."""
    compare = methodology.add("difference", _difference, "чем одна методика отличается от другой")
    for name, words in (("old", "прежняя"), ("new", "новая")):
        compare.add_argument(name, metavar=name.upper(), help=f"{words}: имя из списка или файл методики")
    export = methodology.add("export", _export, "записать методику одним файлом")
    export.add_argument("id", metavar="МЕТОДИКА", help="имя из списка, например tyumen-2024")
    export.add_argument("--out", required=True, type=Path, metavar="ФАЙЛ", help="куда записать; файла быть не должно")
    take = methodology.add(
        "import",
        _import,
        "положить методику из файла в хранилище центра",
        "Методика проверяется целиком и ложится рядом с действующей. Школе методика приходит только в пакете центра.",
    )
    take.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища центра")
    take.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл методики")
    send = methodology.add("send", _send, "выгрузить пакет с действующей методикой центра для всех его школ")
    send.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища центра")
    send.add_argument("--out", required=True, type=Path, metavar="ПАПКА", help="куда записать пакет")


def _difference(args: argparse.Namespace) -> Answer:
    old, new = named_pack(args.old), named_pack(args.new)
    parts = difference_lines(old, new)
    lines = [f"{title_of(old)} → {title_of(new)}"]
    content = []
    for part in parts:
        lines += ["", part.summary]
        for line in part.lines:
            lines += [f"  {words}" for words in _words(line)]
        changes = [
            {
                "kind": line.kind.value,
                "title": line.title,
                "around": line.around,
                "fields": [{"caption": one.caption, "old": one.old, "new": one.new} for one in line.fields],
            }
            for line in part.lines
        ]
        content.append({"part": part.part, "caption": part.caption, "changes": changes})
    if not parts:
        lines.append("Отличий нет.")
    return Answer({"old": old.hash, "new": new.hash, "parts": content}, lines)


def _words(line: ChangeLine) -> list[str]:
    around = f" ({line.around})" if line.around else ""
    first = f"{line.kind_words}: {line.title}{around}"
    return [first, *(f"  {one.caption}: {one.old} → {one.new}" for one in line.fields)]


def _export(args: argparse.Namespace) -> Answer:
    pack = load_methodologies().get(args.id)
    size = write_pack_file(pack, args.out)
    content = {"file": str(args.out), "id": pack.id, "version": pack.version, "hash": pack.hash, "size": size}
    return Answer(content, [f"{title_of(pack)}: {args.out}", f"Байт: {size}"])


def _import(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        pack = take_pack_file(workspace, args.file)
    content = {"id": pack.id, "title": pack.title, "version": pack.version, "hash": pack.hash}
    return Answer(content, [f"{title_of(pack)}: лежит рядом с действующей.", "Примените её на странице «Методика»."])


def _send(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        done, pack = export_methodology(workspace, args.out), workspace.pack
    content = {"file": str(done.path), "number": done.number, "size": done.size, "version": pack.version}
    return Answer(content, [f"{title_of(pack)}: {done.path}", f"Пакет № {done.number}, байт: {done.size}"])
