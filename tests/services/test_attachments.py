"""Files beside rows: limits in words, the same bytes once, opened as a copy, taken along by packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.attachments import Attachment
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.services import attachments, package_drafts, packages, records
from shnor_desktop.services.attachment_kinds import media_type_of, opens_here, safe_name
from shnor_desktop.services.attachments import LARGEST_FILE, Owner, attached
from shnor_desktop.services.review import review
from shnor_desktop.services.review_files import review_files
from shnor_desktop.services.wording import explain
from shnor_desktop.services.workspace import Workspace
from tests.clock import FixedClock
from tests.services.exchange_desks import Desks, add_teacher, desks, without_check
from tests.services.school import make_school_workspace

__all__ = ["desks", "without_check"]

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\n%%EOF\n"


@pytest.fixture
def school(tmp_path: Path, fixed_clock: FixedClock) -> Workspace:
    return make_school_workspace(tmp_path, fixed_clock)


@pytest.fixture
def owner(school: Workspace) -> Owner:
    return Owner(StaffMember.log_name, add_teacher(school))


def put(folder: Path, name: str, data: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def refusal(school: Workspace, owner: Owner, path: Path) -> KnownError:
    with pytest.raises(KnownError) as caught:
        attachments.add_file(school, owner, path)
    assert attached(school, owner).files == ()
    assert "…" not in explain(caught.value).text
    return caught.value


def test_that_a_file_stands_beside_its_row_with_size_date_and_kind(
    school: Workspace, owner: Owner, tmp_path: Path
) -> None:
    done = attachments.add_file(school, owner, put(tmp_path, "Диплом.pdf"))
    (file,) = attached(school, owner).files
    assert (file.name, file.size, file.added, file.is_here) == ("Диплом.pdf", len(PDF), "02.09.2024", True)
    row = records.row(school, Attachment, done.row)
    assert row is not None
    assert row.media_type == "application/pdf"
    assert attached(school, Owner(owner.entity, "another")).files == ()
    assert attachments.counts(school, owner.entity) == {owner.row: 1}


def test_that_the_name_of_a_file_is_not_in_the_name_of_the_step(
    school: Workspace, owner: Owner, tmp_path: Path
) -> None:
    attachments.add_file(school, owner, put(tmp_path, "Характеристика.pdf"))
    assert "Характеристика" not in records.undoable(school)


def test_that_the_same_bytes_twice_are_stored_once(school: Workspace, owner: Owner, tmp_path: Path) -> None:
    attachments.add_file(school, owner, put(tmp_path, "a.pdf"))
    attachments.add_file(school, owner, put(tmp_path, "b.pdf"))  # beside the same row: it is there already
    attachments.add_file(
        school, Owner(owner.entity, add_teacher(school, "Примерова Инна Олеговна")), tmp_path / "b.pdf"
    )
    with school.reading() as reader:
        assert len(reader.records.blobs(school.school)) == 1
    assert len(attachments.all_files(school)) == 2
    assert attached(school, owner).total == len(PDF)


def test_that_undo_takes_a_file_back_and_removal_comes_back(school: Workspace, owner: Owner, tmp_path: Path) -> None:
    done = attachments.add_file(school, owner, put(tmp_path, "a.pdf"))
    records.undo(school)
    assert attached(school, owner).files == ()
    records.redo(school)
    attachments.remove_file(school, done.row)
    assert attached(school, owner).files == ()
    records.undo(school)
    assert attachments.copy_to_open(school, done.row).read_bytes() == PDF


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.pdf", b"", "attachment.empty"),
        ("программа.exe", PDF, "attachment.executable"),
        ("Скан.PDF.Exe ", PDF, "attachment.executable"),
        ("Скан.pdf", b"MZ\x90\x00" + b"0" * 90, "attachment.executable"),
        ("Скан.pdf", b"\x7fELF" + b"0" * 90, "attachment.executable"),
        ("ссылка.pdf", b"L\x00\x00\x00\x01\x14\x02\x00" + b"0" * 90, "attachment.executable"),
        ("страница.txt", b"\xef\xbb\xbf  <!DOCTYPE HTML><script>", "attachment.executable"),
        ("Таблица.xlsm", b"PK\x03\x04" + b"0" * 90, "attachment.macros"),
        ("Таблица.xlsx", b"PK\x03\x04 xl/vbaProject.bin", "attachment.macros"),
        ("Отчёт.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "_VBA_PROJECT".encode("utf-16-le"), "attachment.macros"),
    ],
)
def test_that_what_could_run_or_is_empty_is_refused_in_words(
    school: Workspace, owner: Owner, tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    assert refusal(school, owner, put(tmp_path, name, data)).code == code


def test_that_a_file_beyond_the_limit_is_refused_and_one_at_the_limit_is_taken(
    school: Workspace, owner: Owner, tmp_path: Path
) -> None:
    assert refusal(school, owner, put(tmp_path, "a.pdf", PDF + b"0" * LARGEST_FILE)).code == "attachment.too_large"
    attachments.add_file(school, owner, put(tmp_path, "b.pdf", PDF.ljust(LARGEST_FILE)))
    assert attached(school, owner).total == LARGEST_FILE


def test_that_a_missing_file_a_folder_and_a_deleted_row_are_said(
    school: Workspace, owner: Owner, tmp_path: Path
) -> None:
    assert refusal(school, owner, tmp_path / "нет.pdf").code == "attachment.file_missing"
    assert refusal(school, owner, tmp_path).code == "attachment.is_folder"
    records.remove(school, owner.entity, owner.row)
    assert refusal(school, owner, put(tmp_path, "a.pdf")).code == "attachment.row_missing"


def test_that_of_many_files_one_bad_one_does_not_stop_the_others(
    school: Workspace, owner: Owner, tmp_path: Path
) -> None:
    paths = [put(tmp_path, "a.pdf"), put(tmp_path, "b.exe"), put(tmp_path, "c.txt", b"abc")]
    (refused,) = attachments.add_files(school, owner, paths)
    assert refused.code == "attachment.executable"
    assert [file.name for file in attached(school, owner).files] == ["a.pdf", "c.txt"]


def test_that_a_file_is_opened_as_a_copy_that_nobody_edits(school: Workspace, owner: Owner, tmp_path: Path) -> None:
    done = attachments.add_file(school, owner, put(tmp_path, "Диплом.pdf"))
    copy = attachments.copy_to_open(school, done.row)
    assert (copy.name, copy.read_bytes(), copy.stat().st_mode & 0o222) == ("Диплом.pdf", PDF, 0)
    saved = attachments.save_file(school, done.row, tmp_path / "out.pdf")
    assert saved.read_bytes() == PDF


def test_that_a_file_of_unknown_kind_is_saved_and_not_opened(school: Workspace, owner: Owner, tmp_path: Path) -> None:
    done = attachments.add_file(school, owner, put(tmp_path, "подпись.sig", b"\x30\x82\x00\x01\xff\xfe\x00"))
    with pytest.raises(KnownError, match=r"attachment\.not_opened"):
        attachments.copy_to_open(school, done.row)
    assert attachments.save_file(school, done.row, tmp_path / "out.sig").exists()


def test_that_bytes_that_did_not_come_are_said(school: Workspace, owner: Owner, tmp_path: Path) -> None:
    done = attachments.add_file(school, owner, put(tmp_path, "a.pdf"))
    (file,) = attached(school, owner).files
    with school.writing() as transaction:
        transaction.records.remove_blob(school.school, file.digest)
    (file,) = attached(school, owner).files
    assert not file.is_here
    with pytest.raises(KnownError, match=r"attachment\.bytes_missing"):
        attachments.copy_to_open(school, done.row)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\x.pdf", "x.pdf"),
        ("con.pdf", "_con.pdf"),
        ("акт\u202efdp.exe", "актfdp.exe"),
        ("a:b?.pdf", "a_b_.pdf"),
        ("...", "файл"),
        ("", "файл"),
        ("ё" * 300 + ".pdf", "ё" * 156 + ".pdf"),
    ],
)
def test_that_a_foreign_name_is_made_fit_for_every_system(name: str, safe: str) -> None:
    assert safe_name(name) == safe


def test_that_the_kind_is_read_from_the_bytes_and_opens_under_its_own_ending_only() -> None:
    word = b"PK\x03\x04" + b"[Content_Types].xml" + b"word/document.xml"
    assert media_type_of(word).endswith("wordprocessingml.document")
    assert media_type_of("ФИО;Предмет\r\n".encode("cp1251")) == "text/plain"
    assert media_type_of(b"\x00\x01\x02") == "application/octet-stream"
    assert opens_here("a.docx", word)
    assert not opens_here("a.pdf", word)
    assert not opens_here("a.xyz", PDF)


def attach(desks: Desks, path: Path, teacher: str = "") -> str:
    row = teacher or add_teacher(desks.school, "Примерова Инна Олеговна")
    return attachments.add_file(desks.school, Owner(StaffMember.log_name, row), path).row


def test_that_a_file_travels_with_the_package_and_opens_at_the_centre(desks: Desks, tmp_path: Path) -> None:
    row = attach(desks, put(tmp_path, "Диплом.pdf"))
    leaving = packages.leaving(desks.school)
    assert (leaving.files, leaving.file_bytes) == (1, len(PDF))
    desks.meet()
    assert attachments.copy_to_open(desks.centre, row, desks.school.school).read_bytes() == PDF
    assert desks.same()
    assert packages.leaving(desks.school).files == 1  # until the centre has answered
    with desks.centre.reading() as reader:
        assert reader.records.blob_sizes(desks.school.school) == {
            attachments.all_files(desks.school)[0].digest: len(PDF)
        }


def test_that_the_centre_reads_the_files_beside_the_rows_they_prove(desks: Desks, tmp_path: Path) -> None:
    attach(desks, put(tmp_path, "Диплом.pdf"))
    desks.meet()
    school = desks.school.school
    (one,) = review_files(desks.centre, school)
    assert one.beside.endswith(": Примерова Инна Олеговна")
    assert one.facts.replace("\u00a0", " ") == "1 КБ · 02.09.2024"
    (section,) = [found for found in review(desks.centre, school).sections if found.id == "attachment"]
    assert [(item.entity, item.caption) for item in section.items] == [("staff_member", "Диплом.pdf")]


def test_that_a_file_that_was_removed_before_the_package_does_not_travel(desks: Desks, tmp_path: Path) -> None:
    row = attach(desks, put(tmp_path, "Диплом.pdf"))
    attachments.remove_file(desks.school, row)
    assert packages.leaving(desks.school).files == 0
    desks.meet()
    records.bring_back(desks.school, Attachment.log_name, row)
    assert desks.receive(desks.send()).code.is_fine
    (file,) = attachments.all_files(desks.centre, desks.school.school)
    assert file.is_here  # the centre has not acknowledged the first package, so all of it goes again


def test_that_files_beyond_what_a_package_holds_are_said_before_anything_is_written(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    attach(desks, put(tmp_path, "Диплом.pdf"))
    monkeypatch.setattr(package_drafts.Files, "total", property(lambda _self: 600 << 20))
    assert packages.leaving(desks.school).is_too_large
    with pytest.raises(KnownError, match=r"package\.files_too_large") as caught:
        desks.send()
    assert "600 МБ" in explain(caught.value).what
    assert not list(desks.flash.glob("*"))


def test_that_what_a_school_packed_by_hand_is_not_opened_at_the_centre(
    desks: Desks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attachments, "require_harmless", lambda *_: None)
    row = attach(desks, put(tmp_path, "Диплом.pdf", b"MZ" + b"0" * 99))
    desks.meet()
    monkeypatch.undo()
    with pytest.raises(KnownError, match=r"attachment\.executable"):
        attachments.copy_to_open(desks.centre, row, desks.school.school)
