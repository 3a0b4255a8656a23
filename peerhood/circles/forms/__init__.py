"""What people fill in about a circle, its members, and belonging to it."""

from peerhood.circles.forms.belonging import (
    ApplicationForm,
    HandoverForm,
    LeaveForm,
    LinkForm,
    NameForm,
    PauseForm,
)
from peerhood.circles.forms.circle import CircleForm, EntranceForm
from peerhood.circles.forms.conduct import CompetitionForm, OutcomeForm, ReportForm
from peerhood.circles.forms.lists import ConfirmForm, ListForm
from peerhood.circles.forms.members import FilterForm, GreetForm, ReasonForm, RoleForm

__all__ = [
    "ApplicationForm",
    "CircleForm",
    "CompetitionForm",
    "ConfirmForm",
    "EntranceForm",
    "FilterForm",
    "GreetForm",
    "HandoverForm",
    "LeaveForm",
    "LinkForm",
    "ListForm",
    "NameForm",
    "OutcomeForm",
    "PauseForm",
    "ReasonForm",
    "ReportForm",
    "RoleForm",
]
