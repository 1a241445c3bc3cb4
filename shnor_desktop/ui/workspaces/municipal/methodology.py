"""«Методика»: the versions of the centre, the draft with its tables, the form as a school will see it, sending out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from shnor_desktop.domain.methodology import Pack
from shnor_desktop.services import pack_difference, pack_drafts, pack_editing, pack_moving, packages
from shnor_desktop.services.diagnosis import FormView
from shnor_desktop.services.pack_editing import EditorView
from shnor_desktop.ui.dialogs import ConfirmDialog, choose_folder
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.pages import Desk, DeskPage
from shnor_desktop.ui.pages.versions import VersionsData, VersionsPanel, read_versions
from shnor_desktop.ui.theme import Tone, set_gaps, set_icon
from shnor_desktop.ui.widgets.buttons import Button, ButtonKind
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.page import EmptyState
from shnor_desktop.ui.widgets.segments import SegmentBar
from shnor_desktop.ui.workspaces.municipal.methodology_editor import EditorPanel, table_of_card
from shnor_desktop.ui.workspaces.municipal.methodology_lint import LintData, LintPanel, read_lint
from shnor_desktop.ui.workspaces.municipal.methodology_plan import PlanIntoPack
from shnor_desktop.ui.workspaces.municipal.methodology_preview import FormPreview
from shnor_desktop.ui.workspaces.municipal.methodology_publishing import PublishDialog

VERSIONS, DRAFT, FORM, LINT = "versions", "draft", "form", "lint"


@dataclass(frozen=True, slots=True)
class MethodologyView:
    """What the page shows; `form` and `lint` are read only while they are looked at."""

    versions: VersionsData
    editor: EditorView | None
    form: FormView | None
    proposed_version: str = ""
    proposed_note: str = ""
    lint: LintData | None = None


class MethodologyPage(DeskPage):
    """Copied, changed in tables, checked at every step, published as a version, sent to the schools."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        purpose = "По какой методике работает центр. Скопируйте её, измените и разошлите школам."
        super().__init__(desk, "Методика", purpose, parent)
        self._view: MethodologyView | None = None
        self._chosen, self._table, self._part, self._form = "", "", VERSIONS, ""
        self.importing = PlanIntoPack(self)
        self._make_actions()
        self.parts = SegmentBar("Части страницы")
        self.parts.chosen.connect(self.show_part)
        self.versions = VersionsPanel((self.take_button, self.copy_button))
        self.versions.chosen.connect(self._on_version_chosen)
        self.editor = EditorPanel(desk)
        self.editor.table_chosen.connect(self._on_table_chosen)
        self.form = FormPreview(desk)
        self.form.form_chosen.connect(self._on_form_chosen)
        self.lint = LintPanel()
        self._no_form = EmptyState("Форму пока не показать", "Сначала исправьте ошибки черновика.", has_help=False)
        self.stack = QStackedWidget(self)
        for widget in (self.versions, self.editor, self.form, self.lint, self._no_form):
            self.stack.addWidget(widget)
        body = QWidget(self)
        column = QVBoxLayout(body)
        set_gaps(column, 0)
        column.addWidget(self.parts)
        column.addWidget(self.stack, 1)
        self.set_body(body)

    def load(self) -> MethodologyView:
        """Versions, draft and, while it is looked at, the form; called off the interface thread."""
        workspace = self.desk.workspace
        editor = pack_editing.editor_view(workspace, table_of_card(self._table))
        form = pack_editing.preview(workspace, self._form) if editor and self._part == FORM else None
        versions = read_versions(workspace, self._chosen, with_consequences=False)
        lint = read_lint(versions, editor) if self._part == LINT else None
        if editor is None:
            return MethodologyView(versions, None, None, lint=lint)
        pack = editor.draft.examined.pack
        note = pack_difference.summary(editor.draft.base, pack) if pack is not None else ""
        proposed = pack_editing.proposed_version(workspace, editor.draft)
        return MethodologyView(versions, editor, form, proposed, note, lint)

    def show_data(self, snapshot: MethodologyView) -> None:
        """Show the part that is looked at."""
        if snapshot.editor is None:
            self.editor.forget()
            self._part = self._part if self._part == LINT else VERSIONS
        self._view = snapshot
        self._chosen = snapshot.versions.chosen
        self._show_parts(snapshot.editor)
        self.versions.show_versions(snapshot.versions)
        if snapshot.editor is not None:
            self.editor.show_editor(snapshot.editor)
        if snapshot.form is not None and snapshot.editor is not None:
            self.form.show_preview(snapshot.editor.draft.examined.pack, snapshot.form)
        if snapshot.lint is not None:
            self.lint.show_lint(snapshot.lint)
        form = self.form if snapshot.form else self._no_form
        pages: dict[str, QWidget] = {VERSIONS: self.versions, DRAFT: self.editor, FORM: form, LINT: self.lint}
        self.stack.setCurrentWidget(pages[self._part])
        self._show_actions()

    def show_part(self, part: str) -> None:
        """Look at the versions, the draft, the form or what is missing."""
        if self._part == DRAFT and part != DRAFT:
            self.editor.leave()
        self._part = part
        self.refresh()

    def begin_draft(self) -> None:
        """«Скопировать и изменить» the chosen version."""
        workspace, chosen = self.desk.workspace, self._chosen
        self.desk.write(lambda: pack_editing.begin_draft(workspace, chosen), lambda _: self.show_part(DRAFT))

    def ask_publish(self) -> None:
        """Ask for the number and the note of the new version."""
        self.editor.leave()
        view = self._view
        if view is None or view.editor is None:
            return
        if not view.editor.is_sound:
            fault = view.editor.faults[0]
            words = Notice(f"Методика не опубликована: {fault.place}: {fault.reason}", "Черновик сохранён.", "")
            self.desk.say(words, MessageLevel.WARNING, "Показать", self.editor.next_fault)
            return
        dialog = PublishDialog(view.editor.draft.title, view.proposed_version, view.proposed_note, self.window())
        dialog.published.connect(self.publish)
        dialog.open()

    def publish(self, version: str, note: str) -> None:
        """Freeze the draft; then ask whether the centre works by it from now on."""
        workspace = self.desk.workspace
        self.desk.write(lambda: pack_editing.publish(workspace, version, note), self._on_published)

    def ask_take(self, pack: Pack | None = None) -> None:
        """Ask before the centre works by another version."""
        chosen = self._view.versions.version if self._view else None
        wanted = pack or (chosen.pack if chosen else None)
        if wanted is None:
            return
        question = f"Сделать версию {wanted.version} действующей?"
        words = "Центр будет работать по ней и рассылать её. Школы останутся на своей, пока сами не перейдут."
        dialog = ConfirmDialog(question, words, "Сделать действующей", "Не сейчас", self.window())
        dialog.accepted.connect(lambda: self.take(wanted.hash))
        dialog.open()

    def take(self, pack_hash: str) -> None:
        """Work by a version from now on; Ctrl+Z takes it back."""
        workspace = self.desk.workspace
        words = Notice("Версия стала действующей.", "", "Разошлите её школам.")
        self.desk.write(
            lambda: pack_moving.move_to(workspace, pack_hash),
            lambda _: self.desk.say(words, MessageLevel.DONE, "Разослать методику", self.choose_send_folder),
        )

    def choose_send_folder(self) -> None:
        """Ask for a folder and write the package for the schools into it."""
        folder = choose_folder(self, "Куда сохранить методику для школ: папка или флешка")
        if folder is not None:
            self.send_to(folder)

    def send_to(self, folder: Path) -> None:
        """Write the signed package that every school of the centre takes."""
        workspace = self.desk.workspace

        def work(task: Any) -> packages.Exported:
            task.report(0, 0, "заверяем методику")
            return packages.export_methodology(workspace, folder)

        self.run_long("Готовим методику для школ", work, self._on_sent)

    def _on_sent(self, exported: packages.Exported) -> None:
        words = Notice(
            f"Методика сохранена: {exported.path.name}.",
            f"Папка: {exported.path.parent}. Файл подходит каждой школе центра.",
            "Передайте его школам; тем, кто работает по другой версии, она уйдёт и с ответом на пакет.",
        )
        self.desk.say(words, MessageLevel.DONE)

    def _on_published(self, pack: Pack) -> None:
        self._chosen, self._part = pack.hash, VERSIONS
        self.refresh()
        self.ask_take(pack)

    def _on_version_chosen(self, version: str) -> None:
        if version != self._chosen:
            self._chosen = version
            self.refresh()

    def _on_form_chosen(self, form: str) -> None:
        self._form = form
        self.refresh()

    def _on_table_chosen(self, card: str) -> None:
        if card != self._table or (self._view and self._view.editor and self._part != DRAFT):
            self.editor.leave()
            self._table, self._part = card, DRAFT
        self.refresh()

    def _make_actions(self) -> None:
        self.header.primary_clicked.connect(self._on_primary_clicked)
        self.header.set_primary("Скопировать и изменить", "copy")
        self.header.progress_chosen.connect(self._on_progress_chosen)
        self.undo_button = self.header.add_secondary("Отменить", "undo-2", lambda: self._step(-1))
        self.redo_button = self.header.add_secondary("Повторить", "redo-2", lambda: self._step(1))
        self.plan_button = self.header.add_secondary("Загрузить план…", "upload", self.importing.choose)
        self.send_button = self.header.add_secondary("Разослать методику…", "send", self.choose_send_folder)
        self.discard_button = self.header.add_secondary("Удалить черновик", "trash-2", self.ask_discard)
        self.take_button = Button("Сделать действующей", ButtonKind.PLAIN, "check")
        self.take_button.clicked.connect(lambda: self.ask_take())
        self.copy_button = Button("К черновику", ButtonKind.PLAIN, "pencil")
        self.copy_button.clicked.connect(lambda: self.show_part(DRAFT))

    def ask_discard(self) -> None:
        """Ask before the draft goes with all its steps."""
        question, words = "Удалить черновик?", "Все правки черновика пропадут. Опубликованные версии останутся."
        dialog = ConfirmDialog(question, words, "Удалить черновик", "Оставить", self.window())
        dialog.accepted.connect(lambda: self.desk.write(lambda: pack_drafts.discard(self.desk.workspace)))
        dialog.open()

    def _step(self, by: int) -> None:
        """A step of this session by the one undo of the program, an older one by the draft itself."""
        self.editor.leave()
        stack = self.desk.workspace.undo_stack
        names = stack.done if by < 0 else stack.undone
        if names and pack_drafts.is_step(names[-1]):
            self.desk.undo() if by < 0 else self.desk.redo()
        else:
            move = pack_drafts.undo if by < 0 else pack_drafts.redo
            self.desk.write(lambda: move(self.desk.workspace))

    def _on_progress_chosen(self, part: str) -> None:
        if part == "errors":
            self.editor.next_fault()
        elif self._view is not None and self._view.editor is not None and self._view.editor.is_sound:
            self.ask_publish()
        else:
            self.show_part(VERSIONS)

    def _on_primary_clicked(self) -> None:
        if self._view is not None and self._view.editor is not None:
            self.ask_publish()
        else:
            self.begin_draft()

    def _show_parts(self, editor: EditorView | None) -> None:
        titles = [(VERSIONS, "Версии")]
        if editor is not None:
            titles += [(DRAFT, "Черновик"), (FORM, "Форма школы")]
        self.parts.set_segments([*titles, (LINT, "Чего не хватает")])
        self.parts.select(self._part)

    def _show_actions(self) -> None:
        view = self._view
        if view is None:
            return
        editor, can_write = view.editor, not self.desk.is_read_only
        if self.header.primary is not None:
            self.header.primary.setText("Опубликовать" if editor else "Скопировать и изменить")
            set_icon(self.header.primary, "check" if editor else "copy", Tone.ON_ACCENT)
            self.header.primary.setEnabled(can_write)
        is_editing = editor is not None and self._part == DRAFT
        for button, is_shown in (
            (self.undo_button, is_editing),
            (self.redo_button, is_editing),
            (self.discard_button, is_editing),
            (self.plan_button, is_editing),
            (self.send_button, self._part == VERSIONS),
            (self.copy_button, editor is not None),
        ):
            button.setVisible(is_shown and can_write)
        if editor is not None:
            self.undo_button.setEnabled(bool(editor.draft.undo_words))
            self.undo_button.setToolTip(editor.draft.undo_words)
            self.redo_button.setEnabled(bool(editor.draft.redo_words))
            self.redo_button.setToolTip(editor.draft.redo_words)
        version = view.versions.version
        self.take_button.setVisible(can_write and version is not None and not version.is_in_force)
        self._show_progress(editor if self._part != VERSIONS else None)

    def _show_progress(self, editor: EditorView | None) -> None:
        if editor is None:
            self.header.set_progress(None)
            return
        base = f"на основе версии {editor.draft.base.version}"
        words = "ошибок нет, можно публиковать" if editor.is_sound else base
        self.header.set_progress(Progress(0, 0, errors=len(editor.faults), extra=words))
