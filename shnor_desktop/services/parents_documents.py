"""What the sheet of rehearsals and the outcome of surveys print: for parents, without codes and names."""

from __future__ import annotations

from datetime import date

from shnor_desktop.domain.facts import EXAMS, SUBJECTS, RehearsalFact
from shnor_desktop.domain.metrics.support import school_year_start
from shnor_desktop.domain.russian import long_date, number, share, short_date
from shnor_desktop.reports.content import Document
from shnor_desktop.reports.documents.rehearsals import RehearsalLine, RehearsalsFacts, rehearsals_document
from shnor_desktop.reports.documents.surveys import SurveyFacts, SurveysFacts, surveys_document
from shnor_desktop.services.document_facts import full_name
from shnor_desktop.services.parents import surveys_of
from shnor_desktop.services.programme_drafts import DraftSource, draft_values
from shnor_desktop.services.pupils import SMALLEST_GROUP, is_broken_down


def make_rehearsals(source: DraftSource) -> Document:
    """The rehearsals of the school year that runs; of the last one with rehearsals where this one has none yet."""
    held = [item for item in source.facts.rehearsals if item.held_on is not None]
    held.sort(key=lambda item: (item.held_on or date.min, item.id), reverse=True)
    newest = held[0].held_on if held else None
    since = school_year_start(newest or source.facts.as_of)
    own = [item for item in held if item.held_on is not None and item.held_on >= since]
    return rehearsals_document(
        RehearsalsFacts(
            school=full_name(source),
            period=f"{since.year}/{since.year + 1} учебный год",
            lines=tuple(_line(item) for item in own),
            note=(
                f"Где участвовало меньше {SMALLEST_GROUP} учеников, число справившихся не показано. "
                "О результате своего ребёнка родители узнают у классного руководителя."
            ),
            signatory=draft_values(source)["director_name"],
        )
    )


def make_surveys(source: DraftSource) -> Document:
    """All surveys by question."""
    surveys = tuple(
        SurveyFacts(
            series.question,
            tuple(
                (
                    short_date(point.survey.held_on) if point.survey.held_on else "",
                    number(point.survey.asked) if point.survey.asked is not None else "—",
                    point.words,
                    point.warning,
                )
                for point in series.points
            ),
            series.change_words if len(series.points) > 1 else "",
        )
        for series in surveys_of(source.pack, source.facts.surveys)
    )
    as_of = f"на {long_date(source.facts.as_of)}"
    return surveys_document(SurveysFacts(full_name(source), as_of, surveys, draft_values(source)["director_name"]))


def _line(item: RehearsalFact) -> RehearsalLine:
    grade = f"{item.grade} класс" if item.grade is not None else ""
    subject = SUBJECTS.get(item.subject or "", item.subject or "")
    title = ", ".join(part for part in (EXAMS.get(item.exam or "", ""), subject, grade) if part)
    known = item.participants is not None and item.below_minimum is not None
    below = "—"
    if known and is_broken_down(item.participants or 0) and (item.below_minimum or 0) <= (item.participants or 0):
        below = share(item.below_minimum or 0, item.participants or 0)
    return RehearsalLine(
        day=short_date(item.held_on) if item.held_on else "",
        title=title,
        participants=number(item.participants) if item.participants is not None else "—",
        below=below,
        analysis=item.analysis or "",
        correction=item.correction or "",
    )
