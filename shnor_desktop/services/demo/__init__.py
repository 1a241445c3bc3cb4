"""Demo data: an invented school and an invented centre, made from a seed through the services."""

from shnor_desktop.services.demo.centre import make_demo_centre
from shnor_desktop.services.demo.school import make_demo_school
from shnor_desktop.services.demo.seeding import DEMO_DAY

__all__ = ["DEMO_DAY", "make_demo_centre", "make_demo_school"]
