"""What the program remembers of this user between starts: the last store, the theme, the size of the text.

Format 1: {"store": path, "theme": "light" | "dark" | "", "scale": "1.0"}; a store in the folder of the user is named
from there. Unknown and damaged parts are left out.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from shnor_desktop.system.paths import data_folder


@dataclass(frozen=True, slots=True)
class Settings:
    """Empty parts mean: as the system says."""

    store: str = ""
    theme: str = ""
    scale: str = ""

    @property
    def text_scale(self) -> float:
        """The size of the text, 1.0 to 2.0."""
        try:
            return min(2.0, max(1.0, float(self.scale or "1.0")))
        except ValueError:
            return 1.0


def settings_file() -> Path:
    """Where the settings lie."""
    return data_folder() / "settings.json"


def load_settings() -> Settings:
    """The settings, as far as they can be read: a damaged file is no reason not to start."""
    try:
        found = json.loads(settings_file().read_text("utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(found, dict):
        return Settings()
    names = {field.name for field in fields(Settings)}
    settings = Settings(**{name: value for name, value in found.items() if name in names and isinstance(value, str)})
    if settings.store and not Path(settings.store).is_absolute():
        return replace(settings, store=str(data_folder() / settings.store))
    return settings


def save_settings(settings: Settings) -> None:
    """Write the settings beside and rename; a disk that refuses is no reason to trouble anybody."""
    path = settings_file()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(".new")
        beside.write_text(json.dumps(asdict(_without_home(settings)), ensure_ascii=False, indent=1), "utf-8")
        beside.replace(path)


def _without_home(settings: Settings) -> Settings:
    """A store in the folder of the user is kept by its place there: the path before it holds the user's name."""
    store = Path(settings.store)
    if settings.store and store.is_relative_to(data_folder()):
        return replace(settings, store=store.relative_to(data_folder()).as_posix())
    return settings
