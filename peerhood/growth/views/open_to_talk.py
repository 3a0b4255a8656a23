"""Who says that they are open to talk, and saying it oneself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from peerhood.growth.models.opportunity import OpenToTalk
from peerhood.growth.opportunities import open_to_talk
from peerhood.growth.opportunities.forms import OpenToTalkForm
from peerhood.growth.views.opportunities import circle_at

PAGE_SIZE = 20


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request):
    said = OpenToTalk.objects.filter(person=request.user).first()
    form = OpenToTalkForm(request.POST or None, instance=said, person=request.user)
    if form.is_valid():
        open_to_talk.say(request.user, **form.cleaned_data)
        messages.success(request, _("Said, for ninety days. Your colleagues do not see it."))
        return redirect("growth:open_to_talk")
    context = {"form": form, "said": said}
    return render(
        request, "growth/opportunities/open_to_talk.html", context, status=422 if form.errors else 200
    )


@login_required
@require_POST
def end(request):
    open_to_talk.end(request.user)
    messages.success(request, _("Ended. Nobody sees it any more."))
    return redirect("growth:open_to_talk")


@login_required
@require_safe
def people(request, slug):
    circle = circle_at(request, slug)
    said = open_to_talk.read_by(request.user, circle)
    page = Paginator(said, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "growth/opportunities/people.html", {"circle": circle, "page": page})
