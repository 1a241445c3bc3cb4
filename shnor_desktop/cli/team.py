"""Commands of team work: give a part of the work to a colleague, open one that was given, list and recall parts."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, desk_for_reading
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.services.team_packages import give_again, give_part, open_part
from shnor_desktop.services.teamwork import PARTS, DelegationLine, PartDraft, delegations, recall
from shnor_desktop.services.this_computer import system_clock


def add_commands(commands: Commands) -> None:
    """`team …`."""
    team = commands.group("team", "работа в команде: дать часть коллеге, открыть её, посмотреть, кто что взял")
    codes = "; ".join(f"{code} — {title}" for code, title in PARTS)
    give = team.add("give", _give, "дать часть работы коллеге файлом", f"Части: {codes}.")
    _add_store(give)
    give.add_argument("--to", default="", metavar="ИМЯ", help="фамилия, имя и отчество коллеги")
    give.add_argument("--parts", default="", metavar="ЧАСТИ", help="части через запятую, например staff,results")
    give.add_argument("--until", default="", metavar="ДЕНЬ", help="до какого дня вернуть: 20.09.2024")
    give.add_argument("--again", default="", metavar="НОМЕР", help="выдать снова часть с этим номером из team list")
    give.add_argument("--out", required=True, type=Path, metavar="ПАПКА", help="куда записать файл")
    begin = team.add(
        "open",
        _open,
        "открыть часть, которую дала школа, как рабочее место коллеги",
        "Возвращают часть командой package export, школа принимает её командой package import.",
    )
    begin.add_argument("file", type=Path, metavar="ФАЙЛ", help="файл части .shnor")
    begin.add_argument("--store", required=True, type=Path, metavar="ХРАНИЛИЩЕ", help="новый файл хранилища")
    shown = team.add("list", _list, "показать выданные части")
    _add_store(shown)
    back = team.add("recall", _recall, "отозвать часть: файлы от этого коллеги больше не принимаются")
    _add_store(back)
    back.add_argument("part", metavar="НОМЕР", help="номер части из team list")


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища школы")


def _give(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        if args.again:
            done = give_again(workspace, args.out, args.again)
        else:
            parts = [part.strip() for part in args.parts.split(",") if part.strip()]
            done = give_part(workspace, args.out, PartDraft(args.to, parts, args.until))
        found = {line.id: line for line in delegations(workspace)}
        line = found[args.again] if args.again else max(found.values(), key=lambda one: one.id)
    content = {"file": str(done.path), "id": done.id, "size": done.size, "part": _content(line)}
    lines = [f"Часть работы: {done.path}", f"Кому: {line.colleague}. Части: {line.part_titles}."]
    if line.wanted_by:
        lines.append(f"Вернуть до {line.wanted_by}.")
    return Answer(content, lines)


def _open(args: argparse.Namespace) -> Answer:
    workspace = open_part(args.file, args.store, system_clock())
    try:
        grant, digits = workspace.grant, workspace.identity.certificate.fingerprint_words
    finally:
        workspace.close()
    assert grant is not None
    content = {
        "store": str(args.store),
        "colleague": grant.colleague,
        "parts": list(grant.parts),
        "wanted_by": grant.wanted_by,
        "fingerprint_digits": digits,
    }
    lines = [
        f"Открыта часть работы: {args.store}",
        f"{grant.colleague}, можно заполнять: {grant.titles}.",
        f"Цифры для сверки со школой при первом возврате: {digits}",
    ]
    return Answer(content, lines)


def _list(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        found = delegations(workspace)
    lines = [
        f"{line.id}  {line.colleague}: {line.part_titles} — {line.state_words}, выдана {line.given_on}"
        + (f", вернуть до {line.wanted_by}" if line.wanted_by else "")
        for line in found
    ]
    return Answer({"parts": [_content(line) for line in found]}, lines or ["Частей у коллег нет."])


def _recall(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        recall(workspace, args.part)
        (line,) = [one for one in delegations(workspace) if one.id == args.part]
    return Answer({"part": _content(line)}, [f"Часть отозвана: {line.colleague}, {line.part_titles}."])


def _content(line: DelegationLine) -> dict[str, object]:
    return {
        "id": line.id,
        "colleague": line.colleague,
        "parts": list(line.parts),
        "given_on": line.given_on,
        "wanted_by": line.wanted_by,
        "returned_on": line.returned_on,
        "state": line.state,
        "late": line.is_late,
    }
