"""Replying: any member, until the day is over or the corner forgets it; and taking back what one said oneself."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from peerhood.circles.permissions import can_organise
from peerhood.people.models import Person
from peerhood.platform import presence
from peerhood.platform.refusals import Refusal
from peerhood.stories.models.thread import Reply, Thread


@transaction.atomic
def reply(thread: Thread, text: str, *, by: Person) -> Reply:
    """Say something to it. The same words twice in a row are said once: a form was sent again."""
    presence.hold(by)
    held = Thread.objects.visible_to(by).select_for_update(of=("self",)).select_related("circle")
    found = held.filter(pk=thread.pk).first()
    if found is None:
        raise PermissionDenied
    if not found.takes_replies():
        raise Refusal(_("The day to reply by is over. Write to whoever asked, or bring it along next time."))
    last = found.replies.last()
    if last is not None and last.author_id == by.pk and last.text == text.strip():
        return last
    return Reply.objects.create(thread=found, author=by, text=text.strip())


@transaction.atomic
def take_back(one: Thread | Reply, *, by: Person) -> None:
    """Remove it, a thread with its replies: whoever said it, and the circle's organisers."""
    circle = one.circle if isinstance(one, Thread) else one.thread.circle
    if one.author_id != by.pk and not can_organise(by, circle):
        raise PermissionDenied
    presence.hold(by)
    one.delete()
