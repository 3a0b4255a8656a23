"""The levels of confidentiality: what each asks of people, and what this site does under it, surface by surface.

This is the one place where it is decided. Whatever shows, sends, prints, writes down or finds something of a
gathering asks the table by its surface; the promise page prints it, and its tests walk along it. A new surface
is a new column here first. The reason for each cell: docs/decisions/0016.

A gathering is under the level of its strictest item. Pure: no database, no request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(TextChoices):
    """In the order of a form; which is stricter says the table."""

    OPEN = "open", _("Open")
    CHATHAM_HOUSE = "chatham", _("Chatham House Rule")
    CONFIDENTIAL = "confidential", _("Confidential")
    AGENDA_ONLY = "agenda-only", _("Agenda only")


class WriteUp(TextChoices):
    """What a story may be made of. Without names: no byline, no gathering, no day."""

    NAMED = "named", _("Yes, with its author, the gathering and the day")
    UNNAMED = "unnamed", _("What was said and how, without an author, the gathering or a day")
    METHOD = "method", _("The topics and the method only, without an author, the gathering or a day")
    NONE = "none", _("No")


class Surface(TextChoices):
    """Where something of an item or a gathering could get out. The words are the promise page's."""

    AUTHOR = "author", _("It is kept who wrote a note in the pot")
    TIME = "time", _("It is kept when a note was written")
    FEWEST_PRESENT = "fewest-present", _("So many must be in the room before notes are shown")
    FEWEST_NOTES = "fewest-notes", _("So many must have written before notes are shown")
    ATTENDEES_PUBLIC = "attendees-public", _("Visitors read the names of guests who chose “everybody”")
    ATTENDEES_MEMBERS = "attendees-members", _("Members who do not come read who does")
    SPEAKER_PUBLIC = "speaker-public", _("Visitors read who leads an item")
    RECORDING = "recording", _("A recording may be attached")
    PHOTOS = "photos", _("Photos may be attached")
    SHARE = "share", _("The page has links to pass it on")
    STRUCTURED_DATA = "structured-data", _("Link previews and search engines are told what it is")
    INDEX = "index", _("Search engines may list its page")
    FEED = "feed", _("Public calendars say what it is, and where")
    CALENDAR_DETAILS = "calendar-details", _("A guest’s own calendar says what it is, and where")
    MAIL_SUBJECT = "mail-subject", _("The subject of a mail says what it is")
    MAIL_DETAILS = "mail-details", _("A mail or a letter says what an item is about, and who leads it")
    NOTICE_NAMES = "notice-names", _("A mail gives another guest’s surname and employer")
    SEARCH = "search", _("The hosts’ words and the room are found by searching here")
    EXPORT_NAMES = "export-names", _("A copy of somebody’s own data names others who were there")
    PAPER_NAMES = "paper-names", _("A list of names may lie open, or go to a reception")
    AUDIT_PERSON = "audit-person", _("The journal says whom the door checked in")
    WRITE_UP = "write-up", _("A story may be written about it")
    COMMENTS = "comments", _("Readers may comment on a story about it")


# What is put beside a gathering or its story; whatever does so asks ``may_attach``.
ATTACHED = (Surface.RECORDING, Surface.PHOTOS)
# Kept at no level: there is one way to write, and no author anywhere to be careless with (decision 15).
NEVER_KEPT = (Surface.AUTHOR, Surface.TIME)

Cell = bool | int | WriteUp


@dataclass(frozen=True)
class Rule:
    """One level: what it means, what it asks on a gathering's page and in the room, and its row of the table."""

    means: str | Promise
    cells: Mapping[Surface, Cell]
    heading: str | Promise = ""
    asks: str | Promise = ""
    asks_in_the_room: str | Promise = ""
    # The room runs it with a reminder first, objections, and an end to the minute.
    runs_as_forum: bool = False


def _row(**cells: Cell) -> dict[Surface, Cell]:
    """A row by the surfaces' names: ``_row(SHARE=True)``."""
    return {Surface[name]: cell for name, cell in cells.items()}


