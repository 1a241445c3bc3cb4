#!/usr/bin/env python3
"""The two commands of a developer: ``run`` does the main job, ``test`` passes every test; ``bench`` measures.

Only the standard library is used, so that a bare machine with Python 3.11 is enough::

    python3 dev.py run              # Debian and its relatives
    python3 dev.py test
    py dev.py run                   # Windows

Each sets up what it needs first: the libraries of the system that Qt needs, a virtual environment in ``.venv``, the
packages of requirements.lock and the project itself. A stamp in ``.venv`` says what was set up; while it holds,
nothing is installed and no network is touched. Exit status 2 means: not set up, and the text says what to do.
"""

from __future__ import annotations

import argparse
import contextlib
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "dev-stamp.json"
GUARD = ROOT / ".venv.lock"
LOCK = ROOT / "requirements.lock"
PYTHON = (3, 11)
ON_WINDOWS = sys.platform == "win32"

# What Qt loads, and the Debian package that brings it (import, offscreen and xcb platforms).
LIBRARIES = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
# Qt asks fontconfig for fonts; the tests verify a signature with openssl.
PROGRAMS = {"fc-list": "fontconfig", "openssl": "openssl"}
# What only the tests ask, to check our files by programs that nobody here wrote.
TEST_PROGRAMS = {"certtool": "gnutls-bin", "age": "age"}
# OpenSSL loads its engine for the GOST algorithms from a folder, so that it is no program: a file and its package.
GOST_ENGINE = ("engines-3/gost.so", "libengine-gost-openssl")
LIBRARY_FOLDERS = ("/usr/lib/*-linux-gnu", "/usr/lib64", "/usr/lib")

LOCK_HEAD = """\
# Every package at its exact version, transitive ones too. Made by `python3 dev.py lock`; not edited by hand.
# No hashes: Windows and Linux install different wheels of the same version, and no index is named here.
"""


