import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth.models import Pitch, PitchCard
from peerhood.growth.pitching import practising
from peerhood.journal.models import Entry
from peerhood.notices import choices
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.people.own_data import rules
from peerhood.platform.refusals import Refusal
from tests.threads import at_once


def mails(kind):
    return list(Mail.objects.filter(kind=f"growth/{kind}").values_list("person", flat=True))


def test_only_its_owner_reads_changes_and_removes_it(pitch, ada, ben, as_):
    assert as_(ben).get(pitch.get_absolute_url()).status_code == 200
    for path in ("", "edit/", "remove/", "ask/"):
        assert as_(ada).get(f"{pitch.get_absolute_url()}{path}").status_code == 404
    with pytest.raises(PermissionDenied):
        practising.keep(pitch, by=ada, title="x", text="x")
    with pytest.raises(PermissionDenied):
        practising.remove(pitch, by=ada)
    assert not Entry.objects.filter(by=ben).exists()


def test_members_of_a_circle_are_asked_and_nobody_else(pitch, ada, ben, chi, dot):
    assert set(practising.may_be_asked_by(ben)) == {ada, chi}
    for peer in (dot, ben):
        with pytest.raises(PermissionDenied):
            practising.ask(pitch, peer, by=ben)
    with pytest.raises(PermissionDenied):
        practising.ask(pitch, chi, by=ada)


def test_whoever_is_asked_gets_one_mail_without_the_pitch_and_reads_it_on_the_page(
    pitch, card, ada, ben, chi, as_
):
    assert practising.ask(pitch, ada, by=ben) == card
    assert mails("pitch_asked") == [ada.pk]
    assert pitch.text not in Mail.objects.get().text
    assert pitch.text in as_(ada).get(card.get_absolute_url()).text
    for person in (ben, chi):
        assert as_(person).get(card.get_absolute_url()).status_code == 404


def test_a_card_is_read_by_the_two_alone(pitch, written, ada, ben, chi, as_):
    assert mails("pitch_card") == [ben.pk]
    assert "The bridge." not in Mail.objects.get(kind="growth/pitch_card").text
    assert "The bridge." in as_(ben).get(pitch.get_absolute_url()).text
    assert "The bridge." in as_(ada).get(written.get_absolute_url()).text
    with pytest.raises(PermissionDenied):
        practising.write(written, by=chi, heard="x", stayed="x", to_try="x")
    with pytest.raises(PermissionDenied):
        practising.write(written, by=ben, heard="x", stayed="x", to_try="x")


def test_its_owner_does_not_read_whether_it_was_put_away(pitch, card, ada, ben, as_):
    before = as_(ben).get(pitch.get_absolute_url()).text.count("Ada Andersson")
    practising.put_away(card, by=ada)
    assert as_(ben).get(pitch.get_absolute_url()).text.count("Ada Andersson") == before > 0
    assert "Would like a card" not in as_(ada).get("/growth/pitches/").text
    assert mails("pitch_card") == []
    with pytest.raises(PermissionDenied):
        practising.put_away(card, by=ben)


def people_of(makers, person, count):
    made = [person(f"Other{number} One") for number in range(count)]
    for each in made:
        makers.memberships.create(person=each)
    return made


def test_five_are_asked_at_most_and_one_is_taken_back(pitch, makers, person, ben, ada):
    cards = [practising.ask(pitch, each, by=ben) for each in people_of(makers, person, 5)]
    with pytest.raises(Refusal):
        practising.ask(pitch, ada, by=ben)
    practising.take_back(cards[0], by=ben)
    practising.ask(pitch, ada, by=ben)
    assert pitch.cards.count() == 5


def test_a_card_that_is_written_is_not_taken_back(written, ada, ben):
    with pytest.raises(Refusal):
        practising.take_back(written, by=ben)
    with pytest.raises(PermissionDenied):
        practising.take_back(written, by=ada)


def test_taken_back_and_asked_again_is_told_once(pitch, card, ada, ben):
    Mail.objects.update(state="sent")
    practising.take_back(card, by=ben)
    practising.ask(pitch, ada, by=ben)
    assert mails("pitch_asked") == [ada.pk]


def test_nobody_is_asked_about_a_second_pitch_before_they_wrote(pitch, card, ada, ben):
    second = practising.keep(Pitch(person=ben), by=ben, title="For a fair", text="Hello.")
    practising.put_away(card, by=ada)
    with pytest.raises(Refusal):
        practising.ask(second, ada, by=ben)
    practising.write(card, by=ada, heard="x", stayed="x", to_try="x")
    assert practising.ask(second, ada, by=ben).peer == ada


@pytest.mark.parametrize("why", ["turned off", "silenced", "silences", "blocks"])
def test_whoever_would_rather_not_is_absent_whatever_the_reason(pitch, ada, ben, chi, as_, why):
    if why == "turned off":
        choices.choose(ada, set(choices.Group.values) - {choices.Group.PITCHES})
    elif why == "silenced":
        silence.keep_apart(ben, ada)
    elif why == "silences":
        silence.keep_apart(ada, ben)
    else:
        silence.block(ada, ben)
    page = as_(ben).get(f"{pitch.get_absolute_url()}ask/").text
    assert ("Ada Andersson" in page, "Chi Chen" in page) == (False, True)
    assert as_(ben).post(f"{pitch.get_absolute_url()}ask/{ada.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        practising.ask(pitch, ada, by=ben)


def test_whoever_blocks_reads_nothing_of_the_other(pitch, written, ada, ben, as_):
    silence.block(ada, ben)
    assert "The bridge." not in as_(ben).get(pitch.get_absolute_url()).text
    assert as_(ada).get(written.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        practising.write(written, by=ada, heard="x", stayed="x", to_try="x")


def test_each_has_their_own_in_their_data(written, ada, ben):
    (mine,) = rules.told_in("my_pitches", ben)
    assert mine["cards"] == ["Ada Andersson: You help. / The bridge. / Breathe."]
    (theirs,) = rules.told_in("pitch_cards_asked_of_me", ada)
    assert theirs["stayed"] == "The bridge."
    assert "bridges" not in str(theirs)


@pytest.mark.django_db(transaction=True)
def test_two_asked_at_once_are_five_at_most(pitch, makers, person, ben):
    peers = people_of(makers, person, 6)
    for each in peers[:4]:
        practising.ask(pitch, each, by=ben)
    at_once(*[lambda each=each: practising.ask(pitch, each, by=ben) for each in peers[4:]])
    assert PitchCard.objects.count() == 5
