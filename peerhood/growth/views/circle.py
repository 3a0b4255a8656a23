"""What members of a circle do for one another's growth, from one door."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from peerhood.circles.models import Circle


@login_required
@require_safe
def show(request, slug):
    inside = Circle.objects.filter(memberships__in=request.user.memberships.inside())
    return render(request, "growth/circle.html", {"circle": get_object_or_404(inside, slug=slug)})