def main(argv: list[str]) -> int:
    """Read the command, set up, do it."""
    parser = argparse.ArgumentParser(
        prog="dev.py", description="Sets up the project and does one of the commands.", allow_abbrev=False
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("run", help="open the program with the demo school; without a display do the main job in words")
    commands.add_parser("test", help="pass every test; further words go to pytest")
    commands.add_parser("bench", help="measure the program against its floors; further words go to the benchmarks")
    commands.add_parser("setup", help="only set up")
    commands.add_parser("lock", help="resolve the dependencies of pyproject.toml anew into requirements.lock")
    known, rest = parser.parse_known_args(argv[:1])[0], argv[1:]
    if known.command in ("setup", "lock") and rest:
        parser.error(f"{known.command} takes no further words")
    try:
        python = prepare()
        if known.command == "run":
            return run(python, rest)
        if known.command == "test":
            return test(python, rest)
        if known.command == "bench":
            return call([python, "-m", "benchmarks", *rest])
        return lock(python) if known.command == "lock" else 0
    except KeyboardInterrupt:
        return 130


# ------------------------------------------------------------------------------------------------------- the commands
def run(python: Path, words: list[str]) -> int:
    """Open the demo school in a window or do the main job in words; given words go to the program as they are."""
    if not words:
        words = ["--demo"] if has_display() else ["main-job"]
    return call([python, "-m", "shnor_desktop", *words])


def test(python: Path, words: list[str]) -> int:
    """Run pytest in parallel; ruff, mypy and import-linter are tests among the others."""
    install_packages(missing_for_tests())
    return call([python, "-m", "pytest", "-n", "auto", "--dist", "worksteal", *words], QT_QPA_PLATFORM="offscreen")


def lock(python: Path) -> int:
    """Resolve what pyproject.toml asks for, for this system, and add what Windows needs besides."""
    project = read_project()
    wanted = [*project["build-system"]["requires"], *project["project"]["dependencies"]]
    for extra in project["project"]["optional-dependencies"].values():
        wanted += extra
    found = resolve(python, wanted)
    only_windows: dict[str, dict[str, Any]] = {}
    asked = windows_requirements(found.values()) - found.keys()
    while asked:
        only_windows |= resolve(python, sorted(asked))
        asked = windows_requirements(only_windows.values()) - found.keys() - only_windows.keys()
    lines = [f"{name}=={item['version']}" for name, item in found.items()]
    lines += [
        f'{name}=={item["version"]} ; sys_platform == "win32"'
        for name, item in only_windows.items()
        if name not in found
    ]
    LOCK.write_text(LOCK_HEAD + "\n".join(sorted(lines)) + "\n", encoding="utf-8")
    say(f"{LOCK.name}: {len(lines)} packages. The next command installs them.")
    return 0


def resolve(python: Path, requirements: list[str]) -> dict[str, dict[str, Any]]:
    """Ask pip what it would install into an empty environment: normal name → metadata."""
    command = [str(python), "-m", "pip", "install", "--dry-run", "--ignore-installed", "-qq", "--report", "-"]
    answer = subprocess.run([*command, *requirements], stdout=subprocess.PIPE, check=False)
    if answer.returncode:
        give_up("pip could not resolve the dependencies; its words are above.")
    items = [item["metadata"] for item in json.loads(answer.stdout)["install"]]
    return {normal(item["name"]): item for item in items}


def windows_requirements(items: Iterable[dict[str, Any]]) -> set[str]:
    """Name what the packages need on Windows only; pip judges markers by the system it runs on."""
    names = set()
    for item in items:
        for line in item.get("requires_dist", ()):
            requirement, _, marker = line.partition(";")
            if re.search(r"win32|Windows|['\"]nt['\"]", marker) and "extra" not in marker and "!=" not in marker:
                names.add(normal(re.split(r"[\s\[<>=!~(]", requirement.strip())[0]))
    return names


def normal(name: str) -> str:
    """Write a package's name in the one form of PEP 503."""
    return re.sub(r"[-_.]+", "-", name).lower()


def has_display() -> bool:
    """Say whether a window can be shown here."""
    return sys.platform in ("win32", "darwin") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def call(command: list[str | Path], **variables: str) -> int:
    """Run a command in the root of the project with UTF-8 everywhere and hand back its exit status."""
    environment = {**os.environ, "PYTHONUTF8": "1", **variables}
    return subprocess.call([str(word) for word in command], cwd=ROOT, env=environment)


# ---------------------------------------------------------------------------------------------------------- setting up
def prepare() -> Path:
    """Return the Python of a complete environment, after building what is missing."""
    python = VENV / ("Scripts/python.exe" if ON_WINDOWS else "bin/python")
    if is_ready(python):
        return python
    with alone():
        if is_ready(python):  # another dev.py has just made it
            return python
        began = time.monotonic()
        base = find_python()
        install_system_packages(base)
        build(base, python)
        say(f"Set up in {time.monotonic() - began:.0f} s; the next time takes none of it.")
    return python


def is_ready(python: Path) -> bool:
    """Compare the stamp with what is wanted; a broken link to a Python that is gone does not exist either."""
    return python.exists() and read_stamp() == wanted_stamp()


def read_stamp() -> dict[str, str]:
    """Read what the environment was made of; nothing when it was left half-made."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def wanted_stamp() -> dict[str, str]:
    """Name the place and the Python (a moved environment is useless) and the digest of what belongs into it."""
    try:
        made_by = (VENV / "pyvenv.cfg").read_text(encoding="utf-8")
    except OSError:
        made_by = ""
    project = read_project()
    parts = json.dumps([project["build-system"], project["project"]], sort_keys=True)
    contents = hashlib.sha256(parts.encode() + LOCK.read_bytes()).hexdigest()
    return {"place": f"{ROOT}\n{made_by}", "contents": contents}


def read_project() -> dict[str, Any]:
    """Read pyproject.toml; the tables of the tools in it need no new environment."""
    try:
        import tomllib  # a Python older than 3.11 must live until it is told so
    except ImportError:
        give_up(f"dev.py needs Python 3.11; this is {sys.version.split()[0]} ({sys.executable}).")
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def find_python() -> str:
    """Find a Python 3.11: the one that runs this, else one that the system knows by that name."""
    if sys.version_info[:2] == PYTHON:
        return str(getattr(sys, "_base_executable", sys.executable))
    named = ["py", "-3.11"] if ON_WINDOWS else ["python3.11"]
    if shutil.which(named[0]):
        answer = subprocess.run(
            [*named, "-c", "import sys; print(sys.executable)"], capture_output=True, text=True, check=False
        )
        if answer.returncode == 0:
            return answer.stdout.strip()
    give_up(
        f"The project needs Python 3.11, and this is Python {sys.version.split()[0]} ({sys.executable}).\n"
        "Install Python 3.11 and run dev.py with it, for example: python3.11 dev.py test"
    )


def build(base: str, python: Path) -> None:
    """Make the environment anew, or bring one that stands in its place to the locked versions."""
    stands = python.exists() and read_stamp().get("place") == wanted_stamp()["place"]
    if stands:
        say("Bringing .venv to the locked versions…")
    else:
        say(f"Making .venv with {base}…")
        shutil.rmtree(VENV, ignore_errors=True)
        run_or_give_up([base, "-m", "venv", str(VENV)], "The virtual environment could not be made.")
    STAMP.unlink(missing_ok=True)  # until the end it counts as half-made
    say("Installing the packages of requirements.lock (some 200 MB the first time)…")
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input"]
    offline = "A package could not be installed; pip's words are above. Is the network, or your pip index, there?"
    if stands:
        remove_unlocked(pip)
    run_or_give_up([*pip, "install", "-qq", "--no-deps", "-r", str(LOCK)], offline)
    editable = [*pip, "install", "-qq", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)]
    run_or_give_up(editable, "The project itself could not be installed; pip's words are above.")
    STAMP.write_text(json.dumps(wanted_stamp()), encoding="utf-8")


def remove_unlocked(pip: list[str]) -> None:
    """Take out packages that the lock no longer names, so that an old environment equals a new one."""
    locked = {normal(line.split("==")[0]) for line in LOCK.read_text(encoding="utf-8").splitlines() if "==" in line}
    listed = subprocess.run([*pip, "list", "--format", "json"], stdout=subprocess.PIPE, check=True).stdout
    stray = {normal(item["name"]) for item in json.loads(listed)} - locked - {"pip", "shnor-desktop"}
    if stray:
        run_or_give_up([*pip, "uninstall", "-qq", "--yes", *sorted(stray)], "Old packages could not be removed.")


# ----------------------------------------------------------------------------------------------------------- the system
def install_system_packages(base: str) -> None:
    """Install what the program needs of the system and does not find."""
    if not sys.platform.startswith("linux"):
        return
    known = known_libraries()
    missing = [package for library, package in LIBRARIES.items() if library not in known]
    missing += [package for program, package in PROGRAMS.items() if shutil.which(program) is None]
    if subprocess.call([base, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) != 0:
        of_system = os.path.realpath("/usr/bin/python3") == os.path.realpath(base)
        missing.append("python3-venv" if of_system else "python3.11-venv")
    install_packages(missing)


def missing_for_tests() -> list[str]:
    """Name the packages whose programs, and whose engine, the tests would miss; nothing is started to find out."""
    if not sys.platform.startswith("linux"):
        return []
    file, package = GOST_ENGINE
    folders = [folder for pattern in LIBRARY_FOLDERS for folder in glob.glob(pattern)]
    missing = [] if any(os.path.exists(os.path.join(folder, file)) for folder in folders) else [package]
    return missing + [name for program, name in TEST_PROGRAMS.items() if shutil.which(program) is None]


def install_packages(missing: list[str]) -> None:
    """Install packages of the system through apt where we may; else name the exact command and stop."""
    if not missing:
        return
    if shutil.which("apt-get") is None:
        give_up("This system lacks what these Debian packages bring, install their equals:\n  " + " ".join(missing))
    install = ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    prefix = administrator_prefix()
    if prefix is None:
        give_up(
            "Some packages of the system are missing, and this user may not install them. Run this and try again:\n"
            "  sudo apt-get update && sudo " + " ".join(install)
        )
    say("Installing through apt: " + " ".join(missing))
    env = ["env", "DEBIAN_FRONTEND=noninteractive"]
    # A list of packages that is somewhat old is no reason to stop: the installation itself decides.
    subprocess.call([*prefix, *env, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL)
    command = " ".join([*prefix, *install])
    if subprocess.call([*prefix, *env, *install, "-qq"], stdout=subprocess.DEVNULL) != 0:
        give_up(f"apt could not install them; its words are above. Once it can, run this and try again:\n  {command}")


def known_libraries() -> str:
    """List the shared libraries that the loader of the system knows."""
    ldconfig = shutil.which("ldconfig", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")
    if ldconfig is None:
        give_up("ldconfig is not there, so that the libraries of the system cannot be listed.")
    return subprocess.run([ldconfig, "-p"], stdout=subprocess.PIPE, text=True, check=True).stdout


def administrator_prefix() -> list[str] | None:
    """Say how to act as root: at once, through a sudo that asks nothing, or not at all."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.call(["sudo", "-n", "true"], stderr=subprocess.DEVNULL) == 0:
        return ["sudo", "-n"]
    return None


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one dev.py set up at a time; the system frees the guard even when its holder is killed."""
    with GUARD.open("a+b") as guard:
        waiting = False
        while not try_to_hold(guard.fileno()):
            if not waiting:
                say("Another dev.py is setting up; waiting for it…")
            waiting = True
            time.sleep(0.5)
        # A pip that outlives a killed dev.py keeps the guard, and the next dev.py waits for it.
        os.set_inheritable(guard.fileno(), True)
        yield


def try_to_hold(descriptor: int) -> bool:
    """Take the guard if it is free."""
    try:
        if sys.platform == "win32":
            import msvcrt  # there only on Windows

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl  # there everywhere else

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def run_or_give_up(command: list[str], words: str) -> None:
    """Run a step of setting up; stop with these words when it fails."""
    if subprocess.call(command, cwd=ROOT, close_fds=False) != 0:
        give_up(words)


def say(words: str) -> None:
    """Tell the developer; the output of the commands themselves stays clean."""
    print(f"dev.py: {words}", file=sys.stderr, flush=True)


def give_up(words: str) -> NoReturn:
    """Stop: what happened and what to do."""
    say(words)
    sys.exit(2)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
