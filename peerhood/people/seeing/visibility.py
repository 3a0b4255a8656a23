"""Visibility: who sees what somebody says about themselves, field by field.

A field is seen by nobody else, by people in one's circles, by everybody who has signed
in here, or by anybody. Whoever looks is as near as one of these levels says, and sees
what is open to that level. A name is seen in one's circles at least: a circle is people
who know one another.
"""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """Who may see a field; also how near somebody is who looks. From the narrowest on."""

    ME = "me", _("Only me")
    CIRCLES = "circles", _("My circles")
    MEMBERS = "members", _("All members")
    PUBLIC = "public", _("Everybody")


# By its word; asked for every field of every person in a list.
LEVELS = {level.value: level for level in Level}
WIDTH = {level: width for width, level in enumerate(Level)}
# What has a visibility, in the order of the profile; the pack's questions come after these.
FIELDS = (
    "name",
    "photo",
    "work",
    "job",
    "town",
    "languages",
    "ask_me_about",
    "would_learn",
    "could_talk",
    "links",
)
UNSAID = Level.CIRCLES


def level_of(chosen: Mapping[str, str], field: str) -> Level:
    """Who may see a field, from what was chosen for each.

    >>> level_of({"town": "public"}, "town").value, level_of({}, "town").value, level_of({"name": "me"}, "name").value
    ('public', 'circles', 'circles')
    """
    level = LEVELS.get(chosen.get(field, UNSAID), UNSAID)
    return max(level, Level.CIRCLES, key=WIDTH.__getitem__) if field == "name" else level


def is_open_to(nearness: Level, level: Level) -> bool:
    """May somebody as near as this see what is open to that level?

    >>> is_open_to(Level.MEMBERS, Level.CIRCLES), is_open_to(Level.CIRCLES, Level.MEMBERS)
    (False, True)
    """
    return WIDTH[level] >= WIDTH[nearness]


def levels_open_to(nearness: Level) -> list[str]:
    """The levels whose fields somebody as near as this may see.

    >>> levels_open_to(Level.MEMBERS)
    ['members', 'public']
    """
    return [level.value for level in Level if is_open_to(nearness, level)]
