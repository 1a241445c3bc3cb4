"""The warnings of a demo school get their reasons, as its director would give them."""

from __future__ import annotations

from shnor_desktop.models.checks import CheckReason
from shnor_desktop.services.check import check
from shnor_desktop.services.demo.drafting import SchoolDraft
from shnor_desktop.services.demo.library import words


def write_reasons(draft: SchoolDraft) -> None:
    """One step with a reason for each warning that the check finds now."""
    reasons = words("texts")["reasons"]
    for line in check(draft.workspace).warnings:
        draft.add(CheckReason, {"finding": line.key, "reason": reasons[line.code]})
    draft.write("пояснены предупреждения проверки", draft.as_of)
