"""The outline of a talk at a seminar: eight to ten slides, each a heading with a few lines of the school's own data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shnor_desktop.domain.russian import long_date
from shnor_desktop.reports.content import Align, Block, Document, Heading, ListBlock, Note, Paragraph, Typeface


@dataclass(frozen=True, slots=True)
class Slide:
    """What one slide says; without lines `missing` tells what to fill in."""

    title: str
    lines: tuple[str, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class PresentationFacts:
    """The slides in the order of the talk."""

    school: str
    period: str
    as_of: date
    slides: tuple[Slide, ...]


def presentation_document(facts: PresentationFacts) -> Document:
    """A heading for each slide with its lines under it; no person is named."""
    blocks: list[Block] = [
        Heading("План выступления на итоговом семинаре", 0),
        Paragraph(facts.school, Align.CENTER, first_line_indent=False),
        Paragraph(f"Программа перехода, {facts.period}", Align.CENTER, first_line_indent=False),
        Paragraph(f"По данным на {long_date(facts.as_of)}", Align.CENTER, first_line_indent=False, small=True),
        Note("Каждый заголовок — один слайд, под ним строки для слайда. Имён педагогов и учеников здесь нет."),
    ]
    for number, slide in enumerate(facts.slides, start=1):
        blocks.append(Heading(f"Слайд {number}. {slide.title}"))
        if slide.lines:
            blocks.append(ListBlock(slide.lines))
        else:
            blocks.append(Note(slide.missing))
    return Document("План выступления на итоговом семинаре", tuple(blocks), Typeface.SERIF)
