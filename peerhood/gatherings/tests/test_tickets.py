"""The ticket: a code that a camera reads, and that opens the list at the door for those who greet alone."""

import re
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import zxingcpp
from django.conf import settings
from PIL import Image, ImageDraw
from pypdf import PdfReader

from peerhood.circles.models import Membership
from peerhood.design import qr
from peerhood.gatherings import rsvp
from peerhood.gatherings.arriving import tickets
from peerhood.gatherings.coming import links
from peerhood.gatherings.models import Part
from peerhood.gatherings.printing import sheets
from peerhood.journal.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(supper, ben):
    return rsvp.attend(supper, ben)


def drawn(svg: str) -> Image.Image:
    """The squares of the code as a picture: what a browser would draw, four dots a square."""
    side = int(re.search(r'viewBox="0 0 (\d+) \d+"', svg)[1])
    picture = Image.new("L", (side * 4, side * 4), 255)
    pen = ImageDraw.Draw(picture)
    x = y = 0.0
    for letter, numbers in re.findall(r"([Mmh])([-\d. ]+)", re.findall(r' d="([^"]+)"', svg)[-1]):
        values = [float(number) for number in re.findall(r"-?[\d.]+", numbers)]
        if letter == "M":
            x, y = values
        elif letter == "m":
            x, y = x + values[0], y + values[1]
        else:
            pen.rectangle([x * 4, (y - 0.5) * 4, (x + values[0]) * 4 - 1, (y + 0.5) * 4 - 1], fill=0)
            x += values[0]
    return picture


def read(picture: Image.Image) -> list[str]:
    return [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))]


def path_of(seat) -> str:
    return urlsplit(tickets.address_of(seat)).path


def test_a_camera_reads_the_ticket(client, seat, ben):
    client.force_login(ben)
    page = client.get(f"/gatherings/{seat.gathering_id}/ticket/").text
    svg = page[page.index('class="ticket-code"') :]
    assert read(drawn(svg[: svg.index("</svg>")])) == [tickets.address_of(seat)]


def test_control_a_code_that_is_torn_is_not_read(seat):
    picture = drawn(str(qr.drawn(tickets.address_of(seat))))
    ImageDraw.Draw(picture).rectangle([0, 0, picture.width, picture.height // 2], fill=255)
    assert read(picture) == []


def test_a_camera_reads_a_printed_badge(supper, seat, ada, ben):
    body = sheets.put_on_paper(sheets.Order(supper), sheets.SHEETS["badges"], by=ada)
    [page] = PdfReader(BytesIO(body)).pages
    found = [text for image in page.images for text in read(image.image)]
    assert found == [f"{settings.SITE_URL}/people/{ben.pk}/"]


def test_the_ticket_says_who_when_where_and_what_if_it_does_not_scan(client, supper, seat, ben):
    client.force_login(ben)
    page = client.get(f"/gatherings/{supper.pk}/ticket/").text
    for words in ("Ben Berg", "Supper", "Coffee on us, third floor", "13:00", "say your name"):
        assert words in page
    assert f"/gatherings/{supper.pk}/ticket/" in client.get(f"/gatherings/{supper.pk}/placed/").text


def test_there_is_a_ticket_for_the_room_alone(client, gathering, makers, supper, seat, ben, chi):
    rsvp.attend(supper, chi)
    client.force_login(chi)
    assert client.get(f"/gatherings/{supper.pk}/ticket/").status_code == 302
    hybrid = gathering(makers, mode="hybrid", online_capacity=5)
    rsvp.attend(hybrid, ben, part=Part.ONLINE)
    client.force_login(ben)
    assert client.get(f"/gatherings/{hybrid.pk}/ticket/").status_code == 302
    assert f"/gatherings/{hybrid.pk}/ticket/" not in client.get(f"/gatherings/{hybrid.pk}/placed/").text


def test_whoever_answers_by_mail_has_a_ticket_without_signing_in(client, supper, ben):
    link = urlsplit(links.link_for(ben, supper)).path
    assert "ticket-code" not in client.get(link).text
    held = rsvp.attend(supper, ben)
    page = client.get(link).text
    svg = page[page.index('class="ticket-code"') :]
    assert read(drawn(svg[: svg.index("</svg>")])) == [tickets.address_of(held)]


def test_a_greeter_who_scans_it_sees_who_it_is_and_checks_them_in_with_one_button(client, seat, chi, makers):
    makers.memberships.filter(person=chi).update(role=Membership.Role.GREETER)
    client.force_login(chi)
    for _scan in range(2):
        page = client.get(path_of(seat))
        assert "Ben Berg" in page.text
        assert "Say hello" in page.text
    assert not Entry.objects.filter(name="person.checked_in").exists()  # to open it changes nothing
    for _press in range(2):
        assert client.post(path_of(seat), follow=True).status_code == 200
    seat.refresh_from_db()
    assert (seat.checked_in_by, Entry.objects.filter(name="person.checked_in").count()) == (chi, 1)
    client.post(path_of(seat), {"undo": "yes"})
    seat.refresh_from_db()
    assert seat.checked_in_at is None


def test_anybody_else_reads_a_friendly_page_that_is_the_same_for_every_code(client, seat, ben, dot):
    made_up = path_of(seat)[:-5] + "AAAA/"
    nowhere = made_up.replace(f"/gatherings/{seat.gathering_id}/", "/gatherings/99999/")
    for person in (None, ben, dot):
        if person:
            client.force_login(person)
        pages = [client.get(path) for path in (path_of(seat), made_up, nowhere)]
        texts = {
            page.text.replace(path, "")
            for page, path in zip(pages, (path_of(seat), made_up, nowhere), strict=True)
        }
        assert "Show it to whoever greets you" in pages[0].text
        for secret in ("Supper", "Ben Berg", "Coffee on us"):
            assert secret not in without_nav(pages[0].text)
        assert {page.status_code for page in pages} == {404}
        assert len({without_nav(text) for text in texts}) == 1
        assert client.post(path_of(seat)).status_code == (403 if person else 302)
    seat.refresh_from_db()
    assert seat.checked_in_at is None


def test_a_code_is_good_for_its_own_gathering_alone(client, gathering, makers, seat, ada):
    other = gathering(makers)
    client.force_login(ada)
    moved = path_of(seat).replace(f"/gatherings/{seat.gathering_id}/", f"/gatherings/{other.pk}/")
    assert "Ben Berg" not in client.get(moved).text
    assert client.post(moved).status_code == 404


def test_a_greeter_is_told_when_there_is_no_seat_behind_it(client, supper, seat, ada, ben):
    rsvp.withdraw(supper, ben)
    client.force_login(ada)
    page = client.get(path_of(seat))
    assert "Ben Berg has no seat at this gathering any more." in page.text
    assert client.post(path_of(seat)).status_code == 409


def without_nav(text: str) -> str:
    main = text[text.index("<main") : text.index("</main>")]
    return re.sub(r"next=[^\"]*", "", main)
