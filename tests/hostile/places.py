"""Where somebody may write for others or for themselves: each is filled with the corpus, and says its path.

Straight into the database, past every form: what a form would cut off or refuse stands there, too.
"""

from datetime import timedelta

from django.utils.timezone import localdate, now

from peerhood.connections.models import Connection, Note, ThankYou
from peerhood.growth.models import Opportunity, Pitch, PitchCard
from peerhood.stories.models import Comment, Reply, Story, Thread


def story(circle, writer, reader, corpus):
    """Each vector as a comment of its own or among ten, and all of them as the story's text."""
    told = Story.objects.create(
        circle=circle,
        author=writer,
        title="What we ate",
        slug="what-we-ate",
        text="\n\n".join(corpus),
        language="en",
        published_at=now(),
    )
    Comment.objects.bulk_create(
        Comment(story=told, author=writer, text=each, language="en") for each in corpus[:30]
    )
    Comment.objects.bulk_create(
        Comment(story=told, author=writer, text="\n\n".join(corpus[n : n + 10]), language="en", depth=1,
                parent=told.comments.first())
        for n in range(30, len(corpus), 10)
    )  # fmt: skip
    return told.get_absolute_url()


def thread(circle, writer, reader, corpus):
    asked = Thread.objects.create(
        circle=circle,
        author=writer,
        kind="question",
        title=corpus[0],
        text="\n\n".join(corpus),
        reply_by=localdate() + timedelta(days=5),
    )
    Reply.objects.create(thread=asked, author=writer, text="\n\n".join(corpus))
    return asked.get_absolute_url()


def opportunity(circle, writer, reader, corpus):
    return Opportunity.objects.create(
        circle=circle,
        author=writer,
        kind="job",
        title=corpus[0],
        place=corpus[1],
        text="\n\n".join(corpus),
        last_day=localdate() + timedelta(days=5),
        dated_on=localdate(),
    ).get_absolute_url()


def bio(circle, writer, reader, corpus):
    said = " ".join(corpus)
    writer.name, writer.town, writer.links = corpus[0], corpus[1], ["javascript:alert(1)", said]
    writer.work = writer.ask_me_about = writer.would_learn = writer.could_talk = said
    writer.visibility = dict.fromkeys(
        ("town", "links", "work", "ask_me_about", "would_learn", "could_talk"), "members"
    )
    writer.save()
    return f"/people/{writer.pk}/"


def note(circle, writer, reader, corpus):
    one, other = sorted((writer, reader), key=lambda person: person.pk)
    Connection.objects.create(one=one, other=other, one_said_at=now(), other_said_at=now())
    Note.objects.create(owner=reader, about=writer, text="\n".join(corpus))
    return "/connections/"


def thanks(circle, writer, reader, corpus):
    ThankYou.objects.create(sender=writer, receiver=reader, text="\n".join(corpus))
    return "/connections/thanks/"


def pitch(circle, writer, reader, corpus):
    asking = Pitch.objects.create(person=writer, title=corpus[0], text="\n".join(corpus))
    return PitchCard.objects.create(pitch=asking, peer=reader).get_absolute_url()


IN_MARKDOWN = [story, thread, opportunity]
IN_WORDS = [bio, note, thanks, pitch]
