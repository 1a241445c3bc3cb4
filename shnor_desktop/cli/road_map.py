"""`shnor roadmap`: what stands in the table of a plan, and a plan taken into the road map of a school."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.plan_table import Doubt, PlanRow, settled
from shnor_desktop.domain.russian import plural
from shnor_desktop.services.plan_import import PlanFile, add_measures, find_measures, read_plan_file
from shnor_desktop.services.wording import phrase


def add_commands(commands: Commands) -> None:
    """`roadmap read`, `roadmap import`."""
    group = commands.group("roadmap", "дорожная карта из таблицы Excel или Word")
    read = group.add("read", _read, "показать, что прочитано из файла; ничего не записывается")
    read.add_argument("file", type=Path, metavar="ФАЙЛ", help="план мероприятий, .xlsx или .docx")
    take = group.add("import", _import, "добавить мероприятия файла в дорожную карту школы одним шагом")
    take.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища школы")
    take.add_argument("file", type=Path, metavar="ФАЙЛ", help="план мероприятий, .xlsx или .docx")


def _read(args: argparse.Namespace) -> Answer:
    file = _with_rows(read_plan_file(args.file))
    plan = file.plan
    content = {
        "file": file.name,
        "count": len(plan.rows),
        "tables": [
            {
                "place": table.place,
                "taken": layout.is_taken,
                "columns": [{"kind": column.kind.value, "heading": column.heading} for column in layout.columns],
            }
            for table, layout in zip(file.tables, file.layouts, strict=True)
        ],
        "sections": [asdict(section) for section in plan.sections],
        "rows": [_row(row) for row in plan.rows],
        "doubts": [_doubt(doubt) for doubt in plan.doubts],
    }
    count = plural(len(plan.rows), "мероприятие", "мероприятия", "мероприятий")
    lines = [f"{file.name}: {count}, разделов {len(plan.sections)}."]
    section = ""
    for row in plan.rows:
        if row.section != section:
            section = row.section
            lines.append(section)
        lines += _lines(row)
    lines += [f"Проверьте: {phrase(f'plan_doubt.{doubt.code}')}: {doubt.before}" for doubt in plan.doubts]
    return Answer(content, lines)


def _import(args: argparse.Namespace) -> Answer:
    file = _with_rows(read_plan_file(args.file))
    with desk(args.store) as workspace:
        found = find_measures(workspace, file)
        offered = [measure for measure in found if measure.is_offered]
        left = [measure for measure in found if not measure.is_offered]
        done = add_measures(workspace, file, offered) if offered else None
    reasons = [
        {
            "place": measure.row.place,
            "title": measure.row.title[:300],
            "reason": measure.refusal or ("уже есть в дорожной карте" if measure.is_there else "повторена в файле"),
        }
        for measure in left
    ]
    unread = [measure for measure in offered if not measure.is_understood]
    content = {
        "file": file.name,
        "read": len(found),
        "added": len(offered),
        "left_out": reasons,
        "deadlines_not_understood": [measure.row.deadline for measure in unread],
        "batch": done.batch if done is not None else "",
    }
    words = plural(len(offered), "мероприятие", "мероприятия", "мероприятий")
    lines = [f"Добавлено: {words} из {len(found)}."]
    lines += [f"Пропущено ({one['reason']}): {one['title'][:80]} [{one['place']}]" for one in reasons]
    lines += [f"Срок не понят или не указан: {measure.row.title[:80]}" for measure in unread]
    if offered:
        lines.append("Укажите для них задачу и этап в дорожной карте: об этом напомнит «Проверка».")
    return Answer(content, lines)


def _with_rows(file: PlanFile) -> PlanFile:
    if not file.plan.rows:
        raise KnownError("road_map.no_plan", file=file.name)
    return file


def _row(row: PlanRow) -> dict[str, object]:
    """A row with the safe repairs made, as the program would offer it."""
    shown = settled(row)
    return {
        "number": shown.number,
        "title": shown.title,
        "deadline": shown.deadline,
        "deadline_inherited": shown.deadline_inherited,
        "executors": list(shown.executors),
        "executors_inherited": shown.executors_inherited,
        "result": shown.result,
        "evidence": shown.evidence,
        "note": shown.note,
        "section": shown.section,
        "place": shown.place,
        "doubts": [_doubt(doubt) for doubt in row.doubts],
    }


def _doubt(doubt: Doubt) -> dict[str, object]:
    return {
        "code": doubt.code.value,
        "field": doubt.field,
        "before": doubt.before,
        "after": doubt.after,
        "message": phrase(f"plan_doubt.{doubt.code}"),
    }


def _lines(row: PlanRow) -> list[str]:
    shown = settled(row)
    number = f"{shown.number} " if shown.number else ""
    parts = [shown.deadline or "срок не указан", ", ".join(shown.executors) or "исполнители не указаны"]
    parts += [shown.result] if shown.result else []
    lines = [f"  {number}{shown.title[:200]} · {' · '.join(part[:200] for part in parts)}"]
    for doubt in row.doubts:
        if not doubt.is_safe:
            after = f" → «{doubt.after}»" if doubt.after is not None else ""
            lines.append(f"      {phrase(f'plan_doubt.{doubt.code}')}: «{doubt.before}»{after}")
    return lines
