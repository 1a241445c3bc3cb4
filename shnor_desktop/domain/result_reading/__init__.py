"""Reading the results of procedures by the rules of ФИОКО 2026: tasks, dynamics, journal, borders of marks.

All limits are data of the pack. Every statement carries how many participants stand behind it and how far that
carries. The results judge the work of a school with a subject; nothing here knows a teacher.
"""

from shnor_desktop.domain.result_reading.cards import ResultCard, YearMarks, read_results
from shnor_desktop.domain.result_reading.paper import PaperDetail, paper_detail
from shnor_desktop.domain.result_reading.statements import Statement, StatementKind
from shnor_desktop.domain.result_reading.statements import caution as sample_caution
from shnor_desktop.domain.result_reading.tasks import TaskReading, judged_task

__all__ = [
    "PaperDetail",
    "ResultCard",
    "Statement",
    "StatementKind",
    "TaskReading",
    "YearMarks",
    "judged_task",
    "paper_detail",
    "read_results",
    "sample_caution",
]
