"""What is told: a story with a picture and comments, a recording, a pulse, and a question to the circle."""

from django.utils.timezone import localdate, now

from peerhood.stories import urls as story_urls
from peerhood.stories.comments import following
from peerhood.stories.models import Following, Pulse, Recording, Story, Topic
from peerhood.stories.threads import asking, replying
from tests.access.world.kwargs import Kwargs
from tests.access.world.scene import Scene

OF_A_COMMENT = [
    f"stories:{each.name}" for each in story_urls.urlpatterns if "comments/<int:pk>" in str(each.pattern)
]
OF_A_HELD_COMMENT = ("stories:let_through_comment", "stories:refuse_comment")
OF_A_RECORDING = [
    f"stories:{name}" for name in ("recording", "watch_recording", "edit_recording", "remove_recording")
]
OF_A_PLAYLIST = ("stories:playlist", "stories:add_line", "stories:take_out_line")
OF_A_PULSE = ("ask_pulse", "pulse", "draw_for_pulse", "remove_pulse")
OF_A_THREAD = ["threads", "ask_circle", "moan", "thread", "another_day", "remove_thread", "remove_reply"]


def plant(scene: Scene) -> Kwargs:
    circle, gathering = scene.circle, scene.gathering
    pulse = Pulse.objects.create(
        circle=circle, asked_by=scene.member, ask=f"Of {circle.name}", asked_count=6, last_member_pk=10**9
    )
    recording = Recording.objects.create(
        item=gathering.agenda.first(),
        title=f"Heard at {circle.name}",
        url="https://vimeo.com/1",
        language="en",
        agreed_at=now(),
    )
    return {
        **_thread(scene),
        **{f"stories:{name}": {**scene.of_circle, "pk": pulse.pk} for name in OF_A_PULSE},
        "stories:newsroom": scene.of_circle,
        **_story(scene),
        **{route: {"pk": recording.pk} for route in OF_A_RECORDING},
        "stories:attach_recording": {"pk": gathering.agenda.first().pk},
        **dict.fromkeys(OF_A_PLAYLIST, scene.of_gathering),
    }


def _story(scene: Scene) -> Kwargs:
    """The organiser's; the member commented on it, and a guest's comment is held."""
    circle, organiser, member = scene.circle, scene.organiser, scene.member
    story = Story.objects.create(
        circle=circle,
        author=organiser,
        title=f"What {circle.name} learned",
        slug=f"story-of-{circle.slug}",
        text="Much.",
        language="en",
        published_at=now(),
    )
    topic = Topic.objects.create(name=f"Topic of {circle.name}", slug=f"topic-of-{circle.slug}")
    story.topics.add(topic)
    story.pictures.create(number=1, content=b"RIFF", width=1, height=1, alt="A table", credit="Ours")
    story.revisions.create(version=0, title=story.title, text=story.text, by=organiser)
    comment = story.comments.create(author=member, text=f"Of {circle.name}", language="en")
    held = story.comments.create(guest_name=f"Of {circle.name}", text="Hm.", language="en", state="held")
    follower = Following(story=story, person=member)
    return {
        "stories": {"slug": story.slug, "number": 1, "version": 0, "pk": organiser.pk},
        "stories:topic": {"slug": topic.slug},
        **{route: {"slug": story.slug, "pk": comment.pk} for route in OF_A_COMMENT},
        **{route: {"slug": story.slug, "pk": held.pk} for route in OF_A_HELD_COMMENT},
        "stories:comments_off": {"link": following.link_for(follower).split("/")[-2]},
    }


def _thread(scene: Scene) -> Kwargs:
    """The member asks the circle, and answers."""
    question = asking.ask(
        scene.circle, by=scene.member, title="Who has done this?", text="", reply_by=localdate()
    )
    reply = replying.reply(question, "I have, in a way.", by=scene.member)
    of_thread = {**scene.of_circle, "pk": question.pk, "reply_pk": reply.pk}
    return {f"stories:{name}": of_thread for name in OF_A_THREAD}
