"""Taking packages in from the command line: files or a folder at once, by day or unattended by night; runs taken back.

Nothing is ever asked: what needs a person is left with its verdict, and the exit status says that there is such a file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from shnor_desktop.cli.answer import Answer, Status, message_content
from shnor_desktop.cli.desk import desk, desk_for_reading
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.services import import_bench, import_print, import_runs
from shnor_desktop.services.arrivals import Verdict, VerdictCode, undo_import
from shnor_desktop.services.import_bench import BenchResult, HowEnded, Judged, RunOptions
from shnor_desktop.services.import_runs import ImportRun, RunState
from shnor_desktop.services.package_folders import Found, find_packages
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace

REFUSED = "team.refused"
"""The code of a note that names what a colleague may not write."""
SKIPPED, SKIPPED_WORDS = "skipped", "не пакет, оставлен"


def add_import_command(package: Commands) -> None:
    """`package import`."""
    take = package.add(
        "import",
        _import,
        "принять пакеты: файлы или папку",
        "На каждый файл — свой вердикт; плохой файл не мешает остальным. Ничего не спрашивает: годится для ночного\n"
        "приёма. Код завершения 1, если хоть один файл не принят.",
    )
    _add_store(take)
    take.add_argument("files", nargs="+", type=Path, metavar="ФАЙЛ", help="файлы пакетов или папки с ними")
    take.add_argument("--recursive", action="store_true", help="и из вложенных папок")
    take.add_argument("--dry-run", action="store_true", help="только вердикты: в хранилище ничего не пишется")
    take.add_argument("--quarantine", type=Path, metavar="ПАПКА", help="куда положить файлы, которые не приняты")
    take.add_argument("--move", action="store_true", help="перенести их туда, а не скопировать")
    take.add_argument("--answer", type=Path, metavar="ПАПКА", help="куда записать квитанции на принятые пакеты")
    take.add_argument("--log", type=Path, metavar="ФАЙЛ", help="записать вердикты в файл .xlsx, .pdf, .json или .txt")
    take.add_argument(
        "--trust", default="", metavar="ОТПЕЧАТОК", help="подтвердить отправителя: цифры, сверенные с ним по телефону"
    )


def add_commands(commands: Commands) -> None:
    """`import …`: the runs and their undo."""
    runs = commands.group("import", "приёмы пакетов: посмотреть, отменить")
    listed = runs.add("list", _list, "журнал приёмов, новые сверху")
    _add_store(listed)
    listed.add_argument("--run", default="", metavar="ПРИЁМ", help="показать файлы одного приёма")
    listed.add_argument("--log", type=Path, metavar="ФАЙЛ", help="записать его в файл .xlsx, .pdf, .json или .txt")
    undo = runs.add(
        "undo",
        _undo,
        "отменить приём: весь или одного пакета",
        "Пакеты отменяются с последнего. Что уже учтено в более поздней работе, остаётся и называется.",
    )
    _add_store(undo)
    undo.add_argument("what", metavar="ПРИЁМ", help="номер приёма из «import list» или начало id пакета")


def _add_store(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")


def _import(args: argparse.Namespace) -> Answer:
    if args.move and args.quarantine is None:
        raise WrongCall("--move переносит в карантин: укажите --quarantine ПАПКА")
    if args.dry_run and (args.move or args.answer is not None):
        raise WrongCall("--dry-run ничего не записывает: --move и --answer с ним не сочетаются")
    found = find_packages(args.files, recursive=args.recursive, without=[args.quarantine] if args.quarantine else [])
    place = str(args.files[0]) if len(args.files) == 1 and args.files[0].is_dir() else ""
    with desk(args.store) as workspace:
        if args.dry_run:
            result = import_bench.rehearse(workspace, found.packages, trust=args.trust)
        else:
            options = RunOptions(
                args.trust, args.quarantine, args.quarantine is not None, args.move, args.answer, place
            )
            result = import_bench.run(workspace, found.packages, options)
        answer = _bench_answer(result, found, args.dry_run)
        if args.log is not None:
            lines = tuple(import_bench.line_of(one) for one in result.judged)
            log = import_runs.begin(workspace, place)
            log = import_runs.counted(log, lines, RunState(result.ended.value), result.run)
            _write_log(workspace, args.log, log, answer)
    return answer


def _bench_answer(result: BenchResult, found: Found, is_rehearsal: bool) -> Answer:
    judged = sorted(result.judged, key=lambda one: one.place)
    told = verdicts_answer([one.verdict for one in judged], [one.file for one in judged])
    content = [{**said, **_beside(one)} for said, one in zip(_items(told), judged, strict=True)]
    lines = list(told.lines)
    lines += [f"{one.file.name}: {one.trouble.text}" for one in judged if one.trouble is not None]
    content += [_left(file, result) for file in result.left]
    lines += [f"{file.name}: {VerdictCode.NOT_STORED.caption}" for file in result.left]
    if result.reason is not None:
        lines += [part for part in (result.reason.what, result.reason.means, result.reason.do) if part]
    content += [
        {"file": file.name, "path": str(file), "code": SKIPPED, "verdict": SKIPPED_WORDS} for file in found.others
    ]
    lines += [f"{file.name}: {SKIPPED_WORDS}" for file in found.others]
    if not found.packages:
        lines.append(explain(KnownError("bench.nothing_found", others=len(found.others))).text)
    lines += _sum(result, is_rehearsal)
    return Answer(content, lines, Status.DONE if result.is_fine else Status.INPUT_AT_FAULT)


def _items(answer: Answer) -> list[dict[str, object]]:
    assert isinstance(answer.content, list)
    return answer.content


def _beside(one: Judged) -> dict[str, object]:
    changed = one.verdict.changed
    return {
        "changes": {"rows": changed.rows, "remarks": changed.remarks, "conflicts": changed.conflicts},
        "is_new_school": changed.is_first,
        "quarantined": one.quarantined,
        "answer": one.answer,
        "trouble": message_content(one.trouble) if one.trouble is not None else None,
    }


def _left(file: Path, result: BenchResult) -> dict[str, object]:
    words = result.reason or explain(KnownError("bench.left", file=file.name))
    code = VerdictCode.NOT_STORED
    said = {"file": file.name, "path": str(file), "code": code.value, "verdict": code.caption}
    message = message_content(words)
    return {**said, "cause": message.pop("code"), **message, "notes": []}


def _sum(result: BenchResult, is_rehearsal: bool) -> list[str]:
    if len(result.judged) < 2 and not is_rehearsal:
        return []
    taken = result.count(VerdictCode.ACCEPTED, VerdictCode.ACCEPTED_WITH_REMARKS)
    bad = sum(1 for one in result.judged if not one.verdict.code.is_fine)
    word = "Было бы принято" if is_rehearsal else "Принято"
    lines = [f"{word}: {taken}, не принято: {bad}, без изменений: {len(result.judged) - taken - bad}."]
    if result.ended is HowEnded.STOPPED:
        lines.append(f"Не дошла очередь: {len(result.left)}.")
    if result.run:
        lines.append(f"Приём записан под номером {result.run}.")
    return lines


def _write_log(workspace: Workspace, target: Path, log: ImportRun, answer: Answer) -> None:
    kind = target.suffix.casefold()
    if kind in (".xlsx", ".pdf"):
        import_print.write_run(workspace, target, log)
        return
    as_json = json.dumps(answer.content, ensure_ascii=False, indent=2)
    text = as_json if kind == ".json" else "\n".join(answer.lines)
    import_print.write_text(target, f"{text}\n")


def verdicts_answer(verdicts: Sequence[Verdict], files: Sequence[Path]) -> Answer:
    """One verdict a file; the status is that of the worst."""
    lines: list[str] = []
    for verdict in verdicts:
        lines.append(f"{verdict.file}: {verdict.code.caption}")
        lines.extend(
            f"  {words}" for words in (verdict.message.what, verdict.message.means, verdict.message.do) if words
        )
        lines.extend(f"  {words}" for words in verdict.note_words)
    content = [_verdict(verdict, path) for verdict, path in zip(verdicts, files, strict=True)]
    fine = all(verdict.code.is_fine for verdict in verdicts)
    return Answer(content, lines, Status.DONE if fine else Status.INPUT_AT_FAULT)


def _verdict(verdict: Verdict, path: Path) -> dict[str, object]:
    codes = (*verdict.notes, *(REFUSED for _ in verdict.details))
    return {
        "file": verdict.file,
        "path": str(path),
        "verdict": verdict.code.caption,
        "code": verdict.code.value,
        "message": verdict.message.text,
        "cause": verdict.cause,
        "what": verdict.message.what,
        "means": verdict.message.means,
        "do": verdict.message.do,
        "sender": verdict.sender,
        "number": verdict.number,
        "id": verdict.package,
        "fingerprint": verdict.fingerprint,
        "notes": [{"code": code, "message": words} for code, words in zip(codes, verdict.note_words, strict=True)],
    }


def _list(args: argparse.Namespace) -> Answer:
    with desk_for_reading(args.store) as workspace:
        if not args.run:
            found = import_runs.runs(workspace)
            lines = [f"{run.id}  {_run_words(run)}" for run in found] or ["Приёмов ещё не было."]
            return Answer([_run(run) for run in found], lines)
        run = import_runs.run_of(workspace, args.run)
        files = [f"  {Path(line.file).name}: {line.verdict.caption}" for line in run.lines]
        answer = Answer(
            {**_run(run), "files": [_line(line) for line in run.lines]}, [f"{run.id}  {_run_words(run)}", *files]
        )
        if args.log is not None:
            _write_log(workspace, args.log, run, answer)
        return answer


def _run(run: ImportRun) -> dict[str, object]:
    return {
        "id": run.id,
        "began_at": run.began_at,
        "who": run.who,
        "place": run.place,
        "state": run.state,
        "state_words": RunState(run.state).caption,
        "verdicts": dict(run.counts),
        "undone": len(run.undone),
    }


def _line(line: import_runs.RunLine) -> dict[str, object]:
    return {
        "file": Path(line.file).name,
        "path": line.file,
        "code": line.code,
        "verdict": line.verdict.caption,
        "message": line.words,
        "cause": line.cause,
        "sender": line.sender,
        "number": line.number,
        "id": line.package,
    }


def _run_words(run: ImportRun) -> str:
    counted = ", ".join(f"{VerdictCode(code).caption} — {count}" for code, count in run.counts.items())
    return f"{RunState(run.state).caption}; {counted}" + (f"; {run.place}" if run.place else "")


def _undo(args: argparse.Namespace) -> Answer:
    with desk(args.store) as workspace:
        package = import_runs.package_of(workspace, args.what)
        if package:
            undo_import(workspace, package)
            return Answer({"undone": [package], "refused": []}, ["Приём пакета отменён. Файл можно принять снова."])
        done = import_runs.undo_run(workspace, args.what)
    lines = [f"{Path(line.file).name}: приём отменён" for line in done.undone]
    for line, message in done.refused:
        lines += [f"{Path(line.file).name}: не отменён", f"  {message.text}"]
    content = {
        "undone": [line.package for line in done.undone],
        "refused": [{"id": line.package, **message_content(message)} for line, message in done.refused],
    }
    status = Status.INPUT_AT_FAULT if done.refused else Status.DONE
    return Answer(content, lines or ["Отменять нечего."], status)
