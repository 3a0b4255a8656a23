"""So much a day and no more, whoever asks at once; and to many only with their number typed in."""

import threading
from contextlib import nullcontext

import pytest
from django.db import connection, transaction
from django.utils.timezone import localdate

from peerhood.notices import mass_mail
from peerhood.notices.models import MassMailDay
from peerhood.platform.refusals import Refusal

pytestmark = pytest.mark.django_db
CIRCLE = "circle/7"


def spend(count, typed=None, sender=CIRCLE):
    with transaction.atomic():
        mass_mail.spend(sender, count, typed=typed)


def test_few_readers_need_no_number(settings):
    settings.MASS_MAIL_READERS_A_DAY = 50
    spend(20)
    assert mass_mail.left_today(CIRCLE) == mass_mail.Left(mails=2, readers=30)


@pytest.mark.parametrize("typed", [None, 0, 20, 22])
def test_many_readers_want_their_number(typed):
    with pytest.raises(mass_mail.NotConfirmed, match="This goes to 21 people"):
        spend(21, typed)
    assert MassMailDay.objects.count() == 0


def test_two_mails_to_many_a_day_and_so_many_readers(settings):
    settings.MASS_MAIL_READERS_A_DAY = 100
    spend(30, 30)
    spend(30, 30)
    with pytest.raises(Refusal, match="Today 2 mails to many people have gone out"):
        spend(30, 30)
    spend(20)
    spend(19)
    with pytest.raises(Refusal, match="today 1 more may be written to"):
        spend(2)
    spend(1)
    assert mass_mail.left_today(CIRCLE) == mass_mail.Left(mails=0, readers=0)
    assert mass_mail.left_today("circle/8") == mass_mail.Left(mails=2, readers=100)


def test_what_an_act_that_failed_had_spent_is_there_again():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        mass_mail.spend(CIRCLE, 30, typed=30)
        1 / 0  # noqa: B018
    assert mass_mail.left_today(CIRCLE).mails == 2


def six_at_once():
    """How many of six acts at once got through; each looks, takes a moment, and spends."""
    barrier, done = threading.Barrier(6), []

    def act():
        try:
            barrier.wait()
            with transaction.atomic():
                mass_mail.spend(CIRCLE, 30, typed=30)
                done.append(1)
        except Refusal:
            pass
        finally:
            connection.close()

    threads = [threading.Thread(target=act) for _ in range(6)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return len(done)


@pytest.mark.django_db(transaction=True)
def test_six_hosts_at_once_send_two(settings):
    settings.MASS_MAILS_A_DAY = 2
    assert (six_at_once(), MassMailDay.objects.get().mails_count) == (2, 2)


@pytest.mark.django_db(transaction=True)
def test_control_without_the_lock_more_get_through(monkeypatch):
    """All six read the row of the day before any of them has written it."""
    all_have_read = threading.Barrier(6)

    def read_and_not_held(sender):
        day, _is_new = MassMailDay.objects.get_or_create(sender=sender, day=localdate())
        return day

    def spend_outside(sender, count, *, typed):
        day = read_and_not_held(sender)
        all_have_read.wait(20)
        if mass_mail._left(day).mails < 1:
            raise Refusal("enough")
        day.mails_count += 1
        day.save()

    # SQLite's writers wait for each other anyway, so what is left out here is the act's own transaction.
    monkeypatch.setattr(mass_mail, "spend", spend_outside)
    monkeypatch.setattr(transaction, "atomic", nullcontext)
    MassMailDay.objects.create(sender=CIRCLE, day=localdate())
    assert six_at_once() == 6
