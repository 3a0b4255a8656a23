import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.utils.timezone import now

from peerhood.people import profiles, tasks
from peerhood.people.models import Export
from peerhood.people.own_data import asking, erasing, exporting, packing, rules
from peerhood.platform.presence import Gone

pytestmark = pytest.mark.django_db
PAGE, FILE = "/me/data/export/", "/me/data/export/file/"


@pytest.fixture
def made(ben):
    """Ben's file, made."""
    export = asking.ask(ben)
    exporting.make_or_stop(export.pk)
    return Export.objects.get(pk=export.pk)


def opened(export) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(bytes(export.file)))


def test_it_is_made_in_steps_and_the_page_shows_how_far_it_is(ben, client):
    client.force_login(ben)
    export = asking.ask(ben)
    exporting._make_next(export.pk)
    exporting._make_next(export.pk)
    page = client.get(PAGE, headers={"HX-Request": "true"}).text
    assert f"2 of {len(rules.tables()) + 1} steps are done." in page
    assert 'hx-trigger="every 1s"' in page
    assert "<h1>Your file is being made</h1>" in page
    exporting.make_or_stop(export.pk)
    page = client.get(PAGE, headers={"HX-Request": "true"}).text
    assert "hx-trigger" not in page
    assert FILE in page


def test_what_a_crash_left_is_gone_on_with(ben):
    export = asking.ask(ben)
    exporting._make_next(export.pk)
    tasks.go_on_with_exports_left_behind()
    assert Export.objects.get(pk=export.pk).done_count == 1
    Export.objects.update(moved_at=now() - timedelta(minutes=3))
    tasks.go_on_with_exports_left_behind()
    export.refresh_from_db()
    assert (export.state, export.done_count) == ("done", export.total_count)
    assert len(opened(export).namelist()) > 3


def test_one_that_fails_says_so_and_can_be_tried_again(ben, client, monkeypatch):
    export = asking.ask(ben)
    monkeypatch.setattr(packing, "packed", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        exporting.make_or_stop(export.pk)
    client.force_login(ben)
    assert "It stopped half way" in client.get(PAGE).text
    monkeypatch.undo()
    exporting.make_or_stop(asking.ask(ben).pk)
    assert Export.objects.get(person=ben).is_done()


def test_asking_twice_while_it_is_made_makes_one(ben):
    assert asking.ask(ben) == asking.ask(ben)
    assert Export.objects.count() == 1


def test_a_second_tap_after_it_was_made_is_no_second_wish(made, ben):
    assert asking.ask(ben).pk == made.pk


def test_asking_again_later_makes_a_new_one(made, ben):
    Export.objects.update(asked_at=now() - timedelta(minutes=2))
    assert asking.ask(ben).pk != made.pk
    assert Export.objects.count() == 1


def test_only_its_owner_downloads_it(made, ben, ada, client):
    assert client.get(FILE).status_code == 302
    client.force_login(ada)
    assert client.get(FILE).status_code == 404
    client.force_login(ben)
    answer = client.get(FILE)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/zip")
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer.content == bytes(made.file)


def test_after_seven_days_it_is_gone(made, ben, client):
    client.force_login(ben)
    Export.objects.update(asked_at=now() - timedelta(days=6, hours=23))
    tasks.forget_old_exports()
    assert client.get(FILE).status_code == 200
    Export.objects.update(asked_at=now() - timedelta(days=7, minutes=1))
    assert client.get(FILE).status_code == 404
    tasks.forget_old_exports()
    assert Export.objects.count() == 0


def test_a_spreadsheet_takes_no_word_for_a_formula(ben):
    profiles.change(ben, work='=HYPERLINK("http://evil.example")')
    export = asking.ask(ben)
    exporting.make_or_stop(export.pk)
    file = opened(Export.objects.get(pk=export.pk))
    assert "'=HYPERLINK" in file.read("me.csv").decode("utf-8-sig")
    assert json.loads(file.read("everything.json"))["me"]["work"].startswith("=HYPERLINK")


def test_the_readme_speaks_its_owners_language(ben):
    ben.language = "sv"
    ben.save()
    export = asking.ask(ben)
    exporting.make_or_stop(export.pk)
    readme = opened(Export.objects.get(pk=export.pk)).read("README.txt").decode()
    assert "Skapad för Ben Berg" in readme
    assert "addresses.csv (1 rad)" in readme


def test_an_erasure_takes_it_along_even_while_it_is_made(ben):
    export = asking.ask(ben)
    exporting._make_next(export.pk)
    erasing.erase(ben)
    exporting.make_or_stop(export.pk)
    assert Export.objects.count() == 0
    with pytest.raises(Gone):
        asking.ask(ben)
