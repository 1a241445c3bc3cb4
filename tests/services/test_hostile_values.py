"""Values that no field can hold, signed by a trusted school: the centre takes them in, shows its pages, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from shnor_desktop.domain.canonical import MAX_TEXT, WireValue
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import DELETED
from shnor_desktop.models.fields import FieldKind
from shnor_desktop.models.programme import Goal, Programme
from shnor_desktop.models.registry import entities
from shnor_desktop.models.school import School
from shnor_desktop.services import centre, records
from shnor_desktop.services.check import check_facts
from shnor_desktop.services.document_kinds import info_of
from shnor_desktop.services.documents import DocumentKind, document_bytes
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.history import history_steps
from shnor_desktop.services.journal import journal
from shnor_desktop.services.results import sheet_detail, sheets
from shnor_desktop.services.review import review
from shnor_desktop.services.store_check import is_sound_seal
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.check import check_store
from tests.services.exchange_desks import Desks, desks, without_check
from tests.services.hostile_school import Liar, Said, judged, refusal

__all__ = ["desks", "without_check"]

TEXTS = ("", " ", "\x00\x1b[2J", "<b>x</b><img src='file:///etc/passwd'>", "=1+1", "{0}{name}%s", "9" * 300, "𝔘\u202eя")
NUMBERS = (-1, 0, 2**63 - 1, -(2**63) + 1, "1e999999999", "NaN", "-0", "9" * 41, "0." + "0" * 30 + "1", "18.2")
DAYS = ("2024-02-30", "0001-01-01", "9999-12-31", "20240101", "2024-W01-1", "вчера", "2100-12-31")
LISTS: tuple[list[str], ...] = ([], ["math", "math"], ["y" * 201], ["a"] * 500)
VALUES: tuple[WireValue, ...] = (None, True, False, *TEXTS, *NUMBERS, *DAYS, *LISTS)


def everywhere(school: str, value_at: Callable[[int], WireValue]) -> Iterator[Said]:
    """A value in every field of a row of every entity."""
    places = ((info, name) for info in entities().values() for name in info.fields)
    for at, (info, name) in enumerate(places):
        yield info.log_name, school if info.is_root else f"{info.log_name}-1", name, value_at(at)


def whole_rows(school: str) -> Iterator[Said]:
    """The same with references that lead to each other's rows, so that everything hangs together."""
    for info in entities().values():
        for field in info.fields.values():
            if field.kind is FieldKind.REFERENCE:
                row = school if info.is_root else f"{info.log_name}-1"
                yield info.log_name, row, field.name, f"{field.target}-1"


PAGES: dict[str, Callable[[Workspace, str], object]] = {
    "schools": lambda desk, _: centre.schools(desk),
    "review": review,
    "remarks": centre.remarks,
    "history": lambda desk, school: history_steps(desk, school=school),
    "journal": journal,
    "check": lambda desk, school: check_facts(desk, read_facts(desk, school), school),
    "results": lambda desk, school: [sheet_detail(desk, one.id, school) for one in sheets(desk, school)],
    "rows": lambda desk, school: [records.rows(desk, info.cls, school) for info in entities().values()],
}


