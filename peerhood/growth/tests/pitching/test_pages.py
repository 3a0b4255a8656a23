import re
from pathlib import Path

import pytest
from django.template import Context, Template

import peerhood
from peerhood.growth.models import Pitch
from peerhood.growth.pitching import practising

QUERIES_PITCH, QUERIES_PEERS = 6, 7
GROWTH = Path(peerhood.__file__).parent / "growth"
SCRIPT, TEMPLATE = GROWTH / "static/growth/pitch.js", GROWTH / "templates/growth/pitches/pitch.html"


def test_from_a_pitch_to_a_card(as_, makers, ada, ben):
    as_(ben).post("/growth/pitches/new/", {"title": "For a lift", "text": "I build bridges."})
    pitch = Pitch.objects.get()
    as_(ben).post(f"{pitch.get_absolute_url()}ask/{ada.pk}/")
    card = pitch.cards.get()
    assert card.get_absolute_url() in as_(ada).get("/growth/pitches/").text
    short = as_(ada).post(card.get_absolute_url(), {"heard": "Bridges.", "stayed": "", "to_try": "x"})
    assert short.status_code == 422
    assert "Bridges." in short.text
    as_(ada).post(card.get_absolute_url(), {"heard": "Bridges.", "stayed": "You.", "to_try": "Breathe."})
    assert "Breathe." in as_(ben).get(pitch.get_absolute_url()).text
    as_(ben).post(f"{pitch.get_absolute_url()}remove/")
    assert not Pitch.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"text": "å" * 1501}, {"title": "a\0b"}, {"title": "x" * 81}]
)
def test_what_cannot_be_is_refused_and_nothing_is_lost(as_, makers, ben, wrong):
    refused = as_(ben).post("/growth/pitches/new/", {"title": "A lift", "text": "I build."} | wrong)
    assert refused.status_code == 422
    assert ("I build." if "text" not in wrong else "A lift") in refused.text
    assert not Pitch.objects.exists()


def test_markup_in_a_pitch_and_a_card_is_text(as_, pitch, card, ada, ben):
    hostile = "<script>alert(1)</script>"
    practising.keep(pitch, by=ben, title=hostile, text=hostile)
    practising.write(card, by=ada, heard=hostile, stayed=hostile, to_try=hostile)
    for person, path in ((ben, pitch.get_absolute_url()), (ada, card.get_absolute_url())):
        assert hostile not in as_(person).get(path).text


def test_a_card_of_another_pitch_is_not_taken_back_through_ones_own(as_, pitch, card, ada, chi, makers):
    chis = practising.keep(Pitch(person=chi), by=chi, title="x", text="x")
    assert as_(chi).post(f"{chis.get_absolute_url()}take-back/{card.pk}/").status_code == 404
    assert pitch.cards.count() == 1


def test_the_pages_ask_the_same_however_many_there_are(
    as_, pitch, makers, ben, person, django_assert_num_queries
):
    browser = as_(ben)
    path = pitch.get_absolute_url()
    for number in range(3):
        other = person(f"Other{number} One")
        makers.memberships.create(person=other)
        card = practising.ask(pitch, other, by=ben)
        if number:
            practising.write(card, by=other, heard="x", stayed="x", to_try="x")
        browser.get(path)
        with django_assert_num_queries(QUERIES_PITCH):
            browser.get(path)
    for number in range(3, 5):
        makers.memberships.create(person=person(f"Other{number} One"))
        with django_assert_num_queries(QUERIES_PEERS):
            browser.get(f"{path}ask/")


def test_without_the_script_it_says_to_use_a_watch(as_, pitch, ben):
    page = as_(ben).get(pitch.get_absolute_url()).text
    assert "<p data-without>Use a watch: sixty seconds.</p>" in page
    assert re.search(r"<div [^>]*data-with hidden>", page)
    # The policy lets in nothing but files of our own.
    assert re.search(r'<script type="module" src="/static/growth/pitch[^"]*\.js"', page)


def test_ones_page_leads_there(as_, makers, ben):
    assert "/growth/pitches/" in as_(ben).get("/growth/").text


@pytest.mark.browser
def test_the_clock_counts_a_minute_by_its_button_and_by_the_keyboard(browser):
    # Rendered here: a browser in this thread lets no other page be asked for.
    source = re.search(r"<pitch-clock.*?</pitch-clock>", TEMPLATE.read_text(), re.DOTALL)[0]
    markup = Template("{% load i18n %}" + source).render(Context())
    page = browser.new_page()
    page.clock.install()
    page.set_content(markup)
    assert page.get_by_text("Use a watch").is_visible()
    page.add_script_tag(content=SCRIPT.read_text(), type="module")
    digits, button = page.locator("[data-digits]"), page.get_by_role("button")
    button.wait_for()
    assert page.get_by_text("Use a watch").is_hidden()
    button.focus()
    page.keyboard.press("Enter")
    assert button.inner_text() == "Stop"
    page.clock.run_for(50_500)
    assert digits.inner_text() == "0:10"
    assert page.get_by_role("status").inner_text() == "Ten seconds left."
    page.clock.run_for(10_000)
    assert (digits.inner_text(), button.inner_text()) == ("0:00", "Start again")
    assert page.get_by_role("status").inner_text() == "The minute is over."
    page.keyboard.press("Space")
    page.clock.run_for(5_500)
    page.keyboard.press("Space")
    page.clock.run_for(9_000)
    assert (digits.inner_text(), button.inner_text()) == ("0:55", "Start again")
    page.close()
