from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from peerhood.journal.models import Entry
from peerhood.people import affiliations
from peerhood.people.models import Affiliation, Employer

pytestmark = pytest.mark.django_db


def test_an_employer_is_written_down_once(ada, ben):
    affiliations.add(ada, "Örebro  Kommun")
    affiliations.add(ben, " örebro kommun ")
    affiliations.add(ben, "ÖREBRO KOMMUN")
    affiliations.add(ben, "Lindvik")
    affiliations.add(ada, "LINDVIK")
    assert sorted(Employer.objects.values_list("name", flat=True)) == ["Lindvik", "Örebro Kommun"]


def test_signs_of_a_search_are_letters_of_a_name():
    names = ["100 %", "100 %%", "A_B", "AxB", "a.b (c)"]
    assert [affiliations.employer_named(name).name for name in names] == names


def test_a_job_that_ends_today_is_held_until_tonight(ada):
    job = affiliations.add(ada, "Lindvik", started_on=date(2020, 1, 1))
    affiliations.end(job, by=ada)
    assert (job.ended_on, job.is_current()) == (localdate(), True)


def test_ending_twice_keeps_the_first_end(ada):
    job = affiliations.add(ada, "Lindvik", ended_on=date(2021, 5, 1))
    affiliations.end(job, by=ada)
    assert job.ended_on == date(2021, 5, 1)


def test_a_job_still_to_come_does_not_end_today(ada):
    job = affiliations.add(ada, "Lindvik", started_on=localdate() + timedelta(days=30))
    affiliations.end(job, by=ada)
    assert job.ended_on is None


@pytest.mark.parametrize("act", [affiliations.end, affiliations.remove])
def test_nobody_changes_the_jobs_of_another(client, ada, ben, act):
    job = affiliations.add(ada, "Lindvik")
    with pytest.raises(PermissionDenied):
        act(job, by=ben)
    client.force_login(ben)
    assert client.post(f"/me/jobs/{job.pk}/{act.__name__}/").status_code == 404
    assert Affiliation.objects.get().ended_on is None


def test_the_acts_are_written_in_the_journal(ada):
    job = affiliations.add(ada, "Lindvik")
    affiliations.end(job, by=ada)
    affiliations.remove(job, by=ada)
    assert list(Entry.objects.values_list("name", flat=True)) == [
        "affiliation.added",
        "affiliation.ended",
        "affiliation.removed",
    ]


def test_jobs_are_added_ended_and_removed_on_ones_own_page(client, ada):
    client.force_login(ada)
    said = {"employer_name": "Lindvik", "title": "Head of PMO", "started_on": "2024-02-01"}
    assert client.post("/me/jobs/", said).url == "/me/#jobs"
    job = Affiliation.objects.get()
    assert (str(job), job.person) == ("Head of PMO, Lindvik", ada)
    assert "Since February 2024" in client.get("/me/").text
    client.post(f"/me/jobs/{job.pk}/end/")
    assert f"February 2024 – {localdate():%B %Y}" in client.get("/me/").text
    client.post(f"/me/jobs/{job.pk}/remove/")
    assert Affiliation.objects.count() == 0


@pytest.mark.parametrize(
    "wrong",
    [
        {"employer_name": ""},
        {"employer_name": "x" * 121},
        {"started_on": "2024-02-01", "ended_on": "2023-02-01"},
        {"ended_on": "2999-01-01"},
        {"started_on": "someday"},
    ],
)
def test_a_job_that_cannot_be_is_said_on_the_form(client, ada, wrong):
    client.force_login(ada)
    answer = client.post("/me/jobs/", {"employer_name": "Lindvik"} | wrong)
    assert (answer.status_code, Affiliation.objects.count()) == (422, 0)
    assert "<details open>" in answer.text


@pytest.mark.parametrize("path", ["/me/jobs/", "/me/jobs/1/end/", "/me/jobs/1/remove/"])
def test_a_link_changes_nothing(client, ada, path):
    client.force_login(ada)
    assert client.get(path).status_code == 405
