"""A form says what is asked, and what went wrong, to the eye and to the ear."""

from datetime import UTC, datetime

from django import forms
from django.test.html import parse_html
from django.utils import timezone

from peerhood.design.forms import ChoiceCards, LocalDateTime, Toggle


class Rsvp(forms.Form):
    email = forms.EmailField(label="Your e-mail", help_text="No password.")
    note = forms.CharField(widget=forms.Textarea, max_length=300, required=False)
    size = forms.ChoiceField(choices=[("one", "One"), ("two", "Two")], widget=ChoiceCards)
    reminded = forms.BooleanField(widget=Toggle, required=False)
    starts_at = forms.DateTimeField(widget=LocalDateTime, required=False)


def test_a_field_is_a_label_a_place_to_answer_and_a_hint():
    assert shown(Rsvp()["email"]) == parse_html("""
        <div class="field" data-widget="email">
        <label for="id_email">Your e-mail</label>
        <input type="email" name="email" maxlength="320" required id="id_email" aria-describedby="id_email_helptext">
        <p class="hint" id="id_email_helptext">No password.</p>
        </div>""")


def test_an_error_is_marked_and_tied_to_its_field():
    assert shown(Rsvp({"email": "ada@"})["email"]) == parse_html("""
        <div class="field" data-widget="email">
        <label for="id_email">Your e-mail</label>
        <input type="email" name="email" value="ada@" maxlength="320" required id="id_email"
            aria-invalid="true" aria-describedby="id_email_helptext id_email_error">
        <p class="hint" id="id_email_helptext">No password.</p>
        <ul class="error" id="id_email_error"><li>Enter a valid email address.</li></ul>
        </div>""")


def test_choice_cards_are_a_group_with_a_name():
    assert shown(Rsvp({"size": "two"})["size"]) == parse_html("""
        <fieldset class="field" data-widget="choicecards">
        <legend>Size</legend>
        <div class="choices" id="id_size">
        <label for="id_size_0"><input type="radio" name="size" value="one" required id="id_size_0">
            <span>One</span></label>
        <label for="id_size_1"><input type="radio" name="size" value="two" required id="id_size_1" checked>
            <span>Two</span></label>
        </div>
        </fieldset>""")


def test_a_group_that_went_unanswered_says_so():
    assert shown(Rsvp({})["size"]) == parse_html("""
        <fieldset class="field" data-widget="choicecards" aria-describedby="id_size_error">
        <legend>Size</legend>
        <div class="choices" id="id_size">
        <label for="id_size_0"><input type="radio" name="size" value="one" required aria-invalid="true"
            id="id_size_0"><span>One</span></label>
        <label for="id_size_1"><input type="radio" name="size" value="two" required aria-invalid="true"
            id="id_size_1"><span>Two</span></label>
        </div>
        <ul class="error" id="id_size_error"><li>This field is required.</li></ul>
        </fieldset>""")


def test_what_may_be_left_out_says_so_and_a_long_answer_is_counted():
    assert shown(Rsvp()["note"]) == parse_html("""
        <div class="field" data-widget="textarea">
        <label for="id_note">Note <span class="optional">(if you like)</span></label>
        <textarea name="note" cols="40" rows="10" maxlength="300" id="id_note"></textarea>
        <character-count for="id_note" left="{n} characters left"></character-count>
        </div>""")


def test_a_switch_stands_before_its_words():
    assert shown(Rsvp()["reminded"]) == parse_html("""
        <div class="field" data-widget="toggle">
        <input type="checkbox" name="reminded" role="switch" id="id_reminded">
        <label for="id_reminded">Reminded</label>
        </div>""")


def test_what_is_wrong_with_the_whole_stands_first():
    form = Rsvp({})
    form.add_error(None, "The gathering is over.")
    first, email, *_ = parse_html(str(form)).children
    assert first == parse_html("""
        <section class="notice" data-tone="bad" role="alert">
        <ul class="error"><li>The gathering is over.</li></ul>
        </section>""")
    assert email == shown(form["email"])


def shown(field):
    return parse_html(field.as_field_group())


def test_a_time_travels_through_the_browser_and_back_in_the_active_zone():
    with timezone.override("Europe/Stockholm"):
        form = Rsvp(initial={"starts_at": datetime(2027, 1, 21, 12, tzinfo=UTC)})
        assert str(form["starts_at"]).split('value="')[1].split('"')[0] == "2027-01-21T13:00"
        back = Rsvp({"email": "ada@makers.example", "size": "one", "starts_at": "2027-01-21T13:00"})
        assert back.is_valid()
    assert back.cleaned_data["starts_at"] == datetime(2027, 1, 21, 12, tzinfo=UTC)
