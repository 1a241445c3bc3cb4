"""The course of the project: tasks of stages that are over, waves of monitoring, remarks that wait for an answer."""

from __future__ import annotations

from collections.abc import Iterator

from shnor_desktop.domain.checks.case import Case
from shnor_desktop.domain.checks.required import PAGE_OF_ENTITY
from shnor_desktop.domain.facts import FACT_CLASSES, RemarkFact
from shnor_desktop.domain.findings import EXCHANGE, MONITORING, TODAY, CheckCode, Finding, short_label
from shnor_desktop.domain.russian import long_date

_CLOSED = ("done", "not_needed")


def stages_findings(case: Case) -> Iterator[Finding]:
    """Tasks of the school itself; what the source asks «при необходимости» is never overdue."""
    closed = {mark.task for mark in case.facts.stage_tasks if mark.state in _CLOSED}
    marks = {mark.task: mark.id for mark in case.facts.stage_tasks}
    own_lanes = {lane.id for lane in case.pack.lanes if lane.at_school}
    stages = {stage.id: stage for stage in case.pack.stages}
    for task in case.pack.tasks:
        stage = stages[task.stage]
        if task.lane in own_lanes and not task.optional and stage.end < case.as_of and task.id not in closed:
            params = {"task": short_label(task.text), "stage": stage.number, "end": long_date(stage.end)}
            row = marks.get(task.id, "")
            yield Finding(CheckCode.TASK_OVERDUE, TODAY, "stage_task_mark", row, task.id, params)


def monitoring_findings(case: Case) -> Iterator[Finding]:
    """A wave whose day has passed and in which nothing was typed."""
    begun = {(answer.form, answer.wave) for answer in case.facts.answers}
    for wave in case.pack.monitoring_waves:
        if wave.due < case.as_of and (wave.form, wave.id) not in begun:
            params = {"wave": wave.title, "due": long_date(wave.due)}
            yield Finding(CheckCode.WAVE_UNFILLED, MONITORING, "diagnostic_answer", "", wave.id, params)


def remark_findings(case: Case) -> Iterator[Finding]:
    """Remarks without an answer, at the very place that they speak of while it stands; one finding a place."""
    said: set[tuple[str, str, str]] = set()
    for remark in case.facts.remarks:
        if remark.kind == "praise" or remark.state not in ("new", "in_work"):
            continue
        entity, row, field = _place(case, remark)
        if (entity, row, field) not in said:
            said.add((entity, row, field))
            place = short_label(remark.target_caption or "документы школы")
            params = {"place": place, "body": short_label(remark.body or "")}
            page = PAGE_OF_ENTITY.get(remark.target_entity or "", EXCHANGE)
            yield Finding(CheckCode.REMARK_UNANSWERED, page, entity, row, field, params)


def _place(case: Case, remark: RemarkFact) -> tuple[str, str, str]:
    """Entity, row and field of a remark's place; the remark itself where that is a page or is gone."""
    entity, row, field = remark.target_entity or "", remark.target_row or "", remark.target_field or ""
    if entity in FACT_CLASSES and entity in PAGE_OF_ENTITY:
        stands = any(one.id == row for one in case.facts.rows(entity))
        if stands or (entity == "diagnostic_answer" and field):
            return entity, row if stands else "", field
    return remark.entity, remark.id, "answer"
