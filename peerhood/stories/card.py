"""The picture beside a link to a story: its title, who wrote it where that may be said, and whose it is."""

from django.utils import translation
from django.utils.translation import gettext as _

from peerhood.gatherings.being_found import picture
from peerhood.gatherings.being_found.picture import INK, MARGIN, QUIET
from peerhood.stories.models import Story

WIDTH = picture.WIDTH - 2 * MARGIN


def drawn(story: Story) -> bytes:
    """A PNG, in the story's language."""
    sheet, pen = picture.blank()
    picture.title(pen, story.title, left=MARGIN)
    with translation.override(story.language):
        picture.line(pen, byline(story), (MARGIN, 428), 34, INK, width=WIDTH)
    picture.line(pen, story.circle.name, (MARGIN, 480), 34, QUIET, width=WIDTH)
    picture.site_name(pen, width=WIDTH)
    return picture.as_png(sheet)


def byline(story: Story) -> str:
    """The names that the page gives, and no others."""
    if not story.is_named():
        return _("Told without names")
    names = [str(story.author) if story.author else _("A former member")]
    return ", ".join([*names, *(str(each.person) for each in story.others_who_wrote())])
