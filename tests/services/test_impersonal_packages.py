"""«Без персональных данных»: canaries in every field that can name a person, searched in every byte of a package."""

from __future__ import annotations

import gzip
import io
import re
import subprocess
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.log import ChangeKey, Set
from shnor_desktop.domain.roles import WriterRole
from shnor_desktop.importers.f1_writer import write_f1
from shnor_desktop.models import impersonal
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.identity import new_row_id
from shnor_desktop.models.registry import EntityInfo, entities
from shnor_desktop.models.results import ResultSheet
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import attachments, centre, packages, records, results
from shnor_desktop.services.arrivals import VerdictCode, import_package
from shnor_desktop.services.attachments import Owner
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.history import history_steps
from shnor_desktop.services.opening_files import open_file
from shnor_desktop.services.store_check import check_store_file
from shnor_desktop.services.workspace import Workspace
from tests.importers.sample_workbooks import workbook
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check

__all__ = ["desks", "without_check"]

SIGN = "kanarejka"
_TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)
_PLACES = {name for name in impersonal.ALLOWED if name[1] in ("short_name", "municipality", "locality")}


@dataclass(slots=True)
class Canaries:
    """Each planted once; `named` says where."""

    named: dict[str, str] = field(default_factory=dict)

    def new(self, place: str, form: str = "Канарейкина {} Инна") -> str:
        sign = f"{SIGN}{len(self.named):04}"
        self.named[sign] = place
        return form.format(sign)

    def found(self, text: bytes) -> set[str]:
        return {one.decode() for one in re.findall(rb"kanarejka\d{4}", text)}


def typed(info: EntityInfo, one: FieldInfo, canaries: Canaries) -> str | list[str] | None:
    """A canary that a person could type, or carry in, into a field; None where it can hold no word."""
    place = f"{info.log_name}.{one.name}"
    if (info.log_name, one.name) in _PLACES or place == "school.code":
        return None
    if one.is_code:
        return canaries.new(place, "{}")
    if one.kind in _TEXTS or one.kind is FieldKind.CHOICE:
        return canaries.new(place)
    if one.kind is FieldKind.CHOICES:
        return [canaries.new(place)]
    return canaries.new(place, "{}") if one.kind is FieldKind.REFERENCE and one.personal else None


def write_rows(desk: Workspace, school: str, canaries: Canaries) -> None:
    """One row of every entity, with a canary in each field that this desk may write."""
    for info in entities().values():
        fields = [one for one in info.fields.values() if desk.role in one.writers]
        if info.log_name == Attachment.log_name or (desk.role is not WriterRole.SCHOOL and set(fields) == set()):
            continue
        row = school if info.is_root else new_row_id(desk.clock.now())
        planted = [(one.name, typed(info, one, canaries)) for one in fields]
        requests = [Set(info.log_name, row, name, value) for name, value in planted if value is not None]
        if requests:
            desk.write(requests, f"добавлено: {info.caption}", school)


def plant(desks: Desks, folder: Path) -> Canaries:
    """Rows with canaries, a file, a workbook of results, at the school; what a centre writes comes with a receipt."""
    canaries, school = Canaries(), desks.school
    write_rows(school, school.school, canaries)
    teacher = add_teacher(school, canaries.new("name of a teacher"))
    owner = Owner(StaffMember.log_name, teacher)
    scan = b"%PDF-1.7 " + canaries.new("bytes of a file").encode() + b"\n%%EOF\n"
    name, note = canaries.new("name of a file"), canaries.new("note of a file")
    attachments.add_bytes(school, owner, f"{name}.pdf", scan, note=note)
    path = folder / f"{canaries.new('name of a workbook')}.xlsx"
    write_f1(path, workbook(24))
    results.import_workbook(school, path)
    if centre.schools(desks.centre):
        write_rows(desks.centre, school.school, canaries)
        assert answer(desks).is_fine
    return canaries


