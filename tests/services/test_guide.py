"""The guide has a text for every page, says everything once more on paper, and every field explains itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from shnor_desktop.domain import findings
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.models.registry import entities
from shnor_desktop.reports.content import Heading, ListBlock, Paragraph, plain
from shnor_desktop.services import guide
from shnor_desktop.services.document_kinds import DocumentFormat
from shnor_desktop.services.field_help import field_help


def test_that_every_page_of_the_school_has_a_text() -> None:
    known = {one.id for one in guide.topics()}
    assert set(findings.PAGES) | {findings.METHODOLOGY} <= known


def test_that_every_text_has_a_title_and_no_form_that_the_printer_does_not_know() -> None:
    for one in guide.topics():
        assert one.text.startswith("# "), one.id
        lines = one.text.splitlines()
        assert not [line for line in lines if line.startswith(("### ", "|", "```", "> "))], one.id


def test_that_the_printed_guide_loses_no_word_of_a_text() -> None:
    for one in guide.topics():
        shown: list[str] = []
        for block in guide.guide_document((one,)).blocks:
            if isinstance(block, Heading):
                shown += block.text.split()
            elif isinstance(block, Paragraph):
                shown += plain(block.text).split()
            elif isinstance(block, ListBlock):
                shown += [word for item in block.items for word in plain(item).split()]
        bare = one.text.replace("**", "").split()
        written = [word for word in bare if word not in ("#", "##", "-") and not word.rstrip(".").isdigit()]
        assert [word for word in shown if not word.rstrip(".").isdigit()] == written, one.id


def test_that_the_guide_is_written_for_paper_and_for_word(tmp_path: Path) -> None:
    guide.write_guide(tmp_path / "a.pdf")
    guide.write_guide(tmp_path / "a.docx", DocumentFormat.DOCX)
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF-")
    assert (tmp_path / "a.docx").read_bytes().startswith(b"PK")


def test_that_an_unknown_section_is_named_with_those_that_there_are() -> None:
    with pytest.raises(KnownError) as caught:
        guide.topic("nothing")
    assert "roadmap" in str(caught.value.params["known"])


def test_that_every_field_says_what_it_is_and_how_it_is_filled_in() -> None:
    for info in entities().values():
        for field in info.fields.values():
            what, how = field_help(field)
            assert what.strip().endswith((".", "»", "?", "!", ")")) or what == field.help, (info.log_name, field.name)
            assert len(how) > len("Поле можно не заполнять."), (info.log_name, field.name)
            assert ("обязательное" in how) is field.required
