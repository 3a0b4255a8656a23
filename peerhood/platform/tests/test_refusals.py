import pytest

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
