"""Find the gathering a URL speaks of, among those this person may know of."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host


def visible(request, pk: int) -> Gathering:
    """The gathering, or 404: whether it does not exist or is not for this person looks the same."""
    gatherings = Gathering.objects.visible_to(request.user).select_related("circle")
    return get_object_or_404(gatherings, pk=pk)


def hosted(request, pk: int) -> Gathering:
    """The gathering for somebody who runs it; 403 for others who may know of it."""
    gathering = visible(request, pk)
    if not can_host(request.user, gathering):
        raise PermissionDenied
    return gathering


def posted(request):
    """What a form is bound to: an empty form that was sent is not one that is still to be filled in."""
    return request.POST if request.method == "POST" else None
