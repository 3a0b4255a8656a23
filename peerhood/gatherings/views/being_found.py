"""The picture beside a shared link."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from peerhood.gatherings.being_found import card as cards
from peerhood.gatherings.being_found.telling import tellable
from peerhood.gatherings.confidentiality import Surface
from peerhood.platform.kept_pages import kept

A_DAY_SECONDS = 86_400


# Answers change nothing on it, so it hangs on what calendars hang on.
@require_safe
@kept("calendars", "circles", fresh_for=A_DAY_SECONDS)
def card(request, pk):
    """For everybody or for nobody: a member of a closed circle is shown none, either."""
    gathering = get_object_or_404(tellable(Surface.STRUCTURED_DATA).select_related("circle"), pk=pk)
    return HttpResponse(cards.drawn(gathering), content_type="image/png")
