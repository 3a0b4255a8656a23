"""Version stamps: every bump counts, the first one too."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from peerhood.platform import stamps

pytestmark = pytest.mark.django_db


def test_each_name_grows_by_one_a_bump_however_often_it_is_named():
    stamps.bump("circles", "gatherings", "circles")
    assert (stamps.current("circles"), stamps.current("gatherings")) == (1, 1)
    stamps.bump("gatherings")
    assert (stamps.current("circles"), stamps.current("gatherings")) == (1, 2)
    assert stamps.current("circles", "gatherings", "stories") == 3


def test_a_bump_is_one_question(django_assert_num_queries):
    with django_assert_num_queries(1):
        stamps.bump("circles", "gatherings", "gatherings/1")


@pytest.mark.django_db(transaction=True)
def test_first_bumps_of_one_moment_all_count():
    together = Barrier(4)

    def bump_first(_number):
        try:
            together.wait()
            with transaction.atomic():
                stamps.bump("circles", "gatherings")
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(bump_first, range(4)))
    assert (stamps.current("circles"), stamps.current("gatherings")) == (4, 4)
