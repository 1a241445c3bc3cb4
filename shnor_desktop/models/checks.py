"""What the school answered to the warnings of the check."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import long_text, text


class CheckReason(Entity):
    """Why a warning of the check is left as it is; it counts as long as the same warning is found."""

    __tablename__ = "check_reason"
    log_name = "check_reason"
    caption = "Пояснение к предупреждению"
    plural = "Пояснения к предупреждениям"
    natural_key = ("finding",)
    title_field = "reason"

    finding: Mapped[str | None] = text("Предупреждение", required=True, max_length=300)
    reason: Mapped[str | None] = long_text(
        "Причина", "Почему так и должно быть; её прочтёт координатор.", required=True, max_length=1000
    )
