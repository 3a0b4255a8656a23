import pytest
from django.core.exceptions import PermissionDenied

from peerhood.growth.models import SkillShare
from peerhood.growth.skills import sharing
from peerhood.journal.models import Entry


def test_nobody_shares_until_they_say_so_and_it_can_be_taken_back(makers, ben):
    assert not sharing.shares(makers, ben)
    sharing.share(makers, ben)
    assert sharing.shares(makers, ben)
    sharing.share_no_more(makers, ben)
    assert not sharing.shares(makers, ben)
    assert not SkillShare.objects.exists()


def test_sharing_twice_is_sharing_once(makers, ben):
    sharing.share(makers, ben)
    since = SkillShare.objects.get().since
    sharing.share(makers, ben)
    assert SkillShare.objects.get().since == since


def test_it_is_for_one_circle(makers, forum, ben):
    sharing.share(makers, ben)
    assert not sharing.shares(forum, ben)


def test_nobody_from_outside_shares(makers, dot):
    with pytest.raises(PermissionDenied):
        sharing.share(makers, dot)


def test_the_journal_does_not_say_who_shares(makers, ben):
    before = Entry.objects.count()
    sharing.share(makers, ben)
    sharing.share_no_more(makers, ben)
    assert Entry.objects.count() == before
