"""«Что уходит» as lines of a preview: rows by entity, files, what stays; who can read it, and what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QCheckBox, QWidget

from shnor_desktop.domain.russian import plural
from shnor_desktop.services.attachments import size_words
from shnor_desktop.services.leaving import Leaving
from shnor_desktop.ui.dialogs import PreviewDialog, PreviewLine
from shnor_desktop.ui.theme import TextStyle, Tone
from shnor_desktop.ui.widgets.labels import SignText, label

_STAYS = "остаётся в школе: из пакета видно только, что запись есть"
_LEAN_STAYS = "остаётся в школе до обычного пакета"
_CLOSED = "Пакет зашифрован. Прочесть его смогут только: {readers} и ваша школа."
_OPEN_ON_WISH = "Пакет не зашифрован: его прочтёт каждый, к кому попадёт файл."
_NO_KEY = (
    "Ключ центра ещё не известен: пакет можно прочесть по дороге. "
    "Ключ придёт с приглашением или с первым ответом центра, дальше пакеты шифруются сами."
)


@dataclass(frozen=True, slots=True)
class LeavingChoice:
    """How the package is to be made."""

    plain: bool = False
    impersonal: bool = False
    full: bool = False


ORDINARY = LeavingChoice()


class LeavingDialog(PreviewDialog):
    """What the next package carries, who can read it, and the two things that can be chosen about it."""

    def __init__(self, leaving: Leaving, is_ready: bool, parent: QWidget) -> None:
        self._leaving = leaving
        self._is_ready = is_ready
        purpose = f"Получатель: {leaving.receiver}. Уходит только то, чего у него ещё нет."
        lines = leaving_lines(leaving)
        super().__init__("Что уходит", purpose, lines, "Заверить и сохранить", "Вернуться", parent)
        self.readers = SignText(self)
        self.impersonal = QCheckBox("Без персональных данных", self)
        self.plain = QCheckBox("Без шифрования", self)
        self.full = QCheckBox("Всё заново", self)
        self.choices.addWidget(self.readers)
        self._add(
            self.impersonal,
            "Уйдут числа, даты и отметки. Имена, набранные тексты, файлы и таблицы результатов останутся в школе "
            "и уйдут со следующим обычным пакетом.",
        )
        self._add(
            self.full,
            "Уйдёт всё, что есть в школе, а не только новое: если центр потерял данные или методист и второй компьютер "
            "чего-то не видят.",
        )
        if leaving.is_encrypted:
            self._add(self.plain, "Только если получатель не может открыть зашифрованный пакет.")
        self.plain.setVisible(leaving.is_encrypted)
        self.impersonal.toggled.connect(lambda _: self._show())
        self.plain.toggled.connect(lambda _: self._show())
        self._show()

    @property
    def choice(self) -> LeavingChoice:
        """What was chosen."""
        return LeavingChoice(self.plain.isChecked(), self.impersonal.isChecked(), self.full.isChecked())

    def _add(self, box: QCheckBox, hint: str) -> None:
        box.setAccessibleDescription(hint)
        self.choices.addWidget(box)
        self.choices.addWidget(label(hint, TextStyle.SMALL, Tone.MUTED))

    def _show(self) -> None:
        lean = self._leaving.impersonal if self.impersonal.isChecked() else None
        self.set_lines(leaving_lines(lean or self._leaving, _LEAN_STAYS if lean else _STAYS))
        self.do_button.setEnabled(self._is_ready and not (lean or self._leaving).is_too_large)
        if self._leaving.is_encrypted and not self.plain.isChecked():
            self.readers.set_words(_CLOSED.format(readers=", ".join(self._leaving.readers)), "lock", Tone.LOW)
        else:
            words = _OPEN_ON_WISH if self._leaving.is_encrypted else _NO_KEY
            self.readers.set_words(words, "circle-alert", Tone.MEDIUM)


def leaving_lines(leaving: Leaving, stays: str = _STAYS) -> list[PreviewLine]:
    """One line an entity; then the files and datasets, then the rows whose contents do not leave."""
    lines = [
        PreviewLine(line.caption, str(line.rows), "есть персональные данные" if line.has_personal else "")
        for line in leaving.lines
    ]
    if leaving.files:
        note = ", ".join(leaving.file_names) + (" и другие" if leaving.files > len(leaving.file_names) > 0 else "")
        warning = "в пакет столько не поместится: уберите самые большие файлы" if leaving.is_too_large else note
        words = f"{files_words(leaving.files)}, {size_words(leaving.file_bytes)}"
        lines.append(PreviewLine("Приложенные файлы и таблицы результатов", words, warning))
    lines.extend(PreviewLine(line.caption, str(line.rows), stays) for line in leaving.kept)
    return lines


def files_words(number: int) -> str:
    """«2 файла»."""
    return plural(number, "файл", "файла", "файлов")
