"""The active look of the process: tokens, palette, font and style of the one QApplication.

Like `QApplication.palette()`, a look belongs to the process, so widgets ask `look()` for it and need not be handed it.
Here and in the frame of the window the namespace `Qt` is reached as `QtCore.Qt` and only after the first paint: PySide6
builds its enums when the name is first touched, which takes an eighth of the whole start.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from shnor_desktop.ui.theme.fonts import interface_font, load_fonts
from shnor_desktop.ui.theme.tokens import Tokens, load_tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

    from shnor_desktop.ui.theme.icons import IconShapes
    from shnor_desktop.ui.theme.style import QuietStyle

SCALES = (1.0, 1.5, 2.0)
_active: list[Look] = []
_followers: list[Callable[[QWidget], None]] = []


def follow_look(follow: Callable[[QWidget], None]) -> None:
    """Have a function called with every window after a change of theme or scale."""
    _followers.append(follow)


class Look(QObject):
    """Applies a theme and a text scale to the application and changes both while it runs.

    The colours and the font are there at once; `complete()` follows the first paint (MainWindow.set_pages calls it).
    """

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, theme: str = "light", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._themes = resources / "themes"
        self._icons = resources / "icons"
        self._shapes: IconShapes | None = None
        self._scale = scale
        self.tokens: Tokens = load_tokens(self._themes / f"{theme}.toml")
        self._fonts = resources / "fonts"
        self._has_print_face = False
        self._style: QuietStyle | None = None
        load_fonts(self._fonts, "GolosText-Regular")
        app.setStyle("Fusion")
        _active[:] = [self]
        self._apply()

    def complete(self) -> None:
        """Load what the empty frame of the start does without: our style of controls and the bolder fonts."""
        if self._style is not None:
            return
        from shnor_desktop.ui.theme.style import QuietStyle  # after first paint: its enums of Qt take their time

        load_fonts(self._fonts, "GolosText-Medium")
        load_fonts(self._fonts, "GolosText-Bold")
        self._style = QuietStyle(self.tokens)
        self._app.setStyle(self._style)
        self._apply()

    def load_print_face(self) -> None:
        """Load the serif of printed pages; a page that shows text as it is printed asks for it first."""
        if not self._has_print_face:
            self._has_print_face = True
            load_fonts(self._fonts, "PTSerif")

    @property
    def scale(self) -> float:
        """Size of the text against the base of 10.5 pt."""
        return self._scale

    @property
    def theme(self) -> str:
        """Name of the theme: light or dark."""
        return self.tokens.name

    def set_theme(self, theme: str) -> None:
        """Change the colours of everything that is shown."""
        self.tokens = load_tokens(self._themes / f"{theme}.toml")
        if self._style is not None:
            self._style.tokens = self.tokens
        self._apply()

    def set_scale(self, scale: float) -> None:
        """Change the size of the text, and with it of everything else."""
        self._scale = scale
        self._apply()

    def colour(self, token: str) -> QColor:
        """A colour of the active theme by its meaning."""
        return QColor(self.tokens.colour(token))

    def font(self) -> QFont:
        """The base font at the present scale."""
        return interface_font(self._scale)

    def icon(self, name: str, token: str = "text") -> QIcon:
        """A Lucide icon in a colour of the theme; empty while its file is missing."""
        from PySide6.QtGui import QIcon  # not needed for the first paint, as the rest of drawing icons

        from shnor_desktop.ui.theme.icons import IconShapes, ThemedIcon

        if self._shapes is None:
            self._shapes = IconShapes(self._icons)
        return QIcon(ThemedIcon(self._shapes, name, token, lambda wanted: self.tokens.colour(wanted)))

    def _apply(self) -> None:
        if self._style is not None:
            self._style.radius = 4 * self._scale
        self._app.setFont(self.font())
        self._app.setPalette(palette_of(self.tokens))
        for window in self._app.topLevelWidgets():
            for follow in _followers:
                follow(window)
            QWidget.update(window)
        self.changed.emit()


def look() -> Look:
    """The look of the running application; LookupError before one is applied."""
    if not _active:
        raise LookupError("no Look has been applied to the application")
    return _active[0]


def palette_of(tokens: Tokens) -> QPalette:
    """The palette of a theme for the Fusion style."""
    role = QPalette.ColorRole
    palette = QPalette()
    roles = {
        role.Window: "surface",
        role.WindowText: "text",
        role.Base: "surface_raised",
        role.AlternateBase: "surface",
        role.Text: "text",
        role.Button: "surface_raised",
        role.ButtonText: "text",
        role.BrightText: "high",
        role.Highlight: "accent_soft",
        role.HighlightedText: "text",
        role.PlaceholderText: "text_muted",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "surface_raised",
        role.ToolTipText: "text",
        role.Light: "surface_raised",
        role.Midlight: "surface_sunken",
        role.Mid: "border",
        role.Dark: "border_strong",
        role.Shadow: "border_strong",
        role.Accent: "accent",
    }
    for one, token in roles.items():
        palette.setColor(one, QColor(tokens.colour(token)))
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.colour("text_muted")))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(tokens.colour("surface")))
    return palette


def theme_of_system(app: QApplication) -> str:
    """The theme that the system asks for: light or dark."""
    scheme = app.styleHints().colorScheme()
    return "dark" if scheme == QtCore.Qt.ColorScheme.Dark else "light"
