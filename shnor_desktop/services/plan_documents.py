"""What the plan by sections, the blank form and the passport print: facts of the store and of the methodology."""

from __future__ import annotations

from shnor_desktop.domain.methodology import Form, Question, QuestionKind
from shnor_desktop.domain.russian import number
from shnor_desktop.models.registry import info_of
from shnor_desktop.models.school import Building, School
from shnor_desktop.reports.documents.blank_map import BlankForm, BlankQuestion
from shnor_desktop.reports.documents.passport import PassportFacts, PassportGroup
from shnor_desktop.reports.documents.road_map import RoadMapFacts, RoadMapGroup
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP
from shnor_desktop.services.document_facts import full_name, road_map_facts, road_map_groups
from shnor_desktop.services.programme_drafts import DraftSource, draft_values, period_words
from shnor_desktop.services.roadmap import Grouping, direction_title
from shnor_desktop.services.workspace import Workspace


def school_plan_facts(source: DraftSource) -> RoadMapFacts:
    """The road map by the sections of the methodology, the empty ones too; by stages where nothing stands in a section.

    KnownError programme.not_begun.
    """
    facts = road_map_facts(source)
    found = {group.title: group for group in road_map_groups(source, Grouping.DIRECTION)}
    titles = [direction_title(source.pack, item.code) for item in source.pack.directions]
    has_sections = any(item.required for item in source.pack.directions) or not found.keys().isdisjoint(titles)
    groups = [found.pop(title, RoadMapGroup(title, ())) for title in titles]
    return RoadMapFacts(
        title="План работы школы по реализации программы перехода",
        school=facts.school,
        period=facts.period,
        groups=(*groups, *found.values()) if has_sections else facts.groups,
        stamps=facts.stamps,
        signatory=facts.signatory,
    )


def passport_facts(workspace: Workspace, source: DraftSource, school: str | None = None) -> PassportFacts:
    """Every field of the passport in its group, with buildings and classes."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for name, field in records.fields_of(workspace, School).items():
        shown = records.shown(field, getattr(source.card, name)) if source.card else ""
        unit = f", {field.unit}" if field.unit and field.unit not in shown else ""
        groups.setdefault(field.group or "Прочее", []).append((f"{field.caption}{unit}", shown))
    buildings = {item.id: item for item in records.rows(workspace, Building, school)}
    fields = info_of(Building).fields
    classes = sorted(source.facts.classes, key=lambda item: (item.grade or 0, item.letter or ""))
    return PassportFacts(
        school=full_name(source),
        as_of=source.facts.as_of,
        groups=tuple(PassportGroup(title, tuple(rows)) for title, rows in groups.items()),
        buildings=tuple(
            (
                f"{item.name or ''} (филиал)" if item.is_branch else item.name or "",
                item.address or "",
                records.shown(fields["pupils"], item.pupils),
            )
            for item in buildings.values()
        ),
        classes=tuple(
            (
                item.label,
                number(item.pupils) if item.pupils is not None else "",
                (buildings[item.building].name or "") if item.building in buildings else "",
            )
            for item in classes
        ),
        signatory=draft_values(source)["director_name"],
    )


def blank_form(source: DraftSource, form_id: str = MAP) -> BlankForm:
    """An empty form of the methodology with the name of the school."""
    pack = source.pack
    form = pack.form(form_id) or Form(form_id, "Диагностическая карта", "", "", ())
    return BlankForm(
        title=form.title,
        school=full_name(source),
        period=period_words(pack.period_start, pack.period_end),
        methodology=f"{pack.title}, версия {pack.version}",
        blocks=tuple((block.title, tuple(_question(item) for item in block.questions)) for block in form.blocks),
    )


def _question(question: Question) -> BlankQuestion:
    choices = tuple(choice.caption for choice in question.choices)
    if question.kind is QuestionKind.YES_NO and not choices:
        choices = ("да", "нет")
    parts = (question.numerator, question.denominator) if question.kind is QuestionKind.SHARE else ("", "")
    unit = question.unit or ("%" if question.kind in (QuestionKind.PERCENT, QuestionKind.SHARE) else "")
    is_text = question.kind is QuestionKind.TEXT
    return BlankQuestion(question.caption, unit, choices, parts, question.evidence_required, is_text)
