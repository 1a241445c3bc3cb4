"""Reading the results of procedures by the rules of ФИОКО 2026: tasks, dynamics, journal, borders of marks.

All limits are data of the pack. Every statement carries how many participants stand behind it and how far that
carries. The results judge the work of a school with a subject; nothing here knows a teacher.
"""

from shnor_desktop.domain.result_reading.cards import ResultCard, YearMarks, read_results
from shnor_desktop.domain.result_reading.dynamics import COMPARABLE
from shnor_desktop.domain.result_reading.objectivity import heaped_scores
from shnor_desktop.domain.result_reading.paper import ClassMarks, GroupDone, PaperDetail, paper_detail
from shnor_desktop.domain.result_reading.skills import SkillCell, SkillReading, in_order
from shnor_desktop.domain.result_reading.statements import Statement, StatementKind
from shnor_desktop.domain.result_reading.statements import caution as sample_caution
from shnor_desktop.domain.result_reading.tasks import TaskReading, judged_task

__all__ = [
    "COMPARABLE",
    "ClassMarks",
    "GroupDone",
    "PaperDetail",
    "ResultCard",
    "SkillCell",
    "SkillReading",
    "Statement",
    "StatementKind",
    "TaskReading",
    "YearMarks",
    "heaped_scores",
    "in_order",
    "judged_task",
    "paper_detail",
    "read_results",
    "sample_caution",
]