# Strictest last.
TABLE: dict[str, Rule] = {
    Level.OPEN: Rule(
        means=_("You may tell others what was said, and by whom."),
        cells=_row(
            AUTHOR=False,
            TIME=False,
            # A pot may be opened before the first phone is in the room.
            FEWEST_PRESENT=0,
            FEWEST_NOTES=1,
            ATTENDEES_PUBLIC=True,
            ATTENDEES_MEMBERS=True,
            SPEAKER_PUBLIC=True,
            RECORDING=True,
            PHOTOS=True,
            SHARE=True,
            STRUCTURED_DATA=True,
            INDEX=True,
            FEED=True,
            CALENDAR_DETAILS=True,
            MAIL_SUBJECT=True,
            MAIL_DETAILS=True,
            NOTICE_NAMES=True,
            SEARCH=True,
            EXPORT_NAMES=True,
            PAPER_NAMES=True,
            AUDIT_PERSON=True,
            WRITE_UP=WriteUp.NAMED,
            COMMENTS=True,
        ),
    ),
    Level.CHATHAM_HOUSE: Rule(
        means=_("Use what you learn. Never say who said it, whom they work for, or who was there."),
        heading=_("Under the Chatham House Rule."),
        asks=_("Use what you learn. Never say who said it, where they work, or who was there."),
        asks_in_the_room=_(
            "Use what you learn here. Do not say who said it, where they work, or who was here."
        ),
        cells=_row(
            AUTHOR=False,
            TIME=False,
            FEWEST_PRESENT=5,
            FEWEST_NOTES=3,
            ATTENDEES_PUBLIC=False,
            ATTENDEES_MEMBERS=True,
            SPEAKER_PUBLIC=False,
            RECORDING=False,
            PHOTOS=False,
            SHARE=False,
            STRUCTURED_DATA=False,
            INDEX=False,
            FEED=True,
            CALENDAR_DETAILS=True,
            MAIL_SUBJECT=True,
            MAIL_DETAILS=False,
            NOTICE_NAMES=False,
            SEARCH=False,
            EXPORT_NAMES=False,
            PAPER_NAMES=False,
            AUDIT_PERSON=False,
            WRITE_UP=WriteUp.UNNAMED,
            COMMENTS=True,
        ),
    ),
    Level.AGENDA_ONLY: Rule(
        means=_(
            "The Chatham House Rule, and only what is on the agenda: no other business, a reminder of competition "
            "law, and minutes that list topics and never speakers."
        ),
        heading=_("Agenda only."),
        asks=_(
            "We keep to what is on the agenda, and to the Chatham House Rule. No prices, bids, customers or plans "
            "that compete; minutes list topics, never speakers."
        ),
        asks_in_the_room=_(
            "We keep to the agenda. Do not say who said what, where they work, or who was here."
        ),
        runs_as_forum=True,
        cells=_row(
            AUTHOR=False,
            TIME=False,
            FEWEST_PRESENT=5,
            FEWEST_NOTES=3,
            ATTENDEES_PUBLIC=False,
            ATTENDEES_MEMBERS=True,
            SPEAKER_PUBLIC=False,
            RECORDING=False,
            PHOTOS=False,
            SHARE=False,
            STRUCTURED_DATA=False,
            INDEX=False,
            FEED=False,
            CALENDAR_DETAILS=False,
            MAIL_SUBJECT=False,
            MAIL_DETAILS=False,
            NOTICE_NAMES=False,
            SEARCH=False,
            EXPORT_NAMES=False,
            PAPER_NAMES=False,
            AUDIT_PERSON=False,
            WRITE_UP=WriteUp.METHOD,
            COMMENTS=False,
        ),
    ),
    Level.CONFIDENTIAL: Rule(
        means=_("Nothing leaves the room."),
        heading=_("Confidential."),
        asks=_("What is said here stays here. Nothing leaves the room, with or without a name."),
        asks_in_the_room=_("What is said here stays here."),
        cells=_row(
            AUTHOR=False,
            TIME=False,
            FEWEST_PRESENT=5,
            FEWEST_NOTES=3,
            ATTENDEES_PUBLIC=False,
            ATTENDEES_MEMBERS=False,
            SPEAKER_PUBLIC=False,
            RECORDING=False,
            PHOTOS=False,
            SHARE=False,
            STRUCTURED_DATA=False,
            INDEX=False,
            FEED=False,
            CALENDAR_DETAILS=False,
            MAIL_SUBJECT=False,
            MAIL_DETAILS=False,
            NOTICE_NAMES=False,
            SEARCH=False,
            EXPORT_NAMES=False,
            PAPER_NAMES=False,
            AUDIT_PERSON=False,
            WRITE_UP=WriteUp.NONE,
            COMMENTS=False,
        ),
    ),
}


def allows(level: str, surface: Surface) -> bool:
    """
    >>> allows("open", Surface.SHARE), allows("chatham", Surface.SHARE)
    (True, False)
    """
    cell = TABLE[level].cells[surface]
    if not isinstance(cell, bool):
        raise TypeError(f"{surface} is not a matter of yes or no.")
    return cell


def forbidding(surface: Surface) -> list[str]:
    """The levels that do not allow it, for a question to the database.

    >>> forbidding(Surface.FEED)
    ['agenda-only', 'confidential']
    """
    return [str(level) for level in TABLE if not allows(level, surface)]


def runs_as_forum(level: str) -> bool:
    """
    >>> runs_as_forum("agenda-only"), runs_as_forum("confidential")
    (True, False)
    """
    return TABLE[level].runs_as_forum


def run_as_forum() -> list[str]:
    """The levels that the room runs as a forum, for a question to the database."""
    return [str(level) for level in TABLE if runs_as_forum(level)]


def fewest(level: str, surface: Surface) -> int:
    """How many it takes at least: people in the room, or notes."""
    cell = TABLE[level].cells[surface]
    if isinstance(cell, bool) or not isinstance(cell, int):
        raise TypeError(f"{surface} is not a number.")
    return cell


def write_up(level: str) -> WriteUp:
    cell = TABLE[level].cells[Surface.WRITE_UP]
    if not isinstance(cell, WriteUp):
        raise TypeError(f"{cell} is no way to write up.")
    return cell


def never_written_up() -> list[str]:
    """The levels of which nothing is told, for a question to the database."""
    return [str(level) for level in TABLE if write_up(level) == WriteUp.NONE]


def asks_something(level: str) -> bool:
    """Does it ask anything of people that may not be said outside?"""
    return bool(TABLE[level].asks)


def strictest(levels: Iterable[str]) -> str:
    """The strictest of them; open when there are none.

    >>> str(strictest(["chatham", "confidential", "agenda-only"]))
    'confidential'
    """
    order = list(TABLE)
    return max(levels, key=order.index, default=order[0])


def may_attach(level: str, surface: Surface) -> bool:
    """May a recording or photos be attached? Whatever attaches them has to ask here."""
    if surface not in ATTACHED:
        raise TypeError(f"{surface} is nothing to attach.")
    return allows(level, surface)
