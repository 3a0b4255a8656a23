"""The demo's own doors: come in as somebody, and read the mail. They exist on one's own machine and nowhere else."""

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from peerhood.circles.models import Membership
from peerhood.demo import cast
from peerhood.notices.models import Mail
from peerhood.people.models import Person
from peerhood.platform.whole_numbers import whole_number

MAILS_ON_A_PAGE = 50


@require_safe
def come_in(request):
    """A dozen people of the demo, each with one button."""
    people = {person.email: person for person in _cast()}
    doors = [(people[address], sentence) for address, sentence in cast.CAST if address in people]
    return render(request, "demo/come_in.html", {"doors": doors})


@require_POST
def come_in_as(request):
    person = get_object_or_404(_cast(), pk=whole_number(request.POST.get("person", "")))
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return redirect("pages:home")


@require_safe
def mails(request):
    """Every mail that was written, newest first; those that were given up stand on top."""
    summaries = Mail.objects.defer("text").order_by("-pk")
    alive = Paginator(summaries.exclude(state=Mail.State.DEAD), MAILS_ON_A_PAGE)
    context = {
        "page": alive.get_page(request.GET.get("page")),
        "dead": summaries.dead()[:MAILS_ON_A_PAGE],
    }
    return render(request, "demo/mails.html", context)


@require_safe
@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # typed for views without arguments
def mail(request, pk):
    return render(request, "demo/mail.html", {"mail": get_object_or_404(Mail, pk=pk)})


@require_safe
@xframe_options_sameorigin
@csp_replace({"script-src": [NONE], "style-src": [UNSAFE_INLINE], "frame-ancestors": [SELF]})  # type: ignore[arg-type]
def mail_html(request, pk):
    """The HTML part as a mail program shows it: its own looks, and not a script."""
    return HttpResponse(get_object_or_404(Mail, pk=pk).html)


def _cast():
    inside = Membership.objects.inside().select_related("circle").order_by("pk")
    people = Person.objects.filter(email__in=[address for address, _sentence in cast.CAST])
    return people.prefetch_related(Prefetch("memberships", inside, to_attr="places"))
