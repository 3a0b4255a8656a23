"""The card itself: what it says to whom, its address, and taking it back."""

import logging
from io import BytesIO
from urllib.parse import urlsplit

import pytest
import vobject
import zxingcpp
from django.conf import settings
from django.core.serializers import serialize
from django.db import IntegrityError, transaction
from django.test import Client
from pypdf import PdfReader

from peerhood.connections.cards import holding_out
from peerhood.connections.models import ContactCard, LeftCard, OldCardAddress
from peerhood.connections.tests.cards.conftest import ALL, path_of
from peerhood.design import qr
from peerhood.gatherings.tests.test_tickets import drawn, read
from peerhood.journal.models import Entry
from peerhood.people import affiliations, silence
from peerhood.platform import guesses
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db

OTHER_KEY = "another key"
# What a page or a file says when a field is on the card.
SAID = {
    "work": "Turns pots",
    "title": "Head of Kilns",
    "employer": "Kilnworks",
    "email": "ada@example.org",
    "town": "Örebro",
    "ask_me_about": "glazes",
    "links": "https://pots.example/ada",
}


def page(client, card):
    return client.get(path_of(card)).text


def file(client, card):
    return client.get(f"{path_of(card)}contact.vcf").content.decode().replace("\r\n ", "")


# What it says.


@pytest.mark.parametrize("field", ALL)
def test_a_visitor_sees_the_name_and_the_chosen_field_and_nothing_else(client, ada_in_full, hand_out, field):
    card = hand_out(ada_in_full, field)
    for said in (page(client, card), file(client, card)):
        assert "Ada Andersson" in said
        assert [key for key in ALL if SAID[key] in said] == [field]


def test_with_nothing_chosen_it_is_a_name(client, ada_in_full, hand_out):
    card = hand_out(ada_in_full)
    for said in (page(client, card), file(client, card)):
        assert "Ada Andersson" in said
        assert [key for key in ALL if SAID[key] in said] == []


def test_each_card_has_fields_of_its_own(client, ada_in_full, hand_out):
    badge, phone = hand_out(ada_in_full, "town", kind="badge"), hand_out(ada_in_full, "email", kind="phone")
    assert path_of(badge) != path_of(phone)
    assert [key for key in ALL if SAID[key] in page(client, badge)] == ["town"]
    assert [key for key in ALL if SAID[key] in page(client, phone)] == ["email"]


def test_the_file_is_read_by_an_address_book(client, ada_in_full, hand_out):
    answer = client.get(f"{path_of(hand_out(ada_in_full, *ALL))}contact.vcf")
    assert answer["Content-Type"] == "text/vcard; charset=utf-8"
    card = vobject.readOne(answer.content.decode())
    assert (card.version.value, card.fn.value) == ("3.0", "Ada Andersson")
    assert (card.n.value.family, card.n.value.given) == ("Andersson", "Ada")
    assert card.email.value == "ada@example.org"
    assert (card.org.value, card.title.value) == (["Kilnworks"], "Head of Kilns")
    assert card.adr.value.city == "Örebro"
    # Some address books break an address at a comma, though the standard does not.
    assert card.url.value == "https://pots.example/ada?a=1%2C2"
    assert card.note.value == "Turns pots\nglazes; clay, and kilns"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


def test_an_address_that_would_be_run_is_on_no_card(client, ada_in_full, hand_out):
    card = hand_out(ada_in_full, *ALL)
    assert "javascript:" not in page(client, card) + file(client, card)


def test_it_says_what_is_so_today(client, ada_in_full, hand_out):
    card = hand_out(ada_in_full, "employer")
    ada_in_full.affiliations.update(started_on="2020-01-01", ended_on="2020-12-31")
    affiliations.add(ada_in_full, "Glazehouse")
    said = page(client, card)
    assert "Glazehouse" in said
    assert "Kilnworks" not in said


def test_choosing_anew_keeps_the_address(ada_in_full, hand_out):
    first = path_of(hand_out(ada_in_full, "email"))
    again = hand_out(ada_in_full, "town", "nonsense")
    assert (path_of(again), again.shows) == (first, ["town"])
    assert ContactCard.objects.count() == 1


def test_there_is_one_of_a_kind(ada, hand_out):
    card = hand_out(ada)
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactCard.objects.create(owner=ada, kind=card.kind, token_hash="another")
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactCard.objects.create(owner=ada, kind="third", token_hash="another")


# Who sees it.


def test_whoever_would_rather_not_sees_what_everybody_sees(makers, ada, ben, hand_out, as_, client):
    card = hand_out(ada, "email")
    before = as_(ben).get(path_of(card)).text
    for act in (silence.block, silence.keep_apart):
        act(ada, ben)
        assert as_(ben).get(path_of(card)).text == before
        silence.let_go(ada, ben)
    assert "ada@example.org" in before


