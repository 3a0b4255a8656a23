"""Showing a story's text with its own pictures in it, and no others."""

from peerhood.design import markdown
from peerhood.stories.models import Story


def text_of(story: Story, text: str | None = None) -> str:
    """Harmless HTML, of ``text`` where it is not the story's own yet. Pictures only where the level allows photos."""
    return markdown.rendered(story.text if text is None else text, pictures_of(story))


def pictures_of(story: Story) -> dict[str, markdown.Picture]:
    """By what a text calls them. One question to the database, and without the pictures themselves."""
    if not story.pk or not story.may_have_pictures():
        return {}
    return {
        f"picture:{picture.number}": markdown.Picture(
            picture.get_absolute_url(), picture.width, picture.height, picture.alt, picture.credit
        )
        for picture in story.pictures.defer("content").select_related("story")
    }
