"""`shnor results import`, `staff import`, `classes import`: any table of a school, recognised by its contents."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.desk import desk, desk_for_reading
from shnor_desktop.cli.parsing import Commands
from shnor_desktop.cli.result_analysis import add_analysis
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services.results import import_workbook, preview_workbook
from shnor_desktop.services.table_import import (
    RESULT_KINDS,
    Asked,
    ImportPlan,
    PlannedRow,
    TableFile,
    TableKind,
    apply_plan,
    default_choice,
    kind_caption,
    plan_import,
    read_table_file,
    with_answers,
)
from shnor_desktop.services.workspace import StoreKind, Workspace, require_kind

_KEYS = {"own": "--own", "subject": "--subject", "grade": "--grade", "year": "--year", "procedure": "--procedure"}


def add_commands(commands: Commands) -> None:
    """`results import`, `results analyse`, `staff import`, `classes import`."""
    results = commands.group("results", "результаты оценочных процедур")
    take = results.add("import", _import_results, "загрузить книгу ФИС ОКО (любой из семи отчётов) или итоги ОГЭ и ЕГЭ")
    _add_file(take)
    take.add_argument("--own", default="", metavar="СТРОКА", help="строка или столбец своей школы, как в файле")
    take.add_argument("--subject", default="", metavar="КОД", help="предмет, если его нет в файле, например math")
    take.add_argument("--grade", type=int, metavar="КЛАСС", help="класс, если его нет в файле")
    take.add_argument("--year", type=int, metavar="ГОД", help="год, если его нет в файле")
    take.add_argument("--procedure", default="", choices=("vpr", "oge", "ege", "diagnostic"), help="экзамен")
    add_analysis(results)
    staff = commands.group("staff", "педагоги школы")
    _add_file(staff.add("import", _import_staff, "загрузить список педагогов из .xlsx или .csv"))
    classes = commands.group("classes", "классы школы")
    _add_file(classes.add("import", _import_classes, "загрузить список классов из .xlsx или .csv"))


def _add_file(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища школы")
    parser.add_argument("workbook", type=Path, metavar="ФАЙЛ", help="таблица .xlsx или .csv")
    parser.add_argument("--dry-run", action="store_true", help="показать, что изменится, и ничего не записывать")
    parser.add_argument("--overwrite", action="store_true", help="заменить и то, что введено вручную")
    parser.add_argument("--confirm", action="store_true", help="взять и то, что вызвало сомнение: другую школу, год")


def _import_results(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) if args.dry_run else desk(args.store) as workspace:
        require_kind(workspace, StoreKind.SCHOOL)
        file = read_table_file(args.workbook, RESULT_KINDS)
        if file.is_f1:
            return _f1(workspace, args)
        asked = Asked(args.own, args.procedure, args.subject, args.grade, args.year)
        answers = {at: asked for at, layout in enumerate(file.layouts) if layout is not None}
        return _take(workspace, with_answers(file, answers), args, RESULT_KINDS)


def _import_staff(args: argparse.Namespace) -> Answer:
    return _import_list(args, TableKind.STAFF)


def _import_classes(args: argparse.Namespace) -> Answer:
    return _import_list(args, TableKind.CLASSES)


def _import_list(args: argparse.Namespace, kind: TableKind) -> Answer:
    with desk_for_reading(args.store) if args.dry_run else desk(args.store) as workspace:
        require_kind(workspace, StoreKind.SCHOOL)
        return _take(workspace, read_table_file(args.workbook, [kind]), args, [kind])


def _f1(workspace: Workspace, args: argparse.Namespace) -> Answer:
    if args.dry_run:
        preview = preview_workbook(workspace, args.workbook)
        said = [f"{book.title} — {book.words}." for book in preview.workbooks]
    else:
        done = import_workbook(workspace, args.workbook)
        preview, said = done.preview, [done.words]
    lines = [f"Распознано: {kind_caption('f1')}.", *said]
    for workbook in preview.workbooks:
        lines += [f"{workbook.scores[:1].upper()}{workbook.scores[1:]}."] if workbook.scores else []
        lines.extend(f"{change.caption}: было {change.old}, стало {change.new}" for change in workbook.changes)
        lines.extend(f"Предупреждение: {warning.text}" for warning in workbook.warnings)
    return Answer(preview.json, lines)


def _take(workspace: Workspace, file: TableFile, args: argparse.Namespace, wanted: Sequence[TableKind]) -> Answer:
    plan = _plan(workspace, file, wanted)
    choice = default_choice(plan, overwrite=args.overwrite, confirmed=args.confirm)
    said = "Ничего не записано: показано, что изменится."
    batch = ""
    if not args.dry_run:
        stopped = [row for row in plan.rows if row.stops and row.key not in choice]
        if not choice and stopped and len(stopped) == len([row for row in plan.rows if row.changes]):
            raise KnownError("table.stopped", file=file.name, why=stopped[0].stops)
        done = apply_plan(workspace, plan, choice) if choice else None
        said = done.words if done is not None else "Загружать нечего: всё уже есть или ждёт решения."
        batch = done.done.batch if done is not None else ""
    taken = {row.key: choice.get(row.key) for row in plan.rows}
    content = {
        "file": plan.file,
        "kinds": list(dict.fromkeys(plan.kinds)),
        "recognised": plan.captions,
        "dry_run": bool(args.dry_run),
        "batch": batch,
        "rows": [_row(row, taken[row.key]) for row in plan.rows],
        "notes": list(plan.notes),
    }
    lines = [f"Распознано: {plan.captions}.", said, *[f"Проверьте: {note}" for note in plan.notes]]
    for row in plan.rows:
        lines += _lines(row, taken[row.key])
    return Answer(content, lines)


def _plan(workspace: Workspace, file: TableFile, wanted: Sequence[TableKind]) -> ImportPlan:
    """The plan of a file of the wanted kind; what it does not say is asked for by the names of the options."""
    kinds = [layout.kind for layout in file.layouts if layout is not None]
    if file.is_f1 or (kinds and not set(kinds) & set(wanted)):
        found = ", ".join(kind_caption(kind) for kind in kinds) if kinds else kind_caption("f1")
        raise KnownError("table.other_kind", file=file.name, found=found, wanted=", ".join(map(kind_caption, wanted)))
    only = tuple(layout if layout is not None and layout.kind in wanted else None for layout in file.layouts)
    plan = plan_import(workspace, TableFile(file.path, file.tables, only, file.asked))
    if plan.questions:
        questions = "; ".join(dict.fromkeys(question.caption.lower() for question in plan.questions))
        keys = ", ".join(dict.fromkeys(_KEYS[question.name] for question in plan.questions))
        rows = [words for question in plan.questions if question.name == "own" for _code, words in question.options]
        if rows:
            keys += f" (в файле есть: {'; '.join(rows[:10])})"
        raise KnownError("table.asks", file=file.name, questions=questions, keys=keys)
    return plan


def _row(row: PlannedRow, taken: object) -> dict[str, object]:
    fields = taken if isinstance(taken, set) else None
    return {
        "entity": row.entity,
        "title": row.title,
        "place": row.place,
        "state": "unchanged" if not row.changes else "new" if row.is_new else "changed",
        "taken": fields is not None,
        "stops": row.stops,
        "notes": list(row.notes),
        "fields": [
            {
                "field": cell.field,
                "old": cell.old,
                "new": cell.new,
                "taken": fields is not None and (cell.is_key or cell.field in fields),
                "note": cell.note,
            }
            for cell in row.cells
        ],
    }


def _lines(row: PlannedRow, taken: object) -> list[str]:
    fields = taken if isinstance(taken, set) else set()
    if not row.changes and not row.notes:
        return []
    lines = [f"{row.title} — {row.words} [{row.place}]"]
    if row.stops:
        lines.append(f"  {'Взято с подтверждением' if isinstance(taken, set) else 'Не взято'}: {row.stops}")
    for cell in row.cells:
        if cell.replaces or (cell.field not in fields and not cell.is_key):
            state = "" if cell.field in fields else ", не взято"
            note = f" ({cell.note})" if cell.note else ""
            lines.append(f"  {cell.caption}: было {cell.old or 'пусто'}, в файле {cell.new}{state}{note}")
    return lines + [f"  Проверьте: {note}" for note in row.notes]
