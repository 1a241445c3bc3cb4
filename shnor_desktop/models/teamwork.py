"""Parts of the work that colleagues take home as a file and bring back."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import choice, choices, date, text

PARTS = (
    ("staff", "Кадры"),
    ("results", "Результаты"),
    ("map", "ДТК"),
    ("programme", "Программа"),
    ("roadmap", "Дорожная карта"),
    ("partners", "Партнёры"),
    ("development", "Педагоги"),
    ("pupils", "Ученики и родители"),
    ("quality", "Управление"),
    ("monitoring", "Мониторинг"),
)
DELEGATION_STATES = (("given", "на руках"), ("returned", "вернулась"), ("recalled", "отозвана"))


class Delegation(Entity):
    """What a colleague may fill in on another computer. The row goes along with the part and to nobody else."""

    __tablename__ = "delegation"
    log_name = "delegation"
    caption = "Часть работы"
    plural = "Части у коллег"
    title_field = "colleague"
    stays = True

    colleague: Mapped[str | None] = text("Кому", personal=True, required=True, max_length=200)
    parts: Mapped[list[str] | None] = choices("Что может заполнять", PARTS, required=True)
    given_on: Mapped[str | None] = date("Выдана", required=True)
    wanted_by: Mapped[str | None] = date("Вернуть до")
    fingerprint: Mapped[str | None] = text("Ключ коллеги", max_length=80)
    state: Mapped[str | None] = choice("Состояние", DELEGATION_STATES, required=True)
    returned_on: Mapped[str | None] = date("Вернулась")