def test_that_no_value_in_any_field_keeps_the_centre_from_its_pages(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    for shift in range(5):
        said = everywhere(liar.school, lambda at, shift=shift: VALUES[(7 * at + shift) % len(VALUES)])
        batch = liar.says(*said)
        assert judged(desks, liar.package([batch])).code.is_fine
        for page in PAGES.values():
            page(desks.centre, liar.school)
    assert check_store(desks.centre.store, verify_seal=is_sound_seal).findings == ()


@pytest.mark.parametrize(("text", "is_long"), [("<img src='file:///etc/passwd'>\x00{0}", False), ("я" * 600, True)])
def test_that_a_document_of_odd_values_is_printed_or_refused_in_words(desks: Desks, text: str, is_long: bool) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    liar.says(*everywhere(liar.school, lambda _: text))
    liar.says(*whole_rows(liar.school))
    assert judged(desks, liar.package()).code.is_fine
    refused = [code for kind in DocumentKind if (code := printing_refused(desks.centre, kind, liar.school))]
    assert set(refused) <= ({"programme.version_absent", *(("report.not_laid_out",) if is_long else ())})


def printing_refused(desk: Workspace, kind: DocumentKind, school: str) -> str:
    """Print a document in every format; the code of the refusal, empty for a document that was made."""
    try:
        for form in reversed(info_of(kind).formats):
            document_bytes(desk, kind, school, form)
    except KnownError as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("field", "said", "shown"),
    [
        ("pupils", True, None),
        ("pupils", "120", None),
        ("pupils", 10**12, None),
        ("pupils", 120, 120),
        ("distance_km", "1e999999999", None),
        ("distance_km", "9" * 13, None),
        ("pupils_as_of", "2024-02-30", None),
        ("pupils_as_of", "20240301", None),
        ("pupils_as_of", "2024-03-01", "2024-03-01"),
        ("is_small", 1, None),
        ("kind", "unheard-of", "unheard-of"),
        ("kind", "x" * 201, None),
        ("founder", ["a"], None),
        ("founder", "Адми\x00нистрация\x1b", "Администрация"),
        ("founder", "я" * 5000, "я" * 3999 + "…"),
        ("history", "я" * 50_000, "я" * 39_999 + "…"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_that_a_field_shows_only_what_it_can_hold(
    hostile_passport: Callable[[str, WireValue], object], field: str, said: WireValue, shown: object
) -> None:
    assert hostile_passport(field, said) == shown


@pytest.fixture
def hostile_passport(desks: Desks) -> Callable[[str, WireValue], object]:
    """Writes a field of the passport by the school's hand and reads it at the centre."""
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)

    def written(field: str, value: WireValue) -> object:
        liar.says(("school", liar.school, field, value))
        assert judged(desks, liar.package()).code.is_fine
        card = records.row(desks.centre, School, liar.school, liar.school)
        assert card is not None
        return getattr(card, field)

    return written


def test_that_a_value_beyond_every_bound_is_refused(desks: Desks) -> None:
    desks.meet()
    for value in ("x" * (MAX_TEXT + 1), ["x"] * 1001, ["x" * (MAX_TEXT + 1)]):
        liar = Liar.of(desks.school, desks.flash)
        liar.says(("school", liar.school, "history", value))
        assert refusal(desks, liar.package()) == ("damaged", "package.contents_malformed")
    liar = Liar.of(desks.school, desks.flash)
    liar.says(("school", liar.school, "history", "x" * MAX_TEXT))
    assert judged(desks, liar.package()).code.is_fine


def test_that_references_to_nothing_to_others_and_in_rings_hide_nothing(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    said: list[Said] = [("goal", f"g{at}", "title", "Цель") for at in range(3)]
    said += [("goal", f"g{at}", "goal", f"g{(at + 1) % 3}") for at in range(3)]
    said += [("goal", "g0", "programme", "nobody"), ("goal", "g1", "programme", desks.centre.store_id)]
    said += [("development_deficit", "d", "plan", "g0"), ("development_deficit", "d", "description", "Дефицит")]
    liar.says(*said)
    assert judged(desks, liar.package()).code.is_fine
    assert {row.id for row in records.rows(desks.centre, Goal, liar.school)} == {"g0", "g1", "g2"}
    assert check_store(desks.centre.store).findings == ()


def test_that_a_school_that_deletes_itself_is_still_listed(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    with desks.school.reading() as reader:
        known = sorted(line.ref for line in reader.history(liar.school, "school", liar.school))
    liar.says(("school", liar.school, DELETED, True), replaces=known)
    assert judged(desks, liar.package()).code.is_fine
    assert [line.id for line in centre.schools(desks.centre)] == [liar.school]
    for page in PAGES.values():
        page(desks.centre, liar.school)


def test_that_fields_of_a_later_schema_wait_in_the_log(desks: Desks) -> None:
    desks.meet()
    liar = Liar.of(desks.school, desks.flash)
    liar.says(("school", liar.school, "motto", "Вперёд"), ("robot", "r1", "name", "Первый"), schema=7)
    liar.says(("programme", "p", "title", "Программа"), schema=MAX_TEXT)
    assert judged(desks, liar.package()).code.is_fine
    assert [row.title for row in records.rows(desks.centre, Programme, liar.school)] == ["Программа"]
    with desks.centre.reading() as reader:
        assert reader.batch_count(liar.school) >= 3
    history_steps(desks.centre, school=liar.school)
