"""Telling: who gets a mail about a comment. No mail says who wrote it, or what."""

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from peerhood.circles.models import Membership
from peerhood.notices import sending
from peerhood.people import silence
from peerhood.people.models import Person
from peerhood.stories.comments import following
from peerhood.stories.models import Comment, Newsroom, Story


def tell_followers(comment: Comment) -> None:
    """Whoever follows and can still read the story; not its writer, nor whoever is kept from them."""
    story = comment.story
    apart = silence.hidden_from(comment.author) if comment.author else set()
    followings = story.followings.exclude(person__in=apart).select_related("person").order_by("pk")
    for each in followings:
        if each.person_id == comment.author_id or not _may_read(each.person, story):
            continue
        sending.send(
            each.person,
            "stories/commented",
            key=f"commented/{comment.pk}/{each.person_id}",
            leave=following.link_for(each),
            told=story,
            link=settings.SITE_URL + comment.get_absolute_url(),
        )


def _may_read(person: Person, story: Story) -> bool:
    return Story.objects.visible_to(person).filter(pk=story.pk).exists()


def moderators_of(story: Story) -> list[Person]:
    """Whoever may moderate (``can_edit``): its writers, the circle's organisers, and the editors it named."""
    organisers = Membership.objects.organising().filter(circle=story.circle_id).values("person")
    along = story.co_authors.filter(agreed_at__isnull=False).values("person")
    inside = Membership.objects.inside().filter(circle=story.circle_id).values("person")
    editors = Q(
        pk__in=Newsroom.editors.through.objects.filter(newsroom__circle=story.circle_id).values("person")
    )
    people = Q(pk__in=organisers) | Q(pk=story.author_id) | Q(pk__in=along) | editors & Q(pk__in=inside)
    return list(Person.objects.filter(people).order_by("pk"))


def tell_moderators(comment: Comment) -> None:
    """Once a day for each story, however many wait."""
    for person in moderators_of(comment.story):
        key = f"comment-waits/{comment.story_id}/{localdate()}/{person.pk}"
        sending.send(person, "stories/comment_waits", key=key, told=comment.story)


def tell_of_report(comment: Comment) -> None:
    """Once a day for each comment; whoever wrote it is told nothing."""
    for person in moderators_of(comment.story):
        if person.pk != comment.author_id:
            key = f"comment-reported/{comment.pk}/{localdate()}/{person.pk}"
            sending.send(person, "stories/comment_reported", key=key, told=comment.story)


def tell_guest(comment: Comment, address: str) -> None:
    """The one mail a guest asked for; nothing of it is kept once it is delivered."""
    sending.send_to(
        address,
        "stories/comment_appeared",
        language=comment.language,
        is_fleeting=True,
        told=comment.story,
        link=settings.SITE_URL + comment.get_absolute_url(),
    )
