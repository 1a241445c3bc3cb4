"""Files that prove something: a scan of an agreement, a page of a protocol, a photo of a stand."""

from __future__ import annotations

from sqlalchemy.orm import Mapped

from shnor_desktop.models.base import Entity
from shnor_desktop.models.fields import date, integer, text


def attachment_row(owner_entity: str, row: str) -> str:
    """The id of a file's row: it begins with the entity that the file belongs to, so that who may write it, and
    whether it may leave the school, is known from the id alone."""
    return f"{owner_entity}.{row}"


def owner_of(attachment: str) -> str:
    """The entity that a file belongs to, by the id of its row; empty for an id of another form."""
    return attachment.rpartition(".")[0]


class Attachment(Entity):
    """One file of a row of any entity; its bytes lie beside the log under their SHA-256 and travel with the package."""

    __tablename__ = "attachment"
    log_name = "attachment"
    caption = "Файл"
    plural = "Файлы"
    title_field = "file_name"

    owner_entity: Mapped[str | None] = text("К чему относится", required=True, max_length=60)
    owner_row: Mapped[str | None] = text("Строка", required=True, max_length=80)
    owner_field: Mapped[str | None] = text("Поле", max_length=80)
    file_name: Mapped[str | None] = text("Имя файла", required=True, personal=True, max_length=200)
    note: Mapped[str | None] = text("Что это", personal=True, max_length=300)
    media_type: Mapped[str | None] = text("Вид файла", max_length=100)
    size: Mapped[int | None] = integer("Размер", unit="байт")
    added_on: Mapped[str | None] = date("Добавлен")
    digest: Mapped[str | None] = text("Отпечаток", required=True, personal=True, max_length=64)