def test_it_is_kept_by_nobody_found_by_nobody_and_sends_no_referrer(client, as_, ada, ben, hand_out):
    path = path_of(hand_out(ada))
    for browser in (client, as_(ben)):
        for address in (path, f"{path}contact.vcf"):
            answer = browser.get(address)
            assert answer.status_code == 200
            heads = [answer[name] for name in ("Cache-Control", "X-Robots-Tag", "Referrer-Policy")]
            assert heads == ["private, no-store", "noindex", "no-referrer"]
        said = browser.get(path).text
        assert '<meta name="robots" content="noindex">' in said
        # A browser sends a form of such a page without its origin, and it would be refused.
        assert "<form" not in said


def test_a_page_with_a_form_keeps_its_referrer_within_the_site(as_, ada, ben, hand_out):
    answer = as_(ben).get(f"{path_of(hand_out(ada))}leave/")
    assert answer["Referrer-Policy"] == "same-origin"
    assert "<form" in answer.text


def test_whoever_is_not_active_any_more_hands_out_nothing(client, ada, hand_out):
    path = path_of(hand_out(ada))
    type(ada).objects.update(is_active=False)
    assert client.get(path).status_code == 404


# Its address.


def test_an_address_is_128_bits_and_like_no_other(ada, ben, hand_out):
    tokens = {
        holding_out.token_of(hand_out(each, kind=kind)) for each in (ada, ben) for kind in ("badge", "phone")
    }
    assert len(tokens) == 4
    assert {len(token) for token in tokens} == {22}
    assert holding_out.TOKEN_BYTES * 8 == 128


def test_whoever_reads_the_database_has_no_address(ada, hand_out, settings):
    card = hand_out(ada)
    token = holding_out.token_of(card)
    assert token not in serialize("json", [card])
    # With all that is in the row and another key there is no way to it.
    settings.SECRET_KEY = OTHER_KEY
    assert holding_out.token_of(card) == ""
    settings.SECRET_KEY_FALLBACKS = ["another one still"]
    assert holding_out.address_of(card) == ""


def test_a_key_that_was_used_before_still_draws_the_code(ada, hand_out, settings):
    card = hand_out(ada)
    address = holding_out.address_of(card)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OTHER_KEY, [settings.SECRET_KEY]
    assert holding_out.address_of(card) == address


def test_a_card_whose_code_cannot_be_drawn_says_so_and_still_opens(as_, ada, hand_out, settings):
    path = path_of(hand_out(ada))
    settings.SECRET_KEY = OTHER_KEY
    answer = as_(ada).get("/connections/card/mine/phone/hold-out/", follow=True)
    assert "needs a new address" in answer.text
    assert Client().get(path).status_code == 200


def test_neither_journal_nor_log_says_an_address(client, as_, ada, hand_out, caplog):
    with caplog.at_level(logging.DEBUG):
        card = hand_out(ada, "email")
        tokens = [holding_out.token_of(card)]
        client.get(path_of(card))
        as_(ada).get("/connections/card/mine/phone/hold-out/")
        tokens.append(holding_out.token_of(holding_out.renew(ada, "phone")))
        holding_out.put_away(ada, "phone")
    events = [entry.name for entry in Entry.objects.all() if entry.name.startswith("contact_card")]
    assert events == ["contact_card.made", "contact_card.renewed", "contact_card.put_away"]
    written = serialize("json", Entry.objects.all())
    loud = "".join(record.getMessage() for record in caplog.records if record.levelno >= logging.INFO)
    for token in tokens:
        assert token not in written
        assert token not in loud


def test_wrong_tokens_run_out_and_right_ones_are_not_counted(client, ada, hand_out):
    path = path_of(hand_out(ada))
    for _time in range(30):
        assert client.get(path).status_code == 200
    for number in range(guesses.WINDOWS[60]):
        assert client.get(f"/connections/card/{number:022}/").status_code == 404
    assert client.get("/connections/card/xxxxxxxxxxxxxxxxxxxxxx/").status_code == 429
    answer = client.get(path)
    assert (answer.status_code, answer["Cache-Control"]) == (429, "private, no-store")


def test_nobody_collects_cards_by_the_hundred(client, ada, hand_out):
    path = path_of(hand_out(ada))
    answers = [client.get(path).status_code for _time in range(121)]
    assert answers == [200] * 120 + [429]


@pytest.mark.parametrize("token", ["x", "x" * 9_000, "%00", "%F0%9F%90%A6", "..%5C"])
def test_any_token_may_be_asked_for(client, token):
    assert client.get(f"/connections/card/{token}/").status_code == 404


# The code.


