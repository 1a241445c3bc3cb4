"""The active look of the process: tokens, palette, font and style of the one QApplication.

Like `QApplication.palette()`, a look belongs to the process, so widgets ask `look()` for it and need not be handed it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from shnor_desktop.ui.theme.fonts import interface_font, load_fonts
from shnor_desktop.ui.theme.icons import IconShapes, ThemedIcon
from shnor_desktop.ui.theme.style import QuietStyle
from shnor_desktop.ui.theme.tokens import Tokens, load_tokens

SCALES = (1.0, 1.5, 2.0)
_active: list[Look] = []


class Look(QObject):
    """Applies a theme and a text scale to the application and changes both while it runs."""

    changed = Signal()

    def __init__(self, app: QApplication, resources: Path, theme: str = "light", scale: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._themes = resources / "themes"
        self._shapes = IconShapes(resources / "icons")
        self._scale = scale
        self.tokens: Tokens = load_tokens(self._themes / f"{theme}.toml")
        load_fonts(resources / "fonts", "Golos")
        self._style = QuietStyle(self.tokens)
        app.setStyle(self._style)
        _active[:] = [self]
        self._apply()

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
        return QIcon(ThemedIcon(self._shapes, name, token, lambda wanted: self.tokens.colour(wanted)))

    def _apply(self) -> None:
        from shnor_desktop.ui.theme.sizing import reapply  # sizing asks this module for the active look

        self._app.setFont(self.font())
        self._app.setPalette(palette_of(self.tokens))
        for window in self._app.topLevelWidgets():
            reapply(window)
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
        role.Window: tokens.surface,
        role.WindowText: tokens.text,
        role.Base: tokens.surface_raised,
        role.AlternateBase: tokens.surface,
        role.Text: tokens.text,
        role.Button: tokens.surface_raised,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.high,
        role.Highlight: tokens.accent_soft,
        role.HighlightedText: tokens.text,
        role.PlaceholderText: tokens.text_muted,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
        role.ToolTipBase: tokens.surface_raised,
        role.ToolTipText: tokens.text,
        role.Light: tokens.surface_raised,
        role.Midlight: tokens.surface_sunken,
        role.Mid: tokens.border,
        role.Dark: tokens.border_strong,
        role.Shadow: tokens.border_strong,
        role.Accent: tokens.accent,
    }
    for one, colour in roles.items():
        palette.setColor(one, QColor(colour))
    for one in (role.WindowText, role.Text, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, one, QColor(tokens.text_muted))
    palette.setColor(QPalette.ColorGroup.Disabled, role.Base, QColor(tokens.surface))
    return palette


def theme_of_system(app: QApplication) -> str:
    """The theme that the system asks for: light or dark."""
    scheme = app.styleHints().colorScheme()
    return "dark" if scheme == Qt.ColorScheme.Dark else "light"