def every_byte(file: Path, desks: Desks) -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of a package: as it lies there, its members raw and unpacked, the words of a PDF, the names."""
    yield "name", file.name.encode()
    yield "file", file.read_bytes()
    container = open_file(file, desks.school).container
    yield "signer", container.signer.der
    for name in container.names:
        data = container.read(name)
        yield f"name of {name}", name.encode()
        yield name, data
        if name.endswith(".gz"):
            yield f"{name} unpacked", gzip.decompress(data)
        if data.startswith(b"%PDF"):
            yield from pdf_words(name, data)
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as inner:
                for one in inner.namelist():
                    yield f"{name}/{one}", one.encode() + inner.read(one)


def pdf_words(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    for at, stream in enumerate(re.findall(rb"stream\r?\n(.*?)endstream", data, re.DOTALL)):
        try:
            yield f"{name} stream {at}", zlib.decompress(stream)
        except zlib.error:
            yield f"{name} stream {at}", stream
    said = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=False).stdout
    assert said.strip() or name != "cover.pdf"
    yield f"{name} text", said


def hits(file: Path, desks: Desks, canaries: Canaries) -> dict[str, list[str]]:
    """{where: canaries} of a package; a canary that was cut or escaped is found by its Cyrillic beginning."""
    found: dict[str, list[str]] = {}
    cyrillic = ["Канарейкина".encode(code) for code in ("utf-8", "cp1251", "utf-16-le", "utf-16-be")]
    cyrillic.append(b"".join(f"\\u{ord(sign):04x}".encode() for sign in "Канарейкина"))
    for where, data in every_byte(file, desks):
        seen = sorted(canaries.named[sign] for sign in canaries.found(data))
        seen += ["cyrillic"] if any(one in data for one in cyrillic) else []
        if seen:
            found[where] = seen
    return found


def met(desks: Desks) -> None:
    """The centre knows the school, and the school the centre."""
    desks.meet()
    answer(desks)


def answer(desks: Desks) -> VerdictCode:
    """The receipt of the centre, taken in by the school."""
    receipt = packages.export_receipt(desks.centre, desks.school.school, desks.flash).path
    return import_package(desks.school, receipt, desks.centre.identity.certificate.fingerprint).code


def lean(desks: Desks, *, full: bool = False, plain: bool = False) -> Path:
    return packages.export_package(desks.school, desks.flash, full=full, impersonal=True, plain=plain).path


@pytest.mark.parametrize("plain", [True, False])
def test_that_no_byte_of_an_impersonal_package_holds_a_canary(desks: Desks, tmp_path: Path, plain: bool) -> None:
    met(desks)
    canaries = plant(desks, tmp_path)
    assert len(canaries.named) > 250
    assert hits(lean(desks, full=True, plain=plain), desks, canaries) == {}
    assert hits(lean(desks, plain=plain), desks, canaries) == {}


def test_that_the_same_search_finds_every_one_that_leaves_in_an_ordinary_package(desks: Desks, tmp_path: Path) -> None:
    met(desks)
    canaries = plant(desks, tmp_path)
    file = packages.export_package(desks.school, desks.flash, full=True, plain=True).path
    found = {place for places in hits(file, desks, canaries).values() for place in places} - {"cyrillic"}
    staying = {place for place in canaries.named.values() if place.split(".")[0] in STAYING}
    assert found == set(canaries.named.values()) - staying


STAYING = {info.log_name for info in entities().values() if info.stays}


def test_that_the_first_package_to_an_unknown_centre_can_be_impersonal_too(desks: Desks, tmp_path: Path) -> None:
    canaries = plant(desks, tmp_path)
    assert hits(lean(desks), desks, canaries) == {}


def test_that_figures_arrive_at_once_and_names_with_the_next_ordinary_package(desks: Desks, tmp_path: Path) -> None:
    met(desks)
    write_f1(tmp_path / "a.xlsx", workbook(24))
    results.import_workbook(desks.school, tmp_path / "a.xlsx")
    add_teacher(desks.school, "Примерова Ольга Петровна")
    verdict = desks.receive(lean(desks))
    assert (verdict.code, verdict.notes) == (VerdictCode.ACCEPTED_WITH_REMARKS, ("package.note_impersonal",))
    school = desks.school.school
    assert None in {one.full_name for one in records.rows(desks.centre, StaffMember, school)}
    (sheet,) = records.rows(desks.centre, ResultSheet, school)
    assert (sheet.participants, sheet.dataset) == (20, None)
    assert answer(desks).is_fine
    assert not desks.same()
    assert packages.leaving(desks.school).has_personal
    assert desks.receive(desks.send()).code is VerdictCode.ACCEPTED
    assert desks.same()
    with desks.centre.reading() as reader:
        (sheet,) = records.rows(desks.centre, ResultSheet, school)
        assert reader.records.blob(school, sheet.dataset or "") is not None
    assert answer(desks).is_fine
    assert packages.leaving(desks.school).batches == 0
    assert all(check_store_file(one.store.path, desks.clock).is_sound for one in (desks.school, desks.centre))


def test_that_what_is_owed_is_sent_until_it_is_answered(desks: Desks) -> None:
    met(desks)
    add_teacher(desks.school, "Примерова Ольга Петровна")
    assert desks.receive(lean(desks)).code.is_fine
    assert answer(desks).is_fine
    desks.send().unlink()  # lost on the way
    add_teacher(desks.school, "Показова Вера Петровна")
    assert desks.receive(lean(desks)).code.is_fine
    assert answer(desks).is_fine  # the answer to the second one without names settles nothing
    whole = desks.send()
    add_teacher(desks.school, "Третья Вера Петровна")
    late = lean(desks)
    assert desks.receive(whole).code.is_fine
    assert answer(desks).is_fine
    assert desks.receive(late).code.is_fine
    assert answer(desks).is_fine
    assert packages.leaving(desks.school).batches == 1
    assert desks.receive(desks.send()).code.is_fine
    assert desks.same()
    assert answer(desks).is_fine
    assert packages.leaving(desks.school).batches == 0


def test_that_a_school_met_without_names_is_shown_and_filled_later(desks: Desks, tmp_path: Path) -> None:
    plant(desks, tmp_path)
    file = lean(desks)
    first = desks.receive(file)
    assert desks.receive(file, first.fingerprint).code.is_fine
    (line,) = centre.schools(desks.centre)
    assert line.name == "МАОУ «Лесная СОШ»"
    read_facts(desks.centre, line.id)
    teacher = records.rows(desks.centre, StaffMember, line.id)[0]
    history_steps(desks.centre, StaffMember.log_name, teacher.id, line.id)
    assert answer(desks).is_fine
    assert desks.receive(desks.send()).code.is_fine
    names = [
        [one.full_name for one in records.rows(desk, StaffMember, line.id)] for desk in (desks.school, desks.centre)
    ]
    assert names[0] == names[1]


def test_that_the_cover_and_the_manifest_say_that_nobody_is_named(desks: Desks) -> None:
    container = open_file(lean(desks), desks.school).container
    text = subprocess.run(["pdftotext", "-", "-"], input=container.read("cover.pdf"), capture_output=True, check=True)
    assert "без персональных данных" in " ".join(text.stdout.decode().split())
    assert b'"impersonal":true' in container.read("package.json")
    assert "trust.json" not in container.names


def test_that_a_step_that_an_earlier_version_named_after_a_file_stops_it(desks: Desks) -> None:
    add = Set("school", desks.school.school, "founder", "Администрация")
    desks.school.write([add], "загружены результаты: Примерова Ольга.xlsx")
    with desks.school.reading() as reader:
        before = reader.projection_digest(desks.school.school), reader.records.kept("owed")
    with pytest.raises(KnownError, match=r"package\.impersonal_steps"):
        lean(desks)
    with desks.school.reading() as reader:
        assert (reader.projection_digest(desks.school.school), reader.records.kept("owed")) == before
        assert reader.records.packages() == []
    with desks.school.writing() as transaction:
        assert transaction.log.seals(desks.school.writer.replica, desks.school.school) == []
    assert not desks.flash.exists()
    assert desks.send().exists()


def test_that_every_allowed_text_is_a_field_and_none_is_personal() -> None:
    for name, one in impersonal.ALLOWED:
        found = entities()[name].fields[one]
        assert found.kind in _TEXTS
        assert not found.personal


def test_that_the_preview_shows_both_kinds_of_package(desks: Desks) -> None:
    leaving = packages.leaving(desks.school)
    assert leaving.has_personal
    assert leaving.impersonal is not None
    assert not leaving.impersonal.has_personal
    assert not leaving.impersonal.files
    assert {line.entity for line in leaving.impersonal.lines} <= {line.entity for line in leaving.lines}


def test_that_nothing_marked_personal_leaves_whatever_its_value_is() -> None:
    for info in entities().values():
        for one in info.fields.values():
            if one.personal or info.stays:
                key = ChangeKey(info.log_name, "0191b1bf-7400-78b0-8321-227fea79419f", one.name)
                values = (1987, "1987", "2024-09-01", True, "code", ["code"], None)
                assert not any(impersonal.leaves_impersonally(key, value) for value in values), key
