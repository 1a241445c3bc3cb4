"""The two commands of a developer: what they build on, what they refuse, and what they say then."""

from __future__ import annotations

import ast
import importlib.metadata
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import dev

ROOT = Path(__file__).resolve().parents[1]
PROJECT = """
[build-system]
requires = []
[project]
dependencies = ["segno==1.6.6"]
[tool.ruff]
line-length = 120
"""


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout whose environment is complete, as far as dev.py can see."""
    for name, path in {
        "ROOT": "",
        "VENV": ".venv",
        "STAMP": ".venv/dev-stamp.json",
        "GUARD": ".venv.lock",
        "LOCK": "requirements.lock",
    }.items():
        monkeypatch.setattr(dev, name, tmp_path / path)
    (tmp_path / "pyproject.toml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "requirements.lock").write_text("segno==1.6.6\n", encoding="utf-8")
    python = environment_python(tmp_path)
    python.parent.mkdir(parents=True)
    python.touch()
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n", encoding="utf-8")
    dev.STAMP.write_text(json.dumps(dev.wanted_stamp()), encoding="utf-8")
    return tmp_path


def environment_python(checkout: Path) -> Path:
    """Where the environment of a checkout keeps its Python."""
    return checkout / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def locked() -> dict[str, str]:
    """Read requirements.lock: name → version, those of this system only."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    return dict(line.split("==") for line in pins if ";" not in line or sys.platform == "win32")


# ------------------------------------------------------------------------------------------------------ second run
def test_that_a_complete_environment_starts_no_other_process(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("call", "run", "Popen"):
        monkeypatch.setattr(subprocess, name, lambda *words, **more: pytest.fail(f"started {words}"))
    assert dev.prepare() == environment_python(checkout)


def test_that_an_environment_without_its_stamp_is_half_made(checkout: Path) -> None:
    dev.STAMP.unlink()
    assert not dev.is_ready(environment_python(checkout))


@pytest.mark.parametrize("bytes_", [b"", b'{"place": "', b"[]", b"\xff"])
def test_that_a_torn_stamp_is_no_stamp(checkout: Path, bytes_: bytes) -> None:
    dev.STAMP.write_bytes(bytes_)
    assert not dev.is_ready(environment_python(checkout))


def test_that_an_environment_whose_python_is_gone_is_not_used(checkout: Path) -> None:
    environment_python(checkout).unlink()
    assert not dev.is_ready(environment_python(checkout))


def test_that_a_moved_checkout_builds_its_environment_anew(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stamp = dev.read_stamp()
    stamp["place"] = stamp["place"].replace(str(checkout), "/elsewhere")
    dev.STAMP.write_text(json.dumps(stamp), encoding="utf-8")
    assert not dev.is_ready(environment_python(checkout))


def test_that_a_new_lock_makes_an_old_environment_unready(checkout: Path) -> None:
    (checkout / "requirements.lock").write_text("segno==1.6.5\n", encoding="utf-8")
    assert not dev.is_ready(environment_python(checkout))


def test_that_a_rule_of_a_checker_asks_for_no_new_environment(checkout: Path) -> None:
    (checkout / "pyproject.toml").write_text(PROJECT.replace("120", "100"), encoding="utf-8")
    assert dev.is_ready(environment_python(checkout))


def test_that_two_processes_do_not_set_up_at_once(checkout: Path) -> None:
    question = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); import dev; "
        f"guard = open({str(dev.GUARD)!r}, 'a+b'); print(dev.try_to_hold(guard.fileno()))"
    )
    ask = [sys.executable, "-c", question]
    with dev.alone():
        assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip() == "False"
    assert subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip() == "True"