def test_a_camera_reads_the_address_from_the_phone(as_, ada, hand_out):
    card = hand_out(ada)
    answer = as_(ada).get("/connections/card/mine/phone/hold-out/")
    svg = answer.text[answer.text.index('class="ticket-code"') :]
    svg = svg[: svg.index("</svg>")]
    address = holding_out.address_of(card)
    assert read(drawn(svg)) == [address]
    assert address == f"{settings.SITE_URL}/connections/card/{holding_out.token_of(card)}/"
    # Dark on white in every theme, with the quiet around it that the standard asks for.
    assert 'fill="#fff"' in svg
    assert 'stroke="#000"' in svg
    assert "currentColor" not in svg
    assert str(qr.drawn(address, border=4)).removesuffix("</svg>") in answer.text


def test_where_the_site_is_served_by_https_so_is_the_code(ada, hand_out, settings):
    settings.SITE_URL = "https://peers.example"
    assert urlsplit(holding_out.address_of(hand_out(ada))).scheme == "https"


def test_a_camera_reads_the_printed_card(as_, ada_in_full, hand_out):
    card = hand_out(ada_in_full, "title", "employer", kind="badge")
    answer = as_(ada_in_full).get("/connections/card/mine/badge/print/")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    [sheet] = PdfReader(BytesIO(answer.content)).pages
    found = [code.text for image in sheet.images for code in zxingcpp.read_barcodes(image.image.convert("L"))]
    assert found == [holding_out.address_of(card)]
    words = " ".join(sheet.extract_text().split())
    assert [said in words for said in ("Ada", "Andersson", "Head of Kilns, Kilnworks")] == [True] * 3
    assert [SAID[key] for key in ("work", "email", "town", "ask_me_about") if SAID[key] in words] == []


# Taking it back.


@pytest.mark.parametrize("act", [holding_out.renew, holding_out.put_away])
def test_an_address_that_was_taken_back_says_so_kindly_and_not_whose_it_was(client, ada, hand_out, act):
    path = path_of(hand_out(ada, "email"))
    assert client.get(path).status_code == 200  # control
    act(ada, "phone")
    for address in (path, f"{path}contact.vcf"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "no longer handed out" in answer.text
        assert "Ada" not in answer.text
        assert answer["Cache-Control"] == "private, no-store"


def test_a_new_address_opens_the_same_card(client, ada, hand_out):
    old = path_of(hand_out(ada, "email"))
    new = path_of(holding_out.renew(ada, "phone"))
    assert new != old
    assert "ada@example.org" in client.get(new).text


def test_the_other_card_stays_when_one_is_put_away(client, ada, hand_out):
    badge = path_of(hand_out(ada, kind="badge"))
    hand_out(ada, kind="phone")
    holding_out.put_away(ada, "phone")
    assert client.get(badge).status_code == 200


def test_what_is_put_away_cannot_be_put_away_again(ada, hand_out):
    hand_out(ada)
    holding_out.put_away(ada, "phone")
    for act in (holding_out.renew, holding_out.put_away):
        with pytest.raises(Refusal):
            act(ada, "phone")
    assert OldCardAddress.objects.count() == 1


def test_nothing_leads_from_an_old_address_to_its_owner():
    assert {field.name for field in OldCardAddress._meta.get_fields()} == {"id", "token_hash", "ended_at"}
    assert LeftCard._meta.get_field("owner").related_model is not None  # control


# One's own pages.


def test_a_card_is_made_and_taken_back_without_a_script(as_, ada_in_full):
    browser, made = as_(ada_in_full), "/connections/card/mine/badge/"
    assert browser.get(f"{made}hold-out/").status_code == 404
    assert "Kilnworks" in browser.get(made).text
    assert browser.post(made, {"shows": ["town"]})["Location"] == "/connections/card/"
    assert ContactCard.objects.get().shows == ["town"]
    assert f"{made}hold-out/" in browser.get("/connections/card/").text
    old = path_of(ContactCard.objects.get())
    browser.post(f"{made}renew/")
    assert path_of(ContactCard.objects.get()) != old
    browser.post(f"{made}put-away/")
    assert not ContactCard.objects.exists()


@pytest.mark.parametrize("wrong", ["photo", "phone", "", "\0", "x" * 9_000])
def test_a_field_that_there_is_not_is_said_beside_the_choice(as_, ada_in_full, wrong):
    answer = as_(ada_in_full).post("/connections/card/mine/badge/", {"shows": [wrong]})
    assert answer.status_code == 422
    assert not ContactCard.objects.exists()


def test_only_what_the_profile_says_is_offered(as_, ada):
    page = as_(ada).get("/connections/card/mine/badge/").text
    offered = [field for field in ALL if f'value="{field}"' in page]
    assert offered == ["email"]


def test_there_are_two_kinds(as_, ada):
    assert as_(ada).get("/connections/card/mine/third/").status_code == 404


def test_nobody_elses_card_is_changed(as_, ada, ben, hand_out):
    hand_out(ada)
    for act in ("renew", "put-away"):
        assert as_(ben).post(f"/connections/card/mine/phone/{act}/").status_code == 404
    assert as_(ben).get("/connections/card/mine/phone/print/").status_code == 404
    assert ContactCard.objects.count() == 1
