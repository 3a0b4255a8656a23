import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth.opportunities import moderating, posting, queries
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail
from peerhood.platform.refusals import Refusal

WHY = "This sells something."


def test_a_report_reaches_organisers_and_nobody_learns_whose_it_is(desk, makers, ada, ben, chi, as_):
    moderating.report(desk, WHY, by=chi)
    moderating.report(desk, WHY, by=chi)
    mail = Mail.objects.get(kind="growth/opportunity_reported")
    assert mail.person == ada
    assert WHY not in mail.text
    assert desk.title not in mail.text
    page = as_(ada).get("/growth/opportunities/makers/reported/").text
    assert WHY in page
    assert "Chi Chen" not in page
    assert WHY not in as_(ben).get(desk.get_absolute_url()).text
    assert set(Entry.objects.filter(name="opportunity.reported").values_list("by", flat=True)) == {None}


def test_an_organiser_hides_it_with_a_reason_that_its_author_alone_reads(desk, makers, ada, ben, chi, as_):
    moderating.report(desk, WHY, by=chi)
    moderating.hide(desk, "No adverts.", by=ada)
    assert not queries.listed_in(makers, chi).exists()
    assert not queries.reported_in(makers, ada).exists()
    assert as_(chi).get(desk.get_absolute_url()).status_code == 404
    assert "No adverts." in as_(ben).get(desk.get_absolute_url()).text
    for act in (posting.renew, posting.close, posting.reopen):
        with pytest.raises(Refusal):
            act(desk, by=ben)
    moderating.show(desk, by=ada)
    assert queries.listed_in(makers, chi).get() == desk


def test_leaving_it_closes_the_reports(desk, makers, ada, chi):
    moderating.report(desk, WHY, by=chi)
    assert queries.reported_in(makers, ada).get() == desk
    moderating.show(desk, by=ada)
    assert not queries.reported_in(makers, ada).exists()
    assert queries.listed_in(makers, chi).get() == desk


def test_only_organisers_judge_and_never_their_own(desk, tell, ada, chi, ben):
    for act in (
        lambda each, by: moderating.hide(each, "No.", by=by),
        lambda each, by: moderating.show(each, by=by),
    ):
        for person in (chi, ben):
            with pytest.raises(PermissionDenied):
                act(desk, person)
        with pytest.raises(Refusal):
            act(tell(ada), ada)


def test_nobody_reports_from_outside_or_their_own(desk, dot, ben):
    with pytest.raises(PermissionDenied):
        moderating.report(desk, WHY, by=dot)
    with pytest.raises(Refusal):
        moderating.report(desk, WHY, by=ben)
