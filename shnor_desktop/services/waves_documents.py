"""The comparison of waves as a document: the same words as on the screen."""

from __future__ import annotations

from shnor_desktop.domain.russian import plural, short_date
from shnor_desktop.domain.waves import Change, Wave
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.wave_comparison import (
    ChangeLine,
    ComparedForm,
    ComparisonFacts,
    LevelLine,
    comparison_document,
)
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.waves import AnswerChange, Comparison, compare_waves, comparisons_of, usual_pair

ONLY_CHANGES = "changes"


def which_of(form: str, before: str = "", after: str = "", *, only_changes: bool = False) -> str:
    """The name of one comparison, as a document is asked for it."""
    return "|".join((form, before, after, ONLY_CHANGES if only_changes else ""))


def make_wave_comparison(source: DraftSource, which: str = "") -> Document:
    """All forms in their usual pairs, or the one that `which` names; KnownError waves.not_a_pair."""
    form, before, after, rest = (*which.split("|"), "", "", "", "")[:4]
    only_changes = rest == ONLY_CHANGES
    found = _asked(source, form, before, after) if form else comparisons_of(source.pack, source.facts)
    school = source.facts.school
    facts = ComparisonFacts(
        school=(school and (school.full_name or school.short_name)) or "",
        as_of=source.facts.as_of,
        methodology=f"{source.pack.title}, версия {source.pack.version}",
        forms=tuple(_form(item, only_changes=only_changes) for item in found),
        only_changes=only_changes,
        signatory=draft_values(source)["director_name"],
    )
    return comparison_document(facts)


def _asked(source: DraftSource, form: str, before: str, after: str) -> tuple[Comparison, ...]:
    pair = usual_pair(source.pack, source.facts, form)
    if pair is None:
        return ()
    first, second = before or pair[0].id, after or pair[1].id
    return (compare_waves(source.pack, source.facts, form, first, second),)


def _form(item: Comparison, *, only_changes: bool) -> ComparedForm:
    return ComparedForm(
        title=item.title,
        before=_wave(item.before),
        after=_wave(item.after),
        summary=item.summary,
        blocks=tuple(
            (block.title, tuple(_line(one) for one in block.answers if one.moved.change.is_change or not only_changes))
            for block in item.blocks
        ),
        factors=tuple(
            LevelLine(one.title, one.before, one.after, one.change.words, one.note)
            for one in item.factors
            if one.change.is_change or not only_changes
        ),
        warning=_warning(item),
    )


def _wave(wave: Wave) -> str:
    return f"{wave.title} (до {short_date(wave.due)})"


def _line(item: AnswerChange) -> ChangeLine:
    words = item.words if item.moved.change is not Change.UNKNOWN else Change.UNKNOWN.words
    return ChangeLine(item.number, item.caption, item.before, item.after, words, item.note)


def _warning(item: Comparison) -> str:
    if not item.unkept:
        return ""
    count = plural(item.unkept, "посчитанное значение", "посчитанных значения", "посчитанных значений")
    return f"В более ранней волне не зафиксировано {count}: сравнить их нельзя."
