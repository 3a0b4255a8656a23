"""A bare list of fifty gatherings: one query, one template, nothing kept."""

from functools import cache

from django.http import HttpResponse
from django.template import engines
from django.urls import path
from django.utils.timezone import now

from peerhood.gatherings.models import Gathering

TEMPLATE = """<!doctype html><html lang="en"><head><title>Gatherings</title></head><body><h1>Gatherings</h1><ul>
{% for gathering in gatherings %}<li>
<time datetime="{{ gathering.starts_at|date:'c' }}"><span>{{ gathering.starts_at|date:"D" }}</span> <b>{{ gathering.starts_at|date:"j" }}</b></time>
<h2><a href="/gatherings/{{ gathering.pk }}/">{{ gathering.title }}</a></h2>
<p>{{ gathering.starts_at|date:"l j F" }}, {{ gathering.starts_at|date:"H:i" }}–{{ gathering.ends_at|date:"H:i" }}</p>
<p>{{ gathering.circle.name }}{% if gathering.place_name %} · {{ gathering.place_name }}{% endif %}</p>
<p>{% if gathering.free_seats %}{{ gathering.free_seats }} of {{ gathering.capacity }} places left{% else %}Full{% endif %}</p>
</li>{% endfor %}</ul></body></html>"""


def gatherings(request):
    rows = (
        Gathering.objects.filter(state=Gathering.State.PUBLISHED, ends_at__gt=now())
        .select_related("circle")
        .order_by("starts_at", "pk")[:50]
    )
    return HttpResponse(template().render({"gatherings": rows}))


@cache
def template():
    """Parsed once, as Django's cached loader does."""
    return engines["django"].from_string(TEMPLATE)


urlpatterns = [path("gatherings/", gatherings)]
