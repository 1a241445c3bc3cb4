"""The difference of two versions of a methodology in words, and what moving to the newer one means for a school."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shnor_desktop.domain.facts import SchoolFacts
from shnor_desktop.domain.methodology import LEVEL_CAPTIONS, Level, Pack, Question
from shnor_desktop.domain.methodology_difference import ChangeKind, ItemChange, difference
from shnor_desktop.domain.russian import plural
from shnor_desktop.domain.scoring import Step, shown_answer
from shnor_desktop.domain.waves import typed_answer
from shnor_desktop.services import pack_words
from shnor_desktop.services.diagnosis import FormView, form_view_of, waves_of
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.workspace import Workspace

KIND_WORDS = {
    ChangeKind.ADDED: "добавлено",
    ChangeKind.REMOVED: "убрано",
    ChangeKind.CHANGED: "изменено",
    ChangeKind.MOVED: "переставлено",
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field before and after, in words."""

    caption: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """An item that differs: what became of it, where it stands, its fields."""

    kind: ChangeKind
    title: str
    around: str
    list: str
    fields: tuple[FieldLine, ...] = ()

    @property
    def kind_words(self) -> str:
        """«добавлено», «изменено»."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class PartLines:
    """One part of the methodology with everything that differs in it."""

    part: str
    caption: str
    lines: tuple[ChangeLine, ...]

    @property
    def summary(self) -> str:
        """«Мероприятия: изменено 2, добавлено 1»."""
        counts = [(KIND_WORDS[kind], sum(1 for line in self.lines if line.kind is kind)) for kind in ChangeKind]
        return f"{self.caption}: {', '.join(f'{words} {count}' for words, count in counts if count)}"


@dataclass(frozen=True, slots=True)
class Consequence:
    """What a move means for this school: one sentence, and more where there is more to say."""

    text: str
    detail: str = ""
    is_loss: bool = False
    """Something that was typed is not asked for any more; it stays in the history."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """Everything that a move means for this school."""

    levels: tuple[Consequence, ...]
    vanishing: tuple[Consequence, ...]
    measures: tuple[Consequence, ...]
    new_questions: tuple[Consequence, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing that the school typed is touched."""
        return not (self.levels or self.vanishing or self.measures or self.new_questions)


def difference_lines(old: Pack, new: Pack) -> tuple[PartLines, ...]:
    """What `new` has otherwise than `old`, part by part, in words."""
    return tuple(
        PartLines(
            part.part, pack_words.table_caption(part.part), tuple(_line(old, new, change) for change in part.changes)
        )
        for part in difference(old, new)
    )


def summary(old: Pack, new: Pack) -> str:
    """The difference in a sentence or two: the proposal for «что изменилось»."""
    parts = [part.summary for part in difference_lines(old, new) if part.part]
    return ". ".join(parts) + "." if parts else ""


def _line(old: Pack, new: Pack, change: ItemChange) -> ChangeLine:
    cls = type(change.item)
    fields = tuple(
        FieldLine(
            pack_words.field_caption(cls, one.field),
            pack_words.value_words(old, cls, one.field, one.old),
            pack_words.value_words(new, cls, one.field, one.new),
        )
        for one in change.fields
    )
    owner = old if change.kind is ChangeKind.REMOVED else new
    title = change.title
    if change.list == "indicators" and change.around and hasattr(change.item, "question"):
        title = pack_words.value_words(owner, cls, "question", change.item.question)
    around = " → ".join(pack_words.cut(one, 60) for one in change.around)
    return ChangeLine(change.kind, pack_words.cut(title, 140), around, change.list, fields)


def consequences(workspace: Workspace, new: Pack, school: str | None = None) -> Consequences:
    """What moving to `new` means for the school as it stands."""
    in_year = workspace.in_its_year(new, school)
    return consequences_of(workspace.pack_of(school), in_year, read_facts(workspace, school))


def consequences_of(old: Pack, new: Pack, facts: SchoolFacts) -> Consequences:
    """The same from what was read already."""
    before, after = _views(old, facts), _views(new, facts)
    return Consequences(
        levels=tuple(_levels(old, new, facts, before, after)),
        vanishing=tuple(_vanishing(old, new, facts)),
        measures=tuple(_measures(old, new, facts)),
        new_questions=tuple(_new_questions(old, new)),
    )


