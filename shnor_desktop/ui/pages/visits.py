"""«Посещения уроков»: what is planned, what waits to be talked over, who was not visited yet; one visit beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from shnor_desktop.domain.facts import StaffFact
from shnor_desktop.domain.russian import short_date
from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.models.teaching import LessonMark, LessonVisit
from shnor_desktop.services import records
from shnor_desktop.services.check import CheckResult
from shnor_desktop.services.facts import read_facts
from shnor_desktop.services.lesson_minutes import MinutesOfLevel, minutes_of, take_minutes
from shnor_desktop.services.lesson_visits import VisitCard, VisitsView, begin_visit, visits_of
from shnor_desktop.services.records import Done
from shnor_desktop.services.workspace import StoreKind
from shnor_desktop.ui.forms.editors import Options
from shnor_desktop.ui.pages.desk import Desk
from shnor_desktop.ui.pages.offer_strip import OfferStrip
from shnor_desktop.ui.pages.record_draft import RecordDraft
from shnor_desktop.ui.pages.record_rows import problems_of
from shnor_desktop.ui.pages.register_panes import PartPane
from shnor_desktop.ui.pages.target import Target
from shnor_desktop.ui.pages.visits_card import VisitRecord, VisitView
from shnor_desktop.ui.theme import TextStyle, Tone, set_gaps
from shnor_desktop.ui.widgets.cards import Card, CardList
from shnor_desktop.ui.widgets.labels import label
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState, ScrollColumn

_ASKED = ("visited_on", "kind", "teacher", "subject", "school_class", "topic")
_TEACHER, _AGAIN = "teacher:", "again:"
_FIRST_OF_GUEST = "В принятом пакете школы нет педагогов или классов: попросите её внести их и прислать пакет ещё раз."
VISIT_ENTITIES = (LessonVisit.log_name, LessonMark.log_name)


@dataclass(frozen=True, slots=True)
class VisitsData:
    """All visits, and the chosen one with its forms."""

    view: VisitsView
    minutes: tuple[MinutesOfLevel, ...]
    record: VisitRecord | None
    fields: Mapping[str, FieldInfo]
    options: Mapping[str, Options]


class VisitsPane(PartPane):
    """The list at the left, the visit at the right; no teacher is rated and no points are added."""

    add_words = "Записать посещение"

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.current = ""
        self._data: VisitsData | None = None
        self._field = ""
        self.draft: RecordDraft | None = None
        self.list = CardList("Посещения уроков", title_lines=2, text_lines=2)
        self.list.card_chosen.connect(self._on_card_chosen)
        self.visit = VisitView(desk)
        self.visit.removed.connect(self._on_removed)
        self._right = QStackedWidget()
        hint = ScrollColumn()
        hint.add(label("Выберите посещение слева или педагога, у которого ещё не были.", TextStyle.BODY, Tone.MUTED))
        self._right.addWidget(hint)
        self._right.addWidget(self.visit)
        self._split = MasterDetail(self.list, self._right, 0.3, "К посещениям")
        self.strip = OfferStrip()
        self.take = self.strip.add_button("Внести в паспорт", "download", self._on_minutes_wanted)
        words = (
            "Запланируйте урок или запишите посещённый: карта с крупными отметками, выводы словами и лист обратной "
            "связи для учителя сразу после урока. Баллы не складываются, учителей никто не сравнивает."
        )
        is_guest = desk.workspace.kind is not StoreKind.SCHOOL
        need = _FIRST_OF_GUEST if is_guest else "Сначала внесите педагогов на странице «Кадры» и классы в паспорт."
        way = "" if desk.is_read_only or is_guest else "К кадрам"
        self.empty = EmptyState("Здесь будут посещения уроков", f"{words} {need}", way, "users")
        self.empty.begin_requested.connect(lambda: desk.open("staff"))
        self.empty.help_requested.connect(self.help_requested)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._split)
        self._stack.addWidget(self.empty)
        column = QVBoxLayout(self)
        set_gaps(column, 0)
        column.addWidget(self.strip)
        column.addWidget(self._stack, 1)

    def load(self, found: CheckResult) -> VisitsData:
        """The visits and the chosen one."""
        workspace, school = self.desk.workspace, self.desk.school
        facts = read_facts(workspace, school)
        view = visits_of(workspace.pack_of(school), facts)
        fields = records.fields_of(workspace, LessonVisit)
        targets = {name: one.target for name, one in fields.items() if one.kind is FieldKind.REFERENCE}
        rows = {target: records.reference_choices(workspace, target, school) for target in set(targets.values())}
        options = {name: rows[target] for name, target in targets.items()}
        chosen = view.card(self.current)
        record = None
        if chosen is not None:
            row = records.row(workspace, LessonVisit, chosen.visit.id, school)
            values = records.wire_values(row) if row is not None else {}
            record = VisitRecord(chosen, fields, values, options, problems_of(found.lines, LessonVisit.log_name))
        return VisitsData(view, minutes_of(facts), record, fields, options)

    def show_data(self, snapshot: VisitsData) -> None:
        """Fill the list and the visit."""
        self._data = snapshot
        self._show_minutes(snapshot.minutes)
        self._stack.setCurrentWidget(self._split if self._has_lists(snapshot) else self.empty)
        self.list.blockSignals(True)
        self.list.set_cards(_cards(snapshot.view))
        if self.current and not self.list.current_id():
            self.list.select(self.current)
        self.list.blockSignals(False)
        if snapshot.record is not None:
            self.visit.show_visit(snapshot.record)
            if not self._is_drafting():
                self._right.setCurrentWidget(self.visit)
            if self._field:
                self.visit.show_field(self._field)
                self._field = ""
        elif not self._is_drafting():
            self._right.setCurrentIndex(0)
            first = next((card.visit.id for card in (*snapshot.view.waiting, *snapshot.view.planned)), "")
            if first and not self.current:
                self.current = first  # the list stays in sight in a narrow window
                self.wants_reading.emit()

    def begin(self) -> None:
        """Ask what a visit is named by."""
        self._begin_with({})

    def count(self, snapshot: VisitsData) -> int | None:
        """How many visits there are."""
        return len(snapshot.view.cards)

    def holds(self, entity: str) -> bool:
        """A visit or a mark of its card."""
        return entity in VISIT_ENTITIES

    def show_target(self, target: Target) -> None:
        """Open a visit at a field."""
        if not target.row:
            self.begin()
        elif self._data is not None and self._data.view.card(target.row) is not None:
            self._field = target.field
            self._open(target.row)

    def show_first(self, part: str) -> bool:
        """Say in the form what is missing."""
        self.visit.marks_missing = True
        return False

    def history_of(self) -> tuple[str, str]:
        """The chosen visit."""
        return LessonVisit.log_name, self.current

    def _show_minutes(self, found: tuple[MinutesOfLevel, ...]) -> None:
        """What the cards say of independent work, offered to the school's passport while that says otherwise."""
        if self.desk.workspace.kind is not StoreKind.SCHOOL or not found or all(item.is_taken for item in found):
            self.strip.show_offer("")
            return
        year = found[0].year
        said = ", ".join(item.words for item in found)
        words = f"Самостоятельная работа на посещённых уроках {year}/{(year + 1) % 100:02} года: {said}."
        typed = [f"{item.typed[1]} из {item.typed[0]}" for item in found if not item.is_taken and any(item.typed)]
        words += f" В паспорте сейчас: {', '.join(typed)}." if typed else " В паспорте этих чисел ещё нет."
        self.strip.show_offer(words, () if self.desk.is_read_only else (self.take,))

    def _on_minutes_wanted(self) -> None:
        self.desk.write(lambda: take_minutes(self.desk.workspace))

    def _has_lists(self, snapshot: VisitsData) -> bool:
        """Whether there is anything to show, or a teacher and a class to be named."""
        return bool(snapshot.view.cards or (snapshot.options["teacher"] and snapshot.options["school_class"]))

    def _is_drafting(self) -> bool:
        return self.draft is not None and self._right.currentWidget() is self.draft

    def _on_card_chosen(self, card: str) -> None:
        if self.desk.is_read_only and card.startswith((_TEACHER, _AGAIN)):
            return
        if card.startswith(_TEACHER):
            self._begin_with({"teacher": card.removeprefix(_TEACHER)})
        elif card.startswith(_AGAIN) and self._data is not None:
            before = self._data.view.card(card.removeprefix(_AGAIN))
            if before is not None:
                self._begin_with(_same_again(before))
        else:
            self._open(card)

    def _open(self, visit: str) -> None:
        if visit == self.current and not self._is_drafting():
            self._split.show_detail()
            self.wants_reading.emit()
            return
        self.visit.leave()
        self.current = visit
        self._right.setCurrentWidget(self.visit)
        self._split.show_detail()
        self.row_chosen.emit()
        self.wants_reading.emit()

    def _begin_with(self, values: dict[str, object]) -> None:
        if self._data is None or self.desk.is_read_only or not self._has_lists(self._data):
            return
        if self.draft is None:
            fields = [self._data.fields[name] for name in _ASKED]
            fields = [replace(one, required=False) if one.name == "topic" else one for one in fields]
            purpose = "День впереди — урок станет запланированным. Карта и обратная связь откроются после добавления."
            self.draft = RecordDraft("Посещение урока", fields, self.add_words, purpose)
            self.draft.submitted.connect(self._on_draft_submitted)
            self.draft.left.connect(self._on_draft_left)
            self._right.addWidget(self.draft)
        self.visit.leave()
        self.draft.begin(self._data.options)
        self.draft.fill(values)
        self._stack.setCurrentWidget(self._split)
        self._right.setCurrentWidget(self.draft)
        self._split.show_detail()

    def _on_draft_submitted(self, values: dict[str, object]) -> None:
        desk, draft = self.desk, self.draft
        assert draft is not None

        def on_begun(done: Done) -> None:
            draft.end()
            self.current = done.row
            self.visit.show_part("lesson")
            self._right.setCurrentWidget(self.visit)

        desk.write(lambda: begin_visit(desk.workspace, values, desk.school), on_begun, draft.refuse)

    def _on_draft_left(self) -> None:
        self._right.setCurrentWidget(self.visit if self.current else self._right.widget(0))
        if self.current:
            self.list.select(self.current)
        self.wants_reading.emit()

    def _on_removed(self) -> None:
        visit, self.current = self.current, ""
        if visit and not self.desk.is_read_only:
            desk = self.desk
            desk.write(lambda: records.remove(desk.workspace, LessonVisit.log_name, visit, desk.school))


