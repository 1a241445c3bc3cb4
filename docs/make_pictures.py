"""Draw the pictures of the README anew: `python docs/make_pictures.py`, run by the project's own Python.

The pages come from `shnor screens`; each picture is reduced to a palette, so that it stays under 150 kB.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

PICTURES = Path(__file__).parent / "pictures"
SHOWN = {
    "today": "school-*-today",
    "map": "school-*-map",
    "programme": "school-*-programme",
    "roadmap": "school-*-roadmap",
    "management": "school-*-quality",
    "schools": "centre-*-schools",
}
COLOURS = 64
LARGEST = 150_000


def main() -> int:
    """0 when every picture is there and small enough."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "shnor_desktop", "screens", folder], check=True)
        PICTURES.mkdir(exist_ok=True)
        for name, page in SHOWN.items():
            target = PICTURES / f"{name}.png"
            (drawn,) = Path(folder).glob(f"{page}.png")
            with Image.open(drawn) as picture:
                picture.convert("RGB").quantize(COLOURS).save(target, optimize=True)
            print(f"{target.name}: {picture.size[0]} × {picture.size[1]}, {target.stat().st_size} bytes")
    return 0 if all((PICTURES / f"{name}.png").stat().st_size < LARGEST for name in SHOWN) else 1


if __name__ == "__main__":
    sys.exit(main())
