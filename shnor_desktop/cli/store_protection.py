"""`shnor store …`: the passphrase of a store and its recovery sheet."""

from __future__ import annotations

import argparse
from pathlib import Path

from shnor_desktop.cli.answer import Answer
from shnor_desktop.cli.parsing import Commands, WrongCall
from shnor_desktop.cli.passphrase import CODE_VARIABLE, NEW_VARIABLE, VARIABLE, new_passphrase, passphrase_of
from shnor_desktop.cli.passphrase import recovery_code as asked_code
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.russian import plural
from shnor_desktop.services import store_secret
from shnor_desktop.services.desks import is_protected
from shnor_desktop.services.store_secret import Protected
from shnor_desktop.services.store_sheet import write_sheet
from shnor_desktop.services.this_computer import system_clock

_MORE = (
    f"Пароль берётся из переменной {VARIABLE}, новый — из {NEW_VARIABLE}, код восстановления — из {CODE_VARIABLE}; "
    "за клавиатурой программа спросит их сама. В словах вызова пароль не пишут: их видят другие."
)
_ONLY_REMOVED = (
    "Прежний файл удалён, но переписать его на этом диске нельзя: специалист может восстановить из него данные, "
    "пока место не занято."
)
_OVERWRITTEN = (
    "Прежний файл переписан нулями и удалён. На флешках и твердотельных дисках след всё же может остаться: полную "
    "защиту даёт только шифрование самого диска."
)


def add_commands(commands: Commands) -> None:
    """`store protect`, `change-passphrase`, `unprotect`, `recovery-sheet`."""
    group = commands.group("store", "пароль на данные: закрыть хранилище, сменить пароль, снять, лист восстановления")
    protect = group.add("protect", _protect, "закрыть хранилище и его копии паролем", _MORE)
    _add(protect)
    protect.add_argument(
        "--sheet", type=Path, metavar="ФАЙЛ", required=True, help="куда записать лист восстановления, PDF"
    )
    protect.add_argument(
        "--i-understand",
        action="store_true",
        help="подтверждаю: если потеряны и пароль, и лист восстановления, данные потеряны навсегда",
    )
    change = group.add("change-passphrase", _change, "сменить пароль", _MORE)
    _add(change)
    change.add_argument("--forgotten", action="store_true", help="по коду восстановления, если пароль забыт")
    change.add_argument("--new-key", action="store_true", help="сменить и ключ: прежний лист перестанет действовать")
    change.add_argument("--sheet", type=Path, metavar="ФАЙЛ", help="куда записать лист восстановления, PDF")
    _add(group.add("unprotect", _unprotect, "снять пароль с хранилища и его копий", _MORE))
    sheet = group.add("recovery-sheet", _sheet, "записать лист восстановления ещё раз", _MORE)
    _add(sheet)
    sheet.add_argument("--out", type=Path, metavar="ФАЙЛ", required=True, help="куда записать, PDF")


def _add(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("store", type=Path, metavar="ХРАНИЛИЩЕ", help="файл хранилища")


def _protect(args: argparse.Namespace) -> Answer:
    if not args.i_understand:
        raise WrongCall(
            "если потеряны и пароль, и лист восстановления, данные потеряны навсегда: подтвердите это --i-understand"
        )
    if is_protected(args.store):
        raise KnownError("store.protected_already", path=args.store.name)
    _require_place(args.sheet)
    done = store_secret.protect(args.store, new_passphrase(), system_clock())
    return _with_sheet("Хранилище закрыто паролем.", args.store, args.sheet, done)


def _change(args: argparse.Namespace) -> Answer:
    if args.new_key and args.forgotten:
        raise WrongCall("сначала смените забытый пароль, затем ключ: --new-key не сочетается с --forgotten")
    if args.new_key and args.sheet is None:
        raise WrongCall("с новым ключом нужен новый лист восстановления: --sheet ФАЙЛ")
    if args.sheet is not None:
        _require_place(args.sheet)
    if args.forgotten:
        code = asked_code()
        done = store_secret.reset_passphrase(args.store, code, new_passphrase(), system_clock())
    else:
        old = passphrase_of(args.store)
        done = store_secret.change_passphrase(args.store, old, new_passphrase(), system_clock(), new_key=args.new_key)
    said = "Пароль и ключ сменены." if args.new_key else "Пароль сменён; лист восстановления действует прежний."
    if args.sheet is None:
        return Answer({"store": str(args.store), "changed": True}, [said])
    return _with_sheet(said, args.store, args.sheet, done)


def _unprotect(args: argparse.Namespace) -> Answer:
    done = store_secret.unprotect(args.store, passphrase_of(args.store), system_clock())
    return Answer(_content(args.store, done), ["Пароль снят: данные больше не зашифрованы.", *_copies(done)])


def _sheet(args: argparse.Namespace) -> Answer:
    code = store_secret.recovery_code(args.store, passphrase_of(args.store))
    written = write_sheet(args.out, args.store, code, system_clock())
    return Answer({"file": str(written.path), "size": written.size}, [f"Лист восстановления: {written.path}"])


def _require_place(sheet: Path) -> None:
    """A sheet that cannot be written must be known before anything is closed."""
    if not sheet.parent.is_dir():
        raise KnownError("document.folder_missing", folder=str(sheet.parent))


def _with_sheet(said: str, store: Path, sheet: Path, done: Protected) -> Answer:
    written = write_sheet(sheet, store, done.recovery_code, system_clock())
    lines = [said, f"Лист восстановления: {written.path}. Распечатайте его, уберите в сейф, а файл удалите."]
    return Answer({**_content(store, done), "sheet": str(written.path)}, [*lines, *_copies(done)])


def _content(store: Path, done: Protected) -> dict[str, object]:
    return {
        "store": str(store),
        "old_file_overwritten": done.is_overwritten,
        "copies": done.backups,
        "copies_left": list(done.left),
    }


def _copies(done: Protected) -> list[str]:
    lines = [_OVERWRITTEN if done.is_overwritten else _ONLY_REMOVED]
    if done.backups:
        lines.append(f"Так же переделано: {plural(done.backups, 'копия', 'копии', 'копий')} рядом с хранилищем.")
    if done.left:
        lines.append(f"Остались как были (не читаются или закрыты иначе): {', '.join(done.left)}.")
    return lines
