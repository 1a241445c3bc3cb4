"""What the printed explanation holds: the same judgement and words as on the screen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.identification import short_words
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import number
from shnor_desktop.domain.social_index import band_words, expected_words, result_words
from shnor_desktop.models.school import School
from shnor_desktop.reports.documents.identification import (
    CentreIdentificationFacts,
    IdentifiedLine,
    SchoolIdentificationFacts,
)
from shnor_desktop.services.identification import (
    CentreIdentification,
    SchoolIdentification,
    comparison_note,
    identification_of,
)


def school_facts_of(pack: Pack, facts: SchoolFacts, card: School | None) -> SchoolIdentificationFacts:
    """The sheet that a school prints of itself: nothing to compare with."""
    found = identification_of(pack, facts)
    name = (card.full_name if card else None) or found.name
    director = (card.director if card else None) or ""
    made = sheet_of(pack, found, facts.as_of, name)
    return replace(made, signatory_name=director)


def sheet_of(
    pack: Pack, found: SchoolIdentification, as_of: date, name: str, centre: CentreIdentification | None = None
) -> SchoolIdentificationFacts:
    """One school as it is printed; at a centre with its comparison."""
    return SchoolIdentificationFacts(
        school=name or found.code or "Школа",
        methodology=methodology_words(pack),
        as_of=as_of,
        result=found.result,
        index=found.index,
        comparison=centre.comparison_words(found.id) if centre is not None else "",
        note=comparison_note(pack),
        signatory="Муниципальный координатор" if centre is not None else "Директор",
    )


def centre_facts_of(pack: Pack, found: CentreIdentification, as_of: date, name: str) -> CentreIdentificationFacts:
    """All schools of a centre as one table."""
    return CentreIdentificationFacts(
        centre=name,
        methodology=methodology_words(pack),
        as_of=as_of,
        lines=tuple(_line(found, item) for item in found.schools),
        groups=found.group_lines,
        parameters=found.parameters,
        table=pack.social_index,
        note=found.note,
        why_no_expectation=found.comparison.why_not if found.schools else "",
        is_unconfirmed=found.is_unconfirmed,
    )


def methodology_words(pack: Pack) -> str:
    """«Методика «…», версия 1.2», with «Проект» where its source is one."""
    draft = ", проект" if pack.draft else ""
    return f"Методика «{pack.title}», версия {pack.version}{draft}"


def _line(found: CentreIdentification, item: SchoolIdentification) -> IdentifiedLine:
    expectation = found.expectation(item.id)
    low = item.result.low
    return IdentifiedLine(
        school=item.name or item.code,
        categories=short_words(item.result),
        low=f"{len(low.low)} из {len(low.counted)} за {low.period}",
        index=number(item.index.value) if item.index is not None and item.index.value is not None else "",
        reached=result_words(expectation) if expectation is not None else "",
        expected=expected_words(expectation),
        band=band_words(expectation),
        missing=str(len(item.missing) or ""),
    )
