import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth import putting_away, queries, recording
from peerhood.growth.models import Entry, Uncounted


def test_a_proposal_is_put_away_uncounted_and_brought_back(as_, ben, afternoon):
    browser = as_(ben)
    where = f"/growth/gathering/{afternoon.pk}/"
    for _press in range(2):
        page = browser.post(f"{where}put-away/", follow=True).text
        assert not queries.to_propose(ben)
        assert f'action="{where}bring-back/"' in page
        assert f'href="{where}"' not in page
    assert not Entry.objects.exists()
    for _press in range(2):
        page = browser.post(f"{where}bring-back/", follow=True).text
        assert list(queries.to_propose(ben)) == [afternoon]
        assert f'action="{where}bring-back/"' not in page


def test_it_is_put_away_for_one_person_alone(afternoon, ben, chi):
    afternoon.rsvps.filter(person=chi).update(checked_in_at=afternoon.starts_at)
    putting_away.put_away(afternoon, by=ben)
    assert list(queries.to_propose(chi)) == [afternoon]
    assert not queries.put_away(chi)


def test_what_is_put_away_can_still_be_counted(afternoon, ben):
    putting_away.put_away(afternoon, by=ben)
    recording.record_attendance(afternoon, by=ben, quarters=4)
    assert Entry.objects.get().gathering == afternoon
    assert not queries.put_away(ben)


def test_who_was_not_there_has_nothing_to_put_away(as_, afternoon, chi):
    assert as_(chi).post(f"/growth/gathering/{afternoon.pk}/put-away/").status_code == 404
    with pytest.raises(PermissionDenied):
        putting_away.put_away(afternoon, by=chi)
    assert not Uncounted.objects.exists()


def test_the_text_to_paste_has_a_button_and_a_field_to_select(as_, ben, afternoon):
    entry = recording.record_attendance(afternoon, by=ben, quarters=4)
    page = as_(ben).get(f"/growth/{entry.pk}/").text
    assert "growth/copy-text" in page
    field = page[page.index("<copy-text") : page.index("</copy-text>")]
    assert "readonly" in field
    # Shown by the script alone: a button that does nothing is none.
    assert 'type="button" hidden' in field
