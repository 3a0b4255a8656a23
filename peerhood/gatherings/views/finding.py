"""Find the gathering a URL speaks of, among those this person may know of."""

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import BigIntegerField
from django.http import Http404
from django.shortcuts import get_object_or_404

from peerhood.circles.models import Circle
from peerhood.gatherings.models import Gathering
from peerhood.gatherings.permissions import can_host

# As much of a gathering and its circle as says whom it is for. Written by hand: each answer asks them.
WHOSE = """
SELECT gathering.id, gathering.circle_id, gathering.state, circle.id, circle.kind FROM gatherings_gathering AS gathering
JOIN circles_circle AS circle ON circle.id = gathering.circle_id WHERE gathering.id = %s"""


def visible(request, pk: int) -> Gathering:
    """The gathering, or 404: whether it does not exist or is not for this person looks the same."""
    gathering = Gathering.objects.select_related("circle").filter(pk=pk).first()
    return _if_known(request, pk, gathering)


def to_act_on(request, pk: int) -> Gathering:
    """As ``visible``, with hardly more than its key: an act fetches it anew, under its lock."""
    if pk > BigIntegerField.MAX_BIGINT:
        # No row has it, and the database would stumble over it, which the ORM sees to elsewhere.
        raise Http404
    with connection.cursor() as cursor:
        cursor.execute(WHOSE, [pk])
        found = cursor.fetchone()
    if found is None:
        raise Http404
    gathering = Gathering.from_db(connection.alias, ("id", "circle_id", "state"), found[:3])
    gathering.circle = Circle.from_db(connection.alias, ("id", "kind"), found[3:])
    return _if_known(request, pk, gathering)


def _if_known(request, pk: int, gathering: Gathering | None) -> Gathering:
    # Most are for everybody, and then the long question, who may know of this one, need not be asked.
    if gathering is None or not gathering.is_for_everybody():
        known = Gathering.objects.select_related("circle").visible_to(request.user)
        gathering = get_object_or_404(known, pk=pk)
    return gathering


def hosted(request, pk: int) -> Gathering:
    """The gathering for somebody who runs it; 403 for others who may know of it."""
    gathering = visible(request, pk)
    if not can_host(request.user, gathering):
        raise PermissionDenied
    return gathering


def posted(request):
    """What a form is bound to: an empty form that was sent is not one that is still to be filled in."""
    return request.POST if request.method == "POST" else None
