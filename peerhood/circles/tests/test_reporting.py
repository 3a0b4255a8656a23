import pytest
from django.core.exceptions import PermissionDenied

from peerhood.circles import reporting
from peerhood.circles.models import Membership, Report
from peerhood.notices.models import Mail
from peerhood.people import silence
from peerhood.platform.refusals import Refusal

TOLD = "They laughed at a newcomer’s question."


@pytest.fixture
def reported(makers, ben, chi):
    return reporting.report(makers, chi, TOLD, by=ben)


def organise(circle, person):
    Membership.objects.filter(circle=circle, person=person).update(role="organiser")


def test_the_organisers_hear_that_there_is_something_to_read_and_no_more(reported, ada):
    mail = Mail.objects.get(kind="circles/reported")
    assert mail.address == "ada@example.org"
    for word in ("Chi", "Ben", "laughed", "Makers"):
        assert word not in mail.subject + mail.text


def test_whom_it_is_about_never_reads_it_not_even_as_an_organiser(client, makers, reported, ada, chi):
    organise(makers, chi)
    client.force_login(chi)
    assert "About" not in client.get("/circles/makers/reports/").text
    assert client.get(f"/circles/makers/reports/{reported.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        reporting.close(reported, "nothing", by=chi)


def test_an_organiser_reported_is_read_about_by_the_others(makers, ada, ben, chi):
    organise(makers, chi)
    reporting.report(makers, ada, TOLD, by=ben)
    assert [mail.address for mail in Mail.objects.filter(kind="circles/reported")] == ["chi@example.org"]


def test_where_nobody_else_organises_the_page_says_so(client, makers, ada, ben):
    client.force_login(ben)
    page = client.get(f"/circles/report/{ada.pk}/")
    assert "nobody would read it" in page.text
    with pytest.raises(PermissionDenied):
        reporting.report(makers, ada, TOLD, by=ben)


def test_one_reports_whom_one_shares_a_circle_with(client, makers, forum, ada, ben, chi, dot):
    client.force_login(dot)
    assert client.get(f"/circles/report/{ben.pk}/").status_code == 404
    with pytest.raises(PermissionDenied):
        reporting.report(makers, ben, TOLD, by=dot)
    # To a circle that only one of the two belongs to, nothing can be reported.
    with pytest.raises(PermissionDenied):
        reporting.report(forum, chi, TOLD, by=ben)
    client.force_login(ben)
    answer = client.post(f"/circles/report/{chi.pk}/", {"circle": forum.pk, "text": TOLD})
    assert (answer.status_code, Report.objects.count()) == (422, 0)
    assert TOLD in answer.text


def test_somebody_blocked_can_still_be_reported(client, makers, ben, chi):
    silence.block(ben, chi)
    client.force_login(ben)
    client.post(f"/circles/report/{chi.pk}/", {"circle": makers.pk, "text": TOLD})
    assert Report.objects.get().about == chi


def test_organisers_read_it_and_close_it_once(client, makers, reported, ada, person):
    other = person("Ola Olsson")
    makers.memberships.create(person=other, role="organiser")
    client.force_login(ada)
    assert "About Chi Chen, from Ben Berg" in client.get("/circles/makers/reports/").text
    page = client.get(f"/circles/makers/reports/{reported.pk}/")
    assert TOLD in page.text
    assert client.post(f"/circles/makers/reports/{reported.pk}/", {"outcome": " "}).status_code == 422
    client.post(f"/circles/makers/reports/{reported.pk}/", {"outcome": "We spoke with them."})
    assert "We spoke with them." in client.get(f"/circles/makers/reports/{reported.pk}/").text
    with pytest.raises(Refusal):
        reporting.close(reported, "again", by=other)


def test_a_report_of_another_circle_is_not_found(client, makers, forum, reported, ada, ben):
    client.force_login(ada)
    assert client.get(f"/circles/gryningsforum/reports/{reported.pk}/").status_code == 404
    assert client.post(f"/circles/gryningsforum/reports/{reported.pk}/", {"outcome": "x"}).status_code == 404
    reported.refresh_from_db()
    assert reported.closed_at is None


def test_members_do_not_read_reports(client, makers, reported, ben):
    client.force_login(ben)
    assert client.get("/circles/makers/reports/").status_code == 403