def _views(pack: Pack, facts: SchoolFacts) -> list[FormView]:
    return [form_view_of(pack, facts, form.id) for form in pack.forms]


def _levels(
    old: Pack, new: Pack, facts: SchoolFacts, before: Sequence[FormView], after: Sequence[FormView]
) -> Iterator[Consequence]:
    """Factors first: they decide on problem fields; then the questions whose own level changes."""
    if before and after:
        were = {one.factor: one for one in before[0].profile}
        for now in after[0].profile:
            was = were.get(now.factor)
            factor = new.factor(now.factor)
            if was is not None and factor is not None and was.level is not now.level:
                words = f"Значимость фактора «{factor.title}» станет {_level(now.level)} вместо {_of(was.level)}."
                yield Consequence(words, now.summary)
    steps = {view.question.code: view.step for form in before for view in form.questions}
    for form in after:
        for view in form.questions:
            step = steps.get(view.question.code)
            if step is not None and view.is_answered and step.level is not view.step.level:
                yield Consequence(_question_words(view.question, step, view.step), view.step.sentence)


def _question_words(question: Question, old: Step, new: Step) -> str:
    return f"«{question.caption}»: значимость станет {_level(new.level)} вместо {_of(old.level)}."


def _level(level: Level) -> str:
    words = {Level.HIGH: "высокой", Level.MEDIUM: "средней", Level.LOW: "низкой"}
    return words.get(level, "неопределённой")


def _of(level: Level) -> str:
    words = {Level.HIGH: "высокой", Level.MEDIUM: "средней", Level.LOW: "низкой"}
    return words.get(level, LEVEL_CAPTIONS[level].replace("не определена", "неопределённой"))


def _vanishing(old: Pack, new: Pack, facts: SchoolFacts) -> Iterator[Consequence]:
    """Typed answers that the newer version has no place for."""
    places = {(form.id, wave) for form in new.forms for wave in waves_of(new, form.id)}
    asked = {(form.id, question.code) for form in new.forms for question in form.questions()}
    for answer in facts.answers:
        question = old.question(answer.question or "")
        has_place = (answer.form, answer.wave) in places and (answer.form, answer.question) in asked
        shown = shown_answer(question, typed_answer(question, answer)) if question is not None else ""
        if has_place or question is None or not (shown or answer.evidence or answer.comment):
            continue
        detail = f"Сейчас: {shown}." if shown else ""
        yield Consequence(f"Вопроса «{question.caption}» больше не будет.", detail, is_loss=True)


def _measures(old: Pack, new: Pack, facts: SchoolFacts) -> Iterator[Consequence]:
    """Rows of the road map whose source in the catalogue differs; the rows themselves stay."""
    changes = {
        change.name: change for part in difference(old, new) if part.part == "measures" for change in part.changes
    }
    for measure in facts.measures:
        change = changes.get(measure.library_code or "")
        if change is None or change.kind is ChangeKind.MOVED:
            continue
        title = measure.label or change.title
        if change.kind is ChangeKind.REMOVED:
            words = f"Мероприятия «{pack_words.cut(title)}» в каталоге больше нет."
            yield Consequence(words, "В вашей дорожной карте оно останется.")
        else:
            names = ", ".join(pack_words.field_caption(type(change.item), one.field).lower() for one in change.fields)
            lines = _line(old, new, change).fields
            detail = "; ".join(f"{line.caption}: {line.old} → {line.new}" for line in lines)
            yield Consequence(f"У мероприятия «{pack_words.cut(title)}» в каталоге другое: {names}.", detail)


def _new_questions(old: Pack, new: Pack) -> Iterator[Consequence]:
    known = {question.code for form in old.forms for question in form.questions()}
    fresh = [question for form in new.forms for question in form.questions() if question.code not in known]
    if fresh:
        captions = "; ".join(f"«{one.caption}»" for one in fresh[:6]) + (" и другие" if len(fresh) > 6 else "")
        count = plural(len(fresh), "новый вопрос", "новых вопроса", "новых вопросов")
        yield Consequence(f"Появится {count}." if len(fresh) == 1 else f"Появятся {count}.", captions)
