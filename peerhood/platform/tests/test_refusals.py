import pytest

from peerhood.platform.refusals import NoLongerThere, still_there

pytestmark = [pytest.mark.django_db, pytest.mark.urls("peerhood.platform.tests.urls")]


def test_a_refusal_is_a_page_with_the_reason(client):
    answer = client.get("/refuse/")
    assert answer.status_code == 409
    assert "The last cup was taken." in answer.text
    assert "<html" in answer.text


def test_a_refusal_is_a_fragment_for_htmx(client):
    answer = client.get("/refuse/", headers={"HX-Request": "true"})
    assert answer.status_code == 409
    assert "The last cup was taken." in answer.text
    assert "<html" not in answer.text


def test_the_way_back_leads_to_the_page_before_and_never_elsewhere(client):
    assert (
        'href="http://testserver/cups/"'
        in client.get("/refuse/", headers={"Referer": "http://testserver/cups/"}).text
    )
    elsewhere = client.get("/refuse/", headers={"Referer": "https://elsewhere.example/"}).text
    assert "elsewhere.example" not in elsewhere


def test_what_is_still_there_is_given_and_what_is_gone_is_refused(makers):
    circles = type(makers).objects.filter(pk=makers.pk)
    assert still_there(circles) == makers
    with pytest.raises(NoLongerThere, match="not there any more"):
        still_there(circles.filter(slug="elsewhere"))
