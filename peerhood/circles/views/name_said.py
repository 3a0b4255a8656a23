"""The name of whoever comes in: members know one another by it, and an address alone has brought none."""

from peerhood.circles.forms import NameForm
from peerhood.people import profiles


def name_form(request) -> NameForm | None:
    """The question for their name, with what they answered; None when we know it."""
    if request.user.name:
        return None
    return NameForm(request.POST if "name" in request.POST else None)


def keep_name(request, form: NameForm | None) -> bool:
    """Whether they have a name now."""
    if form is None:
        return True
    if form.is_valid():
        profiles.change(request.user, name=form.cleaned_data["name"])
        return True
    return False
