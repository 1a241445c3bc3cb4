"""What is loaded before the first paint."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROBE = """
import json, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
app = QApplication([])
from shnor_desktop.ui.theme import Look
from shnor_desktop.ui.shell import MainWindow
Look(app, Path("resources"))
window = MainWindow()
window.show()
window.grab()
names = [name if name.startswith("shnor") else name.split(".")[0] for name in sys.modules]
names += ["enums of Qt"] * ("Qt" in vars(sys.modules["PySide6.QtCore"]))
print(json.dumps(sorted(set(names))))
"""
HEAVY = {
    "sqlalchemy",
    "alembic",
    "pandas",
    "numpy",
    "openpyxl",
    "reportlab",
    "docx",
    "cryptography",
    "msgspec",
    "tomlkit",
}


def test_that_the_frame_is_painted_without_data_or_libraries_of_data() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env={"QT_QPA_PLATFORM": "offscreen"},
    )
    loaded = set(json.loads(done.stdout))
    assert loaded & HEAVY == set()
    assert {name for name in loaded if name.startswith(("shnor_desktop.models", "shnor_desktop.services"))} == set()
    assert loaded & {"shnor_desktop.ui.forms", "shnor_desktop.ui.theme.style", "enums of Qt"} == set()


def test_that_void_calls_to_qt_leave_none_its_references() -> None:
    probe = (
        "import sys\nfrom PySide6.QtWidgets import QApplication, QLabel\napp = QApplication([])\nlabel = QLabel()\n"
        "before = sys.getrefcount(None)\nfor at in range(300): label.setText('x')\n"
        "print(sys.getrefcount(None) - before)"
    )
    done = subprocess.run(
        [sys.executable, "-c", probe], capture_output=True, text=True, check=True, env={"QT_QPA_PLATFORM": "offscreen"}
    )
    assert int(done.stdout) >= -10
