"""Draws the kit in its states, for eyes: `python -m tests.ui.gallery OUT [--scale 1.0] [--theme light]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shnor_desktop.models.fields import FieldInfo, FieldKind
from shnor_desktop.ui.dialogs import ConfirmDialog, PreviewDialog, PreviewLine
from shnor_desktop.ui.forms import FieldNotes, QuestionCard, RecordForm
from shnor_desktop.ui.messages import MessageLevel, Notice
from shnor_desktop.ui.shell import MainWindow, PageSpec, SearchEntry
from shnor_desktop.ui.theme import Level, Look, Tone, set_gaps
from shnor_desktop.ui.widgets.cards import (
    Card,
    CardList,
    HistoryEntry,
    HistoryPanel,
    Section,
    SectionList,
    SectionState,
)
from shnor_desktop.ui.widgets.charts import Bar, ChartPanel
from shnor_desktop.ui.widgets.header import Progress
from shnor_desktop.ui.widgets.master_detail import MasterDetail
from shnor_desktop.ui.widgets.page import EmptyState, Page, ScrollColumn
from shnor_desktop.ui.widgets.progress import ProgressStrip
from shnor_desktop.ui.widgets.stages import Stage, StageStrip
from shnor_desktop.ui.widgets.table import Column, RecordTable, Row, RowState, TablePanel

RESOURCES = Path(__file__).parents[2] / "resources"
YES_NO_MEASURES = (("why", "почему"), ("add_measure", "добавить мероприятие"))

FIELDS = [
    FieldInfo("name", FieldKind.TEXT, "Полное наименование", "Как в уставе, без сокращений.", group="Школа"),
    FieldInfo("inn", FieldKind.TEXT, "ИНН", max_length=12, group="Школа"),
    FieldInfo("pupils", FieldKind.INTEGER, "Обучающихся всего", unit="чел.", group="Школа"),
    FieldInfo("founded", FieldKind.DATE, "Дата лицензии", group="Школа"),
    FieldInfo(
        "locality",
        FieldKind.CHOICE,
        "Тип населённого пункта",
        "От него зависит группа сравнения.",
        choices=(("village", "село"), ("town", "город")),
        group="Условия",
    ),
    FieldInfo("boarding", FieldKind.BOOLEAN, "Есть интернат", group="Условия"),
    FieldInfo(
        "resources",
        FieldKind.CHOICES,
        "Что есть в школе",
        choices=(("lib", "библиотека"), ("gym", "спортзал"), ("lab", "кабинет физики"), ("net", "интернет")),
        group="Условия",
    ),
    FieldInfo(
        "mentor", FieldKind.REFERENCE, "Ответственный", "Начните вводить фамилию.", target="staff", group="Условия"
    ),
    FieldInfo("about", FieldKind.LONG_TEXT, "Особенности контингента", "Два-три предложения.", group="Условия"),
]


class FormPage(Page):
    """A record with errors, notes and all kinds of fields."""

    def __init__(self, read_only: bool = False) -> None:
        super().__init__(
            "Паспорт", "Сведения о школе. Введите один раз: отсюда их возьмут карта, программа и документы."
        )
        self.header.set_primary("Проверить заполнение", "list-checks")
        self.header.add_secondary("Печать", "printer").add_menu([("Паспорт школы", lambda: None)])
        self.header.set_progress(Progress(34, 41, 2, 3, "этап II, до 30.04"))
        form = RecordForm(FIELDS)
        form.set_options("mentor", [("1", "Педагог 1"), ("2", "Педагог 2")])
        form.set_record(
            {
                "name": "Муниципальное автономное общеобразовательное учреждение "
                "«Берёзовская средняя общеобразовательная школа»",
                "pupils": 214,
                "founded": "2019-03-01",
                "locality": "village",
                "boarding": False,
                "resources": ["lib", "net"],
                "mentor": "2",
                "about": "Дети подвозятся из четырёх деревень.\nДоля семей с одним родителем выросла.",
            },
            errors={"inn": "ИНН состоит из 10 цифр. Проверьте по свидетельству."},
            warnings={"pupils": "Год назад было 310. Проверьте число или напишите причину."},
            notes={"pupils": FieldNotes(origin="из списка классов", last_year="2023: 310", last_value=310)},
            read_only="Паспорт отправлен координатору" if read_only else "",
        )
        if read_only:
            self.set_read_only(
                "Паспорт отправлен координатору и пока не меняется.", "Изменять может координатор центра."
            )
        column = ScrollColumn()
        column.add(form)
        self.set_body(column)


class MapPage(Page):
    """The diagnostic map of the specification."""

    def __init__(self) -> None:
        super().__init__(
            "Диагностическая карта", "Ответьте за школу в целом. Серые значения взяты из паспорта и списков."
        )
        self.header.set_primary("Проверить заполнение", "list-checks")
        self.header.add_secondary("Печать", "printer")
        self.header.set_progress(Progress(34, 41, 2, 3, "этап II, до 30.04"))
        blocks = SectionList()
        states = [SectionState.DONE, SectionState.ERRORS, SectionState.BEGUN, SectionState.EMPTY]
        titles = ["Кадры", "Результаты", "Ресурсы и материально-техническая база", "Родители"]
        blocks.set_sections([Section(t, t, s, 2) for t, s in zip(titles, states, strict=True)])
        blocks.select("Кадры")
        column = ScrollColumn()
        for number, (level, value) in enumerate(
            [(Level.HIGH, "18.2"), (Level.MEDIUM, "41"), (Level.LOW, "96.5"), (None, None)], 1
        ):
            field = FieldInfo(
                f"q{number}",
                FieldKind.DECIMAL,
                "Доля педагогов с высшей категорией",
                "Без внешних совместителей, на 1 сентября.",
                unit="%",
                maximum=Decimal(100),
            )
            card = QuestionCard(field, f"1.{number}")
            notes = FieldNotes(
                origin="4 из 22 · из списка педагогов",
                origin_target="staff",
                last_year="2023: 13,6",
                last_value="13.6",
                level=level or Level.UNKNOWN,
                level_text="ниже порога 25 %" if level is Level.HIGH else "",
                actions=YES_NO_MEASURES if level else (),
                warning="Укажите подтверждающий документ." if level is Level.HIGH else "",
            )
            card.set_answer(value, notes)
            column.add(card)
        self.set_body(MasterDetail(blocks, column, 0.26, "К блокам"))


class TablePage(Page):
    """Three hundred rows with long words beside a card."""

    def __init__(self) -> None:
        super().__init__("Дорожная карта", "Мероприятия по этапам: кто, к какому сроку, чем подтвердится.")
        self.header.set_primary("Добавить мероприятие", "plus")
        self.header.add_secondary("Печать", "printer")
        columns = [
            Column("title", "Мероприятие", 34, stretches=True),
            Column("owner", "Ответственный", 18),
            Column("term", "Срок", 11, is_number=True),
            Column("level", "Значимость", 14),
            Column("n", "Выполнено, %", 12, is_number=True, is_editable=True),
        ]
        table = RecordTable(columns, "Мероприятия")
        states = [RowState.DONE, RowState.WARNING, RowState.ERROR, RowState.NONE]
        rows = [
            Row(
                str(at),
                (
                    "Высокопревосходительствующееобследованиечтения"
                    if at == 2
                    else f"Семинар по функциональной грамотности {at}",
                    "Заместитель директора по учебно-воспитательной работе",
                    "31.12.2024",
                    f"{Level.HIGH.sign} {Level.HIGH.word}",
                    f"{at},5",
                ),
                state=states[at % 4],
                tones={"level": Tone.HIGH, "term": Tone.MUTED},
            )
            for at in range(300)
        ]
        table.set_rows(rows)
        table.select("1")
        history = HistoryPanel()
        history.set_entries(
            [
                HistoryEntry("сегодня, 14:02", "заместитель директора", "Срок", "31.10.2024", "31.12.2024"),
                HistoryEntry("вчера, 9:40", "директор", "Добавлено мероприятие"),
            ]
        )
        self.set_body(MasterDetail(TablePanel(table), history, 0.7))


_CARDS = [
    Card(
        "1",
        "Провести заседание педсовета по итогам ДТК",
        "Директор · подтверждение: протокол",
        "12 дней",
        Tone.HIGH,
        "circle-alert",
        Tone.HIGH,
        heading="Просрочено",
    ),
    Card(
        "2",
        "Согласовать программу с координатором",
        "",
        "до пятницы",
        icon="clock",
        heading="На этой неделе",
    ),
    Card(
        "3",
        "Заполнить ИОМ трёх педагогов, у которых в прошлом году не было наставника",
        "Кадры",
        "до пятницы",
        icon="clock",
    ),
    Card(
        "4",
        "Пакет № 3 передан в центр",
        "Ждём квитанцию с 12 апреля",
        "8 дней",
        icon="package",
        heading="Ждём ответа",
    ),
]
_BARS = [
    Bar("Кадры", 62, "62 % · 5 из 8", Tone.HIGH, mark=50),
    Bar("Учебная мотивация обучающихся", 41, "41 % · 7 из 17", Tone.MEDIUM, mark=50),
    Bar("Ресурсы", 12, "12 % · 1 из 8", Tone.LOW, mark=50),
    Bar("Родители", 50, "50 % · 4 из 8", Tone.MEDIUM),
]


class TodayPage(Page):
    """Cards, stages and a chart."""

    def __init__(self) -> None:
        super().__init__("Сегодня", "Что просрочено, что на этой неделе и чего мы ждём.")
        stages = StageStrip()
        stages.set_stages(
            [
                Stage("1", "I Подготовка", "до 28.02", 1.0),
                Stage("2", "II Диагностика", "до 30.04", 0.6, is_current=True),
                Stage("3", "III Реализация программы", "до 31.12"),
                Stage("4", "IV Итоги", "до 28.02.2025"),
            ]
        )
        cards = CardList("Дела")
        cards.set_cards(_CARDS)
        chart = ChartPanel("Профиль риска", "Доля факторов высокой значимости, 41 показатель")
        chart.set_bars(_BARS, 100)
        progress = ProgressStrip()
        progress.begin("Проверяю пакет 3 из 20")
        progress.set_progress(3, 20)
        progress.show()
        right = ScrollColumn()
        right.add(chart)
        body = QWidget()
        column = QVBoxLayout(body)
        set_gaps(column, 0.5, (1, 0.75, 1, 0))
        column.addWidget(stages)
        column.addWidget(progress)
        row = QHBoxLayout()
        set_gaps(row, 1)
        row.addWidget(cards, 1)
        row.addWidget(right, 1)
        column.addLayout(row, 1)
        self.set_body(body)


class EmptyPage(Page):
    """The first day."""

    def __init__(self) -> None:
        super().__init__("Партнёры", "Школа-партнёр и журнал совместных событий.")
        text = "Здесь будут школа-партнёр и события с ней: что обещали, что прошло, что взяли в работу."
        self.show_empty(EmptyState("Партнёра пока нет", text, "Указать школу-партнёра"))


PAGES = [
    PageSpec("today", "Сегодня", "calendar", TodayPage, 3),
    PageSpec("passport", "Паспорт", "school", FormPage),
    PageSpec("locked", "Паспорт отправлен", "lock", lambda: FormPage(read_only=True)),
    PageSpec("map", "ДТК", "clipboard-list", MapPage, 2),
    PageSpec("road", "Дорожная карта", "milestone", TablePage),
    PageSpec("partners", "Партнёры", "handshake", EmptyPage),
]


def _draw_dialogs(shoot: Callable[[QWidget, str], None]) -> None:
    confirm = ConfirmDialog(
        "Удалить мероприятие?",
        "Оно исчезнет из программы и дорожной карты. Вернуть можно через «Отменить».",
        "Удалить",
        "Оставить",
    )
    confirm.show()
    shoot(confirm, "confirm")
    preview = PreviewDialog(
        "Что уходит в центр",
        "Посмотрите, что окажется в пакете. Больше ничего школа не покидает.",
        [PreviewLine("Кадры", "22 человека", "персональные данные", Tone.MEDIUM), PreviewLine("Ответы ДТК", "41")],
        "Заверить и сохранить",
    )
    preview.show()
    shoot(preview, "preview")


def draw(out: Path, theme: str, scale: float) -> None:
    """Every page and dialog as PNG."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    Look(app, RESOURCES, theme, scale)
    out.mkdir(parents=True, exist_ok=True)

    def shoot(widget: QWidget, name: str) -> None:
        for _ in range(3):
            app.processEvents()
        widget.grab().save(str(out / f"{name}-{theme}-{scale}.png"))

    window = MainWindow()
    window.show()
    shoot(window, "start")
    window.set_pages(PAGES, "Школа")
    window.set_status("Сохранено в 14:02", "изменена доля педагогов", "этап II · 24 дня")
    for spec in PAGES:
        window.open_page(spec.id)
        shoot(window, spec.id)
    window.show_message(
        Notice(
            "Пакет не принят: отправитель не подтверждён.",
            "Файл мог быть изменён по дороге.",
            "Попросите школу выгрузить его ещё раз.",
        ),
        MessageLevel.ERROR,
        "Отложить в карантин",
    )
    shoot(window, "message")
    window.set_search(
        lambda typed: [SearchEntry("Доля педагогов с высшей категорией", "поле", "map", icon="clipboard-list")] * 9
    )
    window.open_search()
    popup = app.activePopupWidget() or next(w for w in app.topLevelWidgets() if type(w).__name__ == "FindPalette")
    shoot(popup, "find")
    popup.close()
    _draw_dialogs(shoot)
    window.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("out", type=Path)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--theme", default="light")
    chosen = parser.parse_args()
    draw(chosen.out, chosen.theme, chosen.scale)
