"""The picture and the words beside a link to a story: for what everybody may read, and for nothing else."""

from io import BytesIO

import pytest
from PIL import Image

from peerhood.circles.models import Circle
from peerhood.gatherings.models import AgendaItem
from peerhood.stories import card, publishing
from peerhood.stories.models import Story

pytestmark = pytest.mark.django_db
CARD = "/stories/what-we-ate/card.png"
RULES = [level for level in AgendaItem.Confidentiality if level != AgendaItem.Confidentiality.OPEN]


def page_of(client, told):
    return client.get(told.get_absolute_url())


def test_a_link_to_a_story_shows_its_title_its_teaser_and_a_picture(client, told):
    page = page_of(client, told).text
    address = "http://127.0.0.1:8000/stories/what-we-ate/"
    for tag in (
        '<meta property="og:type" content="article">',
        '<meta property="og:title" content="What we ate">',
        '<meta property="og:description" content="Soup, mostly.">',
        f'<meta property="og:url" content="{address}">',
        f'<meta property="og:image" content="{address}card.png?v={told.version}">',
        f'<link rel="canonical" href="{address}">',
    ):
        assert tag in page


def test_without_a_teaser_it_is_described_by_how_it_begins(client, told):
    Story.objects.filter(pk=told.pk).update(teaser="")
    assert '<meta property="og:description" content="We ate soup.">' in page_of(client, told).text


def test_what_was_published_elsewhere_first_says_where(client, told):
    Story.objects.filter(pk=told.pk).update(canonical_url="https://example.org/soup")
    page = page_of(client, told).text
    assert page.count('rel="canonical"') == 1
    assert '<link rel="canonical" href="https://example.org/soup">' in page


def test_the_picture_is_as_shared_links_want_it(client, told):
    response = client.get(CARD)
    picture = Image.open(BytesIO(response.content))
    assert (response["Content-Type"], picture.format, picture.size) == ("image/png", "PNG", (1200, 630))
    assert len(response.content) < 60_000


def test_it_names_whom_the_page_names(told, ada):
    assert card.byline(told) == "Ada Andersson"
    Story.objects.filter(pk=told.pk).update(author=None)
    assert card.byline(Story.objects.get(pk=told.pk)) == "A former member"


def test_where_nobody_is_named_the_picture_names_nobody(told):
    told.gathering.agenda.create(
        position=9, kind="talk", title="Talk", length_minutes=5, confidentiality="chatham"
    )
    assert card.byline(Story.objects.get(pk=told.pk)) == "Told without names"


# Nothing of any other


def nothing(client, told):
    return "og:" not in page_of(client, told).text and client.get(CARD).status_code == 404


def test_control_a_public_one_has_both(client, told):
    assert not nothing(client, told)


@pytest.mark.parametrize("level", RULES)
def test_nothing_is_shown_of_one_whose_gathering_got_a_rule(as_, ada, told, level):
    told.gathering.agenda.create(
        position=9, kind="talk", title="Talk", length_minutes=5, confidentiality=level
    )
    assert nothing(as_(ada), told)


@pytest.mark.parametrize("kind", [Circle.Kind.INVITATION_ONLY, Circle.Kind.IN_HOUSE])
def test_nothing_is_shown_of_a_closed_circles_even_to_its_members(as_, ada, told, kind):
    Circle.objects.filter(pk=told.circle_id).update(kind=kind)
    assert nothing(as_(ada), told)


def test_nothing_is_shown_of_a_draft_or_of_one_for_members(as_, ada, told):
    Story.objects.filter(pk=told.pk).update(is_members_only=True)
    assert nothing(as_(ada), told)
    Story.objects.filter(pk=told.pk).update(is_members_only=False)
    publishing.unpublish(told, by=ada)
    assert nothing(as_(ada), told)
