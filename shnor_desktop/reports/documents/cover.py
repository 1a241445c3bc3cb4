"""The cover sheet of a package: a page that anyone can read, sign, and check without this program."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from shnor_desktop.domain.russian import NBSP, date_time, number
from shnor_desktop.reports.content import (
    Align,
    Block,
    Code,
    Column,
    Document,
    Heading,
    KeyValueTable,
    Note,
    Paragraph,
    QrCode,
    Row,
    Run,
    SignatureLine,
    Table,
    Typeface,
)
from shnor_desktop.reports.documents.requisites import BLANK_DAY, stated


@dataclass(frozen=True, slots=True)
class CountFacts:
    """How many records of a kind the package holds."""

    caption: str
    count: int


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What the cover sheet says. `made_at` is aware and printed in its own zone.

    `fingerprint` is the key's fingerprint as people read it, in groups of digits. `check_commands` replace the usual
    openssl lines. `square_code` is the payload of the code, none where it is empty.
    """

    kind: str
    sequence: int
    file_name: str
    sender: str
    receiver: str
    made_at: datetime
    methodology: str
    counts: tuple[CountFacts, ...]
    fingerprint: str
    sender_code: str = ""
    previous: str = ""
    holds_personal_data: bool = False
    check_commands: tuple[str, ...] = ()
    square_code: str = ""
    note: str = ""


_MANIFEST = "META-INF/ASiCManifest001.xml"
_SIGNATURE = "META-INF/signature001.p7s"
_GROUPS_IN_A_LINE = 4


def openssl_check(file_name: str) -> tuple[str, ...]:
    """The lines that check a package with unzip and OpenSSL alone."""
    return (
        f"unzip -d paket '{file_name}' && cd paket",
        f"openssl pkcs7 -inform DER -in {_SIGNATURE} -print_certs -out signer.pem",
        f"openssl cms -verify -cades -binary -inform DER -in {_SIGNATURE} -content {_MANIFEST} "
        "-CAfile signer.pem -purpose any -out /dev/null",
    )


def cover_sheet(facts: CoverFacts) -> Document:
    """One page in most cases; the place for the centre's mark is kept at the end."""
    title = f"Сопроводительный лист к пакету №{NBSP}{number(facts.sequence)}"
    blocks: list[Block] = [Heading(title, 0), _requisites(facts), Heading("Что в пакете", 2), _counts(facts)]
    blocks.append(Note(_personal_data(facts.holds_personal_data)))
    if facts.note:
        blocks.append(Paragraph(facts.note, Align.LEFT, first_line_indent=False))
    blocks += _assurance(facts)
    blocks += _centre_mark()
    return Document(title, tuple(blocks), Typeface.SANS, footer=facts.file_name)


def _requisites(facts: CoverFacts) -> KeyValueTable:
    sender = f"{facts.sender}\nкод {facts.sender_code}" if facts.sender_code else facts.sender
    return KeyValueTable(
        (
            ("Отправитель", sender),
            ("Получатель", stated(facts.receiver)),
            ("Вид пакета", facts.kind),
            ("Составлен", date_time(facts.made_at)),
            ("Предыдущий пакет", facts.previous or "нет, этот пакет первый"),
            ("Методика", stated(facts.methodology)),
            ("Файл", facts.file_name),
        ),
        key_width=28,
    )


def _counts(facts: CoverFacts) -> Table:
    columns = (Column("Сведения", 70), Column("Записей", 20, Align.RIGHT))
    rows = tuple(Row((line.caption, number(line.count))) for line in facts.counts)
    return Table(columns, rows, empty="В пакете нет новых сведений.")


def _personal_data(is_held: bool) -> str:
    if is_held:
        return "В пакете есть персональные данные работников. Передавайте файл только получателю, названному выше."
    return "Персональных данных в пакете нет."


def _assurance(facts: CoverFacts) -> list[Block]:
    groups = facts.fingerprint.split()
    lines = [NBSP.join(groups[at : at + _GROUPS_IN_A_LINE]) for at in range(0, len(groups), _GROUPS_IN_A_LINE)]
    digits = (
        Run("\n".join(lines), bold=True),
        Run(
            "\n\nОтпечаток ключа отправителя. При первом пакете сравните цифры по телефону: "
            "они должны совпасть с теми, что показывает программа школы."
        ),
    )
    assurance: Block
    if facts.square_code:
        assurance = QrCode(facts.square_code, digits, size_mm=24)
    else:
        assurance = Paragraph(digits, Align.LEFT, first_line_indent=False)
    return [
        Heading("Чем заверен", 2),
        assurance,
        Heading("Как проверить без программы", 2),
        Code("\n".join(facts.check_commands or openssl_check(facts.file_name))),
        Note(
            "Последняя команда отвечает «CMS Verification successful», если подпись верна. "
            f"Затем сравните SHA-256 каждого файла с перечнем {_MANIFEST}."
        ),
    ]


def _centre_mark() -> list[Block]:
    return [
        Heading("Отметка центра", 2),
        Paragraph(
            "Пакет (нужное подчеркнуть): принят, принят с замечаниями, возвращён на доработку.",
            Align.LEFT,
            first_line_indent=False,
        ),
        SignatureLine("Принял (должность) ______________", "", BLANK_DAY),
    ]