def _same_again(before: VisitCard) -> dict[str, object]:
    """What the next visit takes from the one before it."""
    visit = before.visit
    again = visit.again_on.isoformat() if visit.again_on else None
    return {
        "visited_on": again,
        "kind": visit.kind,
        "teacher": visit.teacher,
        "subject": visit.subject,
        "school_class": visit.school_class,
    }


def _cards(view: VisitsView) -> list[Card]:
    planned = [_card(card, "calendar") for card in view.planned]
    again = [_again(card) for card in view.again]
    waiting = [_card(card, "message-square", Tone.MEDIUM) for card in view.waiting]
    talked = [_card(card, "circle-check") for card in view.discussed]
    left = [_not_visited(person) for person in view.not_visited]
    groups = (
        ("Ждут обсуждения", waiting),
        ("Предстоят", [*planned, *again]),
        ("Обсуждены", talked),
        ("Ещё не были в этом учебном году", left),
    )
    made: list[Card] = []
    for heading, cards in groups:
        if cards:
            made += [replace(cards[0], heading=f"{heading} · {len(cards)}"), *cards[1:]]
    return made


def _card(card: VisitCard, icon: str, tone: Tone = Tone.MUTED) -> Card:
    text = " · ".join(filter(None, (card.subject, card.school_class, card.visit.label)))
    day = short_date(card.visit.visited_on) if card.visit.visited_on else ""
    return Card(card.visit.id, card.teacher, text, day, icon=icon, icon_tone=tone)


def _again(card: VisitCard) -> Card:
    day = short_date(card.visit.again_on) if card.visit.again_on else ""
    text = f"посетить снова: {', '.join(filter(None, (card.subject, card.school_class)))}"
    return Card(f"{_AGAIN}{card.visit.id}", card.teacher, text, day, icon="rotate-ccw")


def _not_visited(person: StaffFact) -> Card:
    return Card(f"{_TEACHER}{person.id}", person.label, "запланировать урок", icon="user")
