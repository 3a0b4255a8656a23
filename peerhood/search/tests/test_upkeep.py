"""What was missed is made good: by the worker at night, and by the operator."""

from io import StringIO

import pytest
from django.core.management import call_command

from peerhood.search import tasks
from peerhood.search.models import Entry

pytestmark = pytest.mark.django_db


def test_the_worker_writes_everything_again_each_night(makers):
    tasks.write_everything_again.call_local()
    written = list(Entry.objects.values_list("kind", "object_id", "title", "words", "marks"))
    assert {kind for kind, *_rest in written} == {"circle", "person"}
    Entry.objects.all().delete()
    Entry.objects.create(kind="circle", object_id=0, title="ghost", words="ghost", marks="a_circle__public")
    tasks.write_everything_again.call_local()
    assert set(Entry.objects.values_list("kind", "object_id", "title", "words", "marks")) == set(written)


def test_the_operator_writes_everything_again_and_hears_what_changed(makers):
    said = StringIO()
    call_command("reindex", stdout=said)
    assert "circle: 1 rows changed" in said.getvalue()
    call_command("reindex", stdout=said)
    assert "circle: 0 rows changed" in said.getvalue()
