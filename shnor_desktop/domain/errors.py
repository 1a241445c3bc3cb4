"""The two kinds of failure: the world failed (KnownError) or we did (BugError)."""

from __future__ import annotations

from collections.abc import Mapping

Param = str | int


class KnownError(Exception):
    """A failure a user can understand and act on: a disk, a signature, a version, a wrong file.

    `code` is stable English («package.truncated»); the Russian words for it (what happened, what it
    means, what to do) live in `resources/i18n/ru/<area>.toml` and are filled with `params`.
    """

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Param] = params

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in sorted(self.params.items()))
        return f"{self.code}({details})"


class BugError(Exception):
    """A mistake of ours: it is reported and logged, never explained away to the user."""
