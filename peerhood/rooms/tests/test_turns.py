from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from peerhood.rooms import running
from peerhood.rooms.models import Room
from peerhood.rooms.turns import Stale


@pytest.mark.django_db(transaction=True)
def test_of_three_facilitators_who_press_at_once_one_moves_the_room(room, ada):
    version = running.start(room, by=ada).version
    together = Barrier(3)

    def press(_number):
        together.wait()
        try:
            running.next_item(room, by=ada, version=version)
            return "moved"
        except Stale:
            return "stale"
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as facilitators:
        answers = sorted(facilitators.map(press, range(3)))
    now = Room.objects.get()
    assert (answers, now.item.title, now.version) == (["moved", "stale", "stale"], "What I stopped doing", 2)
