"""«Проверка»: what stands between the school and «Ошибок нет», and the reasons for what is left as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shnor_desktop.domain.checks import PAGE_OF_ENTITY, RequiredField, check_school
from shnor_desktop.domain.errors import KnownError
from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.findings import CHECK, PAGES, Finding, Severity
from shnor_desktop.domain.log import DELETED, Restore, Set
from shnor_desktop.domain.methodology import Pack
from shnor_desktop.domain.russian import plural
from shnor_desktop.models.checks import CheckReason
from shnor_desktop.models.registry import entities, entity, info_of
from shnor_desktop.models.school import School
from shnor_desktop.services import records
from shnor_desktop.services.diagnosis import MAP, all_answers, form_view_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.kept_readings import Same
from shnor_desktop.services.records import Done
from shnor_desktop.services.values import parse_value
from shnor_desktop.services.workspace import Workspace
from shnor_desktop.storage.reading import ConflictRecord
from shnor_desktop.system.wording import words_of

CONFLICT = "conflict.undecided"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One finding in words, with the place where it is mended. `key` is what a reason is kept under."""

    code: str
    severity: Severity
    page: str
    entity: str
    row: str
    field: str
    text: str
    do: str
    key: str
    reason: str = ""

    @property
    def is_error(self) -> bool:
        """Whether it stops the export."""
        return self.severity is Severity.ERROR


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What the check found. `warnings` still ask for a reason, `confirmed` have theirs."""

    errors: tuple[CheckLine, ...]
    warnings: tuple[CheckLine, ...]
    confirmed: tuple[CheckLine, ...]

    @property
    def is_clean(self) -> bool:
        """«Ошибок нет»: the package may leave."""
        return not self.errors

    @property
    def lines(self) -> tuple[CheckLine, ...]:
        """Pages that stop the package first, then the order of the sidebar; errors of a page before its warnings."""
        found = (*self.errors, *self.warnings)
        stopping = {line.page for line in self.errors}
        order = {page: (page not in stopping, index) for index, page in enumerate(PAGES)}
        return tuple(sorted(found, key=lambda line: (order[line.page], not line.is_error)))

    @property
    def by_page(self) -> Mapping[str, tuple[CheckLine, ...]]:
        """Errors and warnings by the page that mends them; pages without any are left out."""
        found: dict[str, list[CheckLine]] = {}
        for line in self.lines:
            found.setdefault(line.page, []).append(line)
        return {page: tuple(lines) for page, lines in found.items()}

    @property
    def summary(self) -> str:
        """«Ошибок нет», «2 ошибки, 3 предупреждения»."""
        errors = plural(len(self.errors), "ошибка", "ошибки", "ошибок") if self.errors else "Ошибок нет"
        warnings = plural(len(self.warnings), "предупреждение", "предупреждения", "предупреждений")
        return f"{errors}, {warnings}" if self.warnings else errors

    def after(self, key: str) -> CheckLine | None:
        """The line to go to after the one with that key was mended: the next, or the first."""
        lines = self.lines
        place = next((index + 1 for index, line in enumerate(lines) if line.key == key), 0)
        return lines[place] if place < len(lines) else next(iter(lines), None)


def check(workspace: Workspace, school: str | None = None) -> CheckResult:
    """Check the school of this desk, or `school` at a centre."""
    return check_facts(workspace, read_facts(workspace, school), school)


def check_facts(workspace: Workspace, facts: SchoolFacts, school: str | None = None) -> CheckResult:
    """The same over facts that were read already; checked once for all who ask about the same facts."""
    owner = school or workspace.school
    version, pack = workspace.store.version, workspace.pack_of(owner)
    if version is None:
        return _checked(workspace, pack, facts, owner)
    stamp = (version, pack.hash, pack.moved_years, Same(facts))
    found: CheckResult = workspace.kept_checks.get(owner, stamp, lambda: _checked(workspace, pack, facts, owner))
    return found


def _checked(workspace: Workspace, pack: Pack, facts: SchoolFacts, owner: str) -> CheckResult:
    with workspace.reading() as reader:
        conflicts = reader.conflicts(owner)
        reasons = {item.finding: item.reason or "" for item in reader.rows(CheckReason, owner) if item.finding}
    findings = check_school(facts, pack, all_answers(pack, facts), required_fields())
    lines = [_undecided(conflict) for conflict in conflicts]
    lines += [_in_words(finding, reasons.get(finding.key, "")) for finding in findings]
    return CheckResult(
        errors=tuple(line for line in lines if line.is_error),
        warnings=tuple(line for line in lines if not line.is_error and not line.reason),
        confirmed=tuple(line for line in lines if not line.is_error and line.reason),
    )


def give_reason(workspace: Workspace, line: CheckLine | Finding, reason: str) -> Done:
    """Leave a warning as it is, with the reason for it; an error cannot be left."""
    if line.severity is Severity.ERROR:
        raise KnownError("check.error_has_no_reason")
    info = info_of(CheckReason)
    words = parse_value(info.fields["reason"], reason)
    if words is None:
        raise KnownError("check.reason_absent")
    row = records.row_id_for(workspace, info, {"finding": line.key})
    operation = "пояснено предупреждение"
    values = {"finding": line.key, "reason": words}
    requests = [Set(info.log_name, row, name, value) for name, value in values.items()]
    batch = workspace.write([Restore(info.log_name, row), *requests], operation)
    return Done(operation, row, batch.name if batch else "")


def withdraw_reason(workspace: Workspace, line: CheckLine) -> Done:
    """Take the reason back: the warning asks again."""
    row = records.row_id_for(workspace, info_of(CheckReason), {"finding": line.key})
    return records.remove(workspace, CheckReason.log_name, row)


@cache
def required_fields() -> tuple[RequiredField, ...]:
    """The fields that the declaration of each entity says must not stay empty; those of reviewers are not asked."""
    return tuple(
        RequiredField(name, field.name, field.caption)
        for name, info in entities().items()
        if name in PAGE_OF_ENTITY and name != "remark"
        for field in info.fields.values()
        if field.required
    )


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far a page is: «заполнено 34 из 41»."""

    filled: int
    total: int

    @property
    def share(self) -> int:
        """Whole percent, 100 only when nothing is missing."""
        return self.filled * 100 // self.total if self.total else 0

    @property
    def is_full(self) -> bool:
        """Whether nothing is missing."""
        return self.total > 0 and self.filled == self.total

    def __add__(self, other: Completeness) -> Completeness:
        return Completeness(self.filled + other.filled, self.total + other.total)