# --------------------------------------------------------------------------------------------------- bare machines
@pytest.fixture
def bare_linux(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Debian that has apt but not the libraries, and a user who may not install them."""
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev, "known_libraries", lambda: "libGL.so.1 libEGL.so.1")
    monkeypatch.setattr(dev, "administrator_prefix", lambda: None)
    monkeypatch.setattr(dev.shutil, "which", lambda name, **more: "/usr/bin/apt-get" if name == "apt-get" else None)
    monkeypatch.setattr(subprocess, "call", lambda *words, **more: 1)


@pytest.mark.usefixtures("bare_linux")
def test_that_a_user_without_rights_reads_the_exact_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        dev.install_system_packages("/usr/bin/python3")
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert "sudo apt-get update && sudo apt-get install -y --no-install-recommends" in said
    assert {"libxcb-cursor0", "libfontconfig1", "fontconfig", "openssl", "python3-venv"} <= set(said.split())
    assert "libgl1" not in said


@pytest.mark.usefixtures("bare_linux")
def test_that_root_installs_what_is_missing_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []

    def note(command: list[str], **more: Any) -> int:
        started.append(command)
        return 1 if "import ensurepip" in command else 0

    monkeypatch.setattr(subprocess, "call", note)
    monkeypatch.setattr(dev, "administrator_prefix", list)
    dev.install_system_packages("/usr/bin/python3")
    install = started[-1]
    assert "install" in install
    assert "libxcb-cursor0" in install
    assert "libgl1" not in install


def test_that_the_tools_of_the_tests_are_asked_for_by_the_tests_alone(
    monkeypatch: pytest.MonkeyPatch, started: list[str], tmp_path: Path
) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name, **more: None)
    monkeypatch.setattr(dev, "LIBRARY_FOLDERS", (str(tmp_path),))
    monkeypatch.setattr(dev, "install_packages", asked.append)
    dev.main(["run"])
    assert asked == []
    dev.main(["test"])
    assert asked == [["libengine-gost-openssl", "gnutls-bin", "age"]]
    (tmp_path / "engines-3").mkdir()
    (tmp_path / "engines-3" / "gost.so").touch()
    assert dev.missing_for_tests() == ["gnutls-bin", "age"]


def test_that_nothing_is_installed_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "call", lambda *words, **more: pytest.fail(f"started {words}"))
    dev.install_packages([])


def test_that_another_python_is_refused_by_its_name(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 12, 1, "final", 0))
    monkeypatch.setattr(sys, "version", "3.12.1 (main)")
    monkeypatch.setattr(dev.shutil, "which", lambda name, **more: None)
    with pytest.raises(SystemExit) as stop:
        dev.find_python()
    assert stop.value.code == 2
    said = capsys.readouterr().err
    assert "needs Python 3.11" in said
    assert "3.12.1" in said


def test_that_an_old_python_can_read_the_script_that_refuses_it() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 8))


# ----------------------------------------------------------------------------------------------------- the commands
@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words of the command that dev.py would start."""
    words: list[str] = []

    def note(command: list[str | Path], **variables: str) -> int:
        words[:] = [str(word) for word in command] + [f"{name}={value}" for name, value in variables.items()]
        return 7

    monkeypatch.setattr(dev, "call", note)
    monkeypatch.setattr(dev, "prepare", lambda: Path("python"))
    return words


def test_that_run_opens_the_demo_school_where_there_is_a_display(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run"]) == 7
    assert started[-2:] == ["shnor_desktop", "--demo"]


def test_that_run_does_the_main_job_in_words_where_there_is_no_display(
    started: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dev, "has_display", lambda: False)
    assert dev.main(["run"]) == 7
    assert started[-2:] == ["shnor_desktop", "main-job"]


def test_that_words_after_run_go_to_the_program(started: list[str]) -> None:
    dev.main(["run", "check", "school.db", "--json"])
    assert started[-3:] == ["check", "school.db", "--json"]


def test_that_words_after_test_go_to_pytest_and_no_window_is_shown(started: list[str]) -> None:
    dev.main(["test", "tests/domain", "-x"])
    assert started[-3:] == ["tests/domain", "-x", "QT_QPA_PLATFORM=offscreen"]


# ---------------------------------------------------------------------------------------------------------- the lock
def test_that_the_lock_names_only_packages_and_versions() -> None:
    pin = re.compile(r'[a-z0-9-]+==[0-9][0-9a-z.]*( ; sys_platform == "win32")?')
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    odd = [line for line in lines if not line.startswith("#") and not pin.fullmatch(line)]
    assert not odd, odd


def test_that_the_lock_holds_every_dependency_at_the_version_of_the_project() -> None:
    project = dev.read_project()["project"]
    asked = [*project["dependencies"], *(line for extra in project["optional-dependencies"].values() for line in extra)]
    pins = locked()
    for line in asked:
        name, version = line.split("==")
        assert pins[dev.normal(name)].split(" ")[0] == version


def test_that_the_environment_is_the_lock() -> None:
    installed = {dev.normal(item.metadata["Name"]): item.version for item in importlib.metadata.distributions()}
    assert {name: installed.get(name) for name in locked()} == {
        name: version.split(" ")[0] for name, version in locked().items()
    }


def test_that_qt_comes_without_the_addons() -> None:
    assert not {"pyside6", "pyside6-addons"} & locked().keys()
