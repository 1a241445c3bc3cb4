"""Commands on methodology packs: list them, show one whole, find what is wrong in a folder of them."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli import methodology_versions
from shnor_desktop.cli.answer import Answer, Status, message_content
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.services.methodology import load_methodologies
from shnor_desktop.services.pack_files import examine_packs, pack_content
from shnor_desktop.services.pack_lint import lint, lint_groups
from shnor_desktop.services.wording import explain


def add_commands(commands: Commands) -> None:
    """`methodology …`."""
    methodology = commands.group("methodology", "методики, по которым работает программа")
    methodology.add("list", _list, "какие методики есть")
    show = methodology.add("show", _show, "показать методику целиком")
    show.add_argument("id", metavar="МЕТОДИКА", help="имя из списка, например tyumen-2024")
    validate = methodology.add("validate", _validate, "найти ошибки в методиках")
    lint_command = methodology.add("lint", _lint, "чего методике не хватает и что в ней противоречит другому")
    lint_command.add_argument("id", metavar="МЕТОДИКА", help="имя из списка, например tver")
    validate.add_argument("folder", nargs="?", type=Path, metavar="ПАПКА", help="папка методики или папка с методиками")
    methodology_versions.add_commands(methodology)


def _list(args: argparse.Namespace) -> Answer:
    packs = load_methodologies().packs
    content = [
        {"id": pack.id, "title": pack.title, "version": pack.version, "region": pack.region, "hash": pack.hash}
        for pack in packs
    ]
    return Answer(content, [f"{pack.id}  {pack.title}, версия {pack.version}" for pack in packs])


def _show(args: argparse.Namespace) -> Answer:
    pack = load_methodologies().get(args.id)
    lines = [
        f"{pack.title} ({pack.id}, версия {pack.version}), {pack.region}",
        f"Срок: {pack.period_start:%d.%m.%Y} — {pack.period_end:%d.%m.%Y}",
        "",
        "Этапы:",
        *(f"  {stage.number}. {stage.title}: {stage.start:%d.%m.%Y} — {stage.end:%d.%m.%Y}" for stage in pack.stages),
        "Роли:",
        *(f"  {role.title}" for role in pack.roles),
        "Формы:",
        *(f"  {form.title}" for form in pack.forms),
        "Разделы программы:",
        *(f"  {section.title}" for section in pack.programme_sections),
        "Показатели:",
        *(f"  {indicator.title}" for indicator in pack.indicators),
        f"Мероприятий в каталоге: {len(pack.measures)}",
    ]
    return Answer(pack_content(pack), lines)


def _validate(args: argparse.Namespace) -> Answer:
    found = examine_packs(args.folder)
    problems, lines = [], [f"{pack.id}, версия {pack.version}: ошибок нет" for pack in found.packs]
    for problem in found.problems:
        message = explain(problem.as_error())
        place = {"pack": problem.pack, "file": problem.file, "key": problem.key, "line": problem.line}
        problems.append({**message_content(message), **place})
        lines.append(f"{problem.pack}/{problem.file}:{problem.line}: {message.text}")
    content = {
        "valid": not problems,
        "packs": [{"id": pack.id, "title": pack.title, "version": pack.version} for pack in found.packs],
        "problems": problems,
    }
    return Answer(content, lines, Status.INPUT_AT_FAULT if problems else Status.DONE)


def _lint(args: argparse.Namespace) -> Answer:
    pack = load_methodologies().get(args.id)
    found, groups = lint(pack), lint_groups(pack)
    lines = [f"{pack.title} ({pack.id}, версия {pack.version}): находок {len(found)}"]
    for group in groups:
        lines += ["", f"{group.caption} ({group.count}):", *(f"  {sentence}" for sentence in group.sentences)]
    findings = [
        {
            **message_content(line.message),
            "kind": line.finding.kind.value,
            "part": line.finding.part.value,
            "item": line.finding.item,
            "place": line.finding.place,
        }
        for line in found
    ]
    counts = {group.kind.value: group.count for group in groups}
    return Answer({"id": pack.id, "version": pack.version, "counts": counts, "findings": findings}, lines)