_UNCOUNTED = frozenset(
    {"diagnostic_answer", "factor_level", "cause_mark", "expert_answer", "programme_paragraph", "stage_task_mark"}
)
"""Counted as questions and sections, or not at all."""
_BUILT_FIELDS = frozenset({"position", "programme", "kind", "state"})
"""Filled by the program itself."""


def completeness(workspace: Workspace, school: str | None = None) -> Mapping[str, Completeness]:
    """How far each page is: required fields, questions of the map, sections of the programme."""
    return completeness_of(workspace.pack_of(school), read_facts(workspace, school))


def completeness_of(pack: Pack, facts: SchoolFacts) -> dict[str, Completeness]:
    """The same from facts that were read already. A page whose rows are still to be made is 0 of 1."""
    found = {page: Completeness(0, 0) for page in PAGES}
    current = {name: _rows(facts, name) for name in PAGE_OF_ENTITY}
    for required in required_fields():
        if required.entity in _UNCOUNTED or required.field in _BUILT_FIELDS:
            continue
        page = PAGE_OF_ENTITY[required.entity]
        values = [getattr(row, required.field) for row in current[required.entity]]
        filled = sum(1 for value in values if value is not None and value != "")
        found[page] += Completeness(filled, len(values))
    for page, (filled, total) in _special(pack, facts).items():
        found[page] += Completeness(filled, total)
    for page in ("passport", "staff", "results", "programme", "roadmap", "partners", "development"):
        if not found[page].total:
            found[page] = Completeness(0, 1)
    return found


def _special(pack: Pack, facts: SchoolFacts) -> dict[str, tuple[int, int]]:
    """Questions of the map and written sections of the programme: they are no fields of rows."""
    view = form_view_of(pack, facts, MAP)
    asked = [question for question in view.questions if question.question.required]
    written = {item.section for item in facts.current(facts.paragraphs) if (item.body or "").strip()}
    wanted = [item.code for item in pack.programme_sections if item.required and item.content in ("text", "analysis")]
    return {
        "map": (sum(1 for question in asked if question.is_answered), len(asked)),
        "programme": (sum(1 for code in wanted if code in written), len(wanted)),
    }


def _rows(facts: SchoolFacts, name: str) -> Sequence[object]:
    rows = facts.rows(name)
    is_part = bool(rows) and hasattr(rows[0], "programme")
    return facts.current(rows) if is_part else rows


def _in_words(finding: Finding, reason: str) -> CheckLine:
    is_of_passport = finding.entity == School.log_name  # there is one: its name in every sentence says nothing
    words = words_of(finding.code, {**finding.params, "row": "паспорт школы"} if is_of_passport else finding.params)
    return CheckLine(
        code=finding.code,
        severity=finding.severity,
        page=finding.page,
        entity=finding.entity,
        row=finding.row,
        field=finding.field,
        text=words.get("text", finding.code),
        do=words.get("do", ""),
        key=finding.key,
        reason=reason,
    )


def _undecided(conflict: ConflictRecord) -> CheckLine:
    key = conflict.key
    info = entity(key.entity)
    caption = info.caption if key.field == DELETED else f"{info.caption}: {info.fields[key.field].caption.lower()}"
    words = words_of(CONFLICT, {"field": caption})
    page = PAGE_OF_ENTITY.get(key.entity, CHECK)
    name = ":".join((CONFLICT, key.entity, key.row, key.field))
    return CheckLine(CONFLICT, Severity.ERROR, page, key.entity, key.row, key.field, words["text"], words["do"], name)
