"""The passport of a demo school: context, classes, staff list, the people around the programme."""

from __future__ import annotations

from datetime import date

from shnor_desktop.models.school import Building, School, SchoolClass
from shnor_desktop.models.staff import StaffMember
from shnor_desktop.models.support import Assignment
from shnor_desktop.services.demo.context import context_of, part_of
from shnor_desktop.services.demo.drafting import SchoolDraft, Teacher
from shnor_desktop.services.demo.library import partition, words

GRADES = 9
_POSTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("director", ("history",)),
    ("deputy", ("chemistry", "biology")),
    ("teacher", ("russian",)),
    ("teacher", ("math",)),
    ("primary_teacher", ("primary",)),
    ("primary_teacher", ("primary",)),
    ("teacher", ("russian",)),
    ("teacher", ("math", "informatics")),
    ("primary_teacher", ("primary",)),
    ("teacher", ("foreign",)),
    ("teacher", ("pe", "safety")),
    ("primary_teacher", ("primary",)),
    ("teacher", ("biology", "geography")),
    ("social_teacher", ()),
    ("teacher", ("history",)),
    ("teacher", ("technology", "art")),
    ("psychologist", ()),
    ("teacher", ("physics", "informatics")),
    ("deputy", ("geography",)),
    ("teacher", ("russian",)),
    ("teacher", ("math", "physics")),
    ("teacher", ("foreign",)),
)
"""Posts in the order in which a school fills them: a smaller one has the first of them."""


def write_passport(draft: SchoolDraft) -> None:
    """The school itself, its buildings and classes, then the staff list."""
    _staff(draft)
    _school(draft)
    draft.write("заполнен паспорт школы", date(2024, 1, 18))
    _classes(draft)
    draft.write("заполнены классы", date(2024, 1, 19))


def write_team(draft: SchoolDraft) -> None:
    """Who is who in the project: people of the school by their row, others by name."""
    inner = {
        "director": "director",
        "deputy": "deputy",
        "psychologist": "psychologist",
        "social_teacher": "social_teacher",
    }
    for role, position in inner.items():
        teacher = next((item for item in draft.staff if item.position == position), None)
        if teacher is not None:
            draft.add(
                Assignment, {"role": role, "staff": teacher.id, "person": teacher.name, "since": date(2024, 2, 1)}
            )
    heads = [item for item in draft.staff if "russian" in item.subjects][:1]
    for head in heads:
        since = date(2024, 2, 1)
        draft.add(Assignment, {"role": "subject_group_head", "staff": head.id, "person": head.name, "since": since})
    outer = (
        ("coordinator", str(words("schools")["centre_name"]), date(2024, 2, 6)),
        ("curator", "Региональный оператор проекта", date(2024, 2, 13)),
        ("methodical_activist", "Региональный оператор проекта", date(2024, 4, 9)),
    )
    for role, organisation, day in outer:
        values = {
            "role": role,
            "person": draft.people.draw(is_female=True).name,
            "organisation": organisation,
            "since": date(2024, 2, 1),
            "first_contact_on": day,
            "agreed": "Согласован график встреч, вопросы передаются через школу.",
        }
        draft.add(Assignment, values)
    draft.write("назначена команда программы", date(2024, 2, 14))


def _school(draft: SchoolDraft) -> None:
    profile, random = draft.profile, draft.random
    pupils = profile.pupils
    draft.class_sizes = partition(random, pupils, GRADES, max(1, pupils // 60))
    director = draft.staff[0].name
    groups = context_of(draft)
    computers = {"high": 10, "medium": 6, "low": 4}[profile.target("equipment")]
    has = {item.position for item in draft.staff}
    values = {
        "code": profile.code,
        "short_name": profile.short_name,
        "full_name": profile.full_name,
        "kind": "basic",
        "municipality": str(words("schools")["district"]),
        "locality": profile.locality,
        "territory": profile.territory,
        "address": f"{profile.locality}, улица Школьная, дом {random.randint(1, 30)}",
        "founder": str(words("schools")["founder"]),
        "director": director,
        "responsible": f"{draft.staff[1].name}, заместитель директора",
        "support_level": profile.support_level,
        "history": str(words("texts")["history"]) if random.random() < 0.7 else None,
        "pupils": pupils,
        "pupils_as_of": date(2024, 9, 1) if draft.as_of >= date(2024, 9, 1) else draft.as_of,
        **groups,
        "distance_km": profile.distance,
        "is_small": pupils < 90,
        "computers": max(1, pupils // computers),
        "internet_mbps": {"high": 8, "medium": 40, "low": 100}[profile.target("equipment")],
        "vacancies": {"high": 3, "medium": 1, "low": 0}[profile.target("staff_shortage")],
        "psychologist": "psychologist" in has,
        "speech_therapist": False,
        "social_teacher": "social_teacher" in has,
    }
    draft.change(School, draft.workspace.school, values)


def _classes(draft: SchoolDraft) -> None:
    main = draft.add(Building, {"name": "Основное здание", "is_branch": False, "pupils": sum(draft.class_sizes)})
    for grade, pupils in enumerate(draft.class_sizes, start=1):
        draft.add(SchoolClass, {"grade": grade, "letter": "А", "pupils": pupils, "building": main})


def _staff(draft: SchoolDraft) -> None:
    profile, random = draft.profile, draft.random
    count = profile.staff
    weak = profile.target("competence")
    highest = part_of(count, {"high": 18, "medium": 28, "low": 45}[weak])
    first = part_of(count, {"high": 31, "medium": 30, "low": 35}[weak])
    overdue = part_of(count, {"high": 14, "medium": 12, "low": 0}[weak])
    categories = ["highest"] * highest + ["first"] * first
    categories += [random.choice(["conformity", "conformity", "none"]) for _ in range(count - len(categories))]
    random.shuffle(categories)
    late = set(random.sample(range(2, count), overdue))
    tired = profile.target("staff_shortage")
    for place, (position, subjects) in enumerate(_POSTS[:count]):
        age = random.choice([27, 31, 34, 38, 41, 44, 46, 49, 52, 55, 58, 61, 64])
        if place < 2:
            age = random.randint(42, 56)
        category = categories[place]
        if category in ("highest", "first") and age < 34:
            age = random.choice([41, 46, 52])
        person = draft.people.draw(is_female=False if "pe" in subjects else None)
        teaches = position not in ("psychologist", "social_teacher")
        hours = {"high": 29, "medium": 25, "low": 21}[tired] + random.randint(-3, 3)
        last_training = date(2020, random.randint(9, 12), 15) if place in late else _recently(draft)
        values = {
            "full_name": person.name,
            "position": position,
            "subjects": list(subjects) or None,
            "birth_year": draft.as_of.year - age,
            "education": "secondary" if position == "primary_teacher" and random.random() < 0.4 else "higher",
            "experience": max(1, age - 23 - random.randint(0, 6)),
            "category": category,
            "last_training": last_training,
            "training_hours": random.choice([16, 24, 36, 36, 72]),
            "workload": (hours if position not in ("director", "deputy") else 9) if teaches else None,
            "is_external": False,
            "retired": age >= 60,
        }
        row = draft.add(StaffMember, values)
        draft.staff.append(Teacher(row, person.name, position, subjects, category))
    draft.write("заполнен список педагогов", date(2024, 1, 17))


def _recently(draft: SchoolDraft) -> date:
    """Courses within the last three years of the demo's today, before the list was typed."""
    year = draft.random.choice([2022, 2023, 2023])
    return date(year, draft.random.choice([3, 4, 6, 11]), draft.random.randint(5, 25))
