import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from peerhood.connections import connecting
from peerhood.connections.models import Connection
from peerhood.journal.models import Entry
from peerhood.notices.models import Mail


def mails():
    return sorted(Mail.objects.values_list("address", "kind"))


def happened():
    return list(Entry.objects.values_list("name", flat=True))


@pytest.fixture
def both_say(after_supper):
    def say(person, other):
        connecting.say_met(person, other, after_supper)
        return connecting.say_met(other, person, after_supper)

    return say


def test_a_connection_is_made_when_both_have_said_so(after_supper, ada, ben):
    assert not connecting.say_met(ben, ada, after_supper).is_mutual()
    assert (list(Connection.objects.of(ada)), list(Connection.objects.of(ben))) == ([], [])
    made = connecting.say_met(ada, ben, after_supper)
    assert list(Connection.objects.of(ada)) == list(Connection.objects.of(ben)) == [made]
    assert made.met_at == after_supper


def test_one_word_alone_leaves_no_mail_and_no_line_in_the_journal(after_supper, ada, ben):
    connecting.say_met(ben, ada, after_supper)
    assert (mails(), happened()) == ([], [])


def test_the_second_word_writes_to_both_with_the_others_address(both_say, ada, ben):
    both_say(ada, ben)
    to_ada, to_ben = Mail.objects.order_by("address")
    assert (to_ada.subject, to_ben.subject) == (
        "You and Ben Berg keep in touch",
        "You and Ada Andersson keep in touch",
    )
    assert "You can write to Ben Berg at ben@example.org." in to_ada.text
    assert "You can write to Ada Andersson at ada@example.org." in to_ben.text
    assert happened() == ["connection.made"]


def test_saying_it_again_writes_no_second_mail(both_say, after_supper, ada, ben):
    both_say(ada, ben)
    both_say(ben, ada)
    assert (len(mails()), happened(), Connection.objects.count()) == (2, ["connection.made"], 1)


def test_only_of_those_one_shared_a_table_with(after_supper, ada, ben, chi, dot):
    for person, other in ((ben, chi), (chi, ben), (ben, dot), (dot, ada), (ada, ada)):
        with pytest.raises(PermissionDenied):
            connecting.say_met(person, other, after_supper)
    assert not Connection.objects.exists()


def test_a_word_alone_that_is_taken_back_leaves_no_trace(after_supper, ada, ben):
    connecting.say_met(ben, ada, after_supper)
    connecting.take_back(ada, ben)
    assert Connection.objects.count() == 1
    for _twice in range(2):
        connecting.take_back(ben, ada)
    assert (Connection.objects.count(), happened()) == (0, [])


def test_taking_back_ends_it_for_both_and_leaves_the_others_word(both_say, after_supper, ada, ben):
    both_say(ada, ben)
    connecting.take_back(ada, ben)
    assert (list(Connection.objects.of(ada)), list(Connection.objects.of(ben))) == ([], [])
    assert Connection.objects.get().said_at(ben)
    assert happened() == ["connection.made", "connection.ended"]
    assert connecting.say_met(ada, ben, after_supper).is_mutual()
    assert len(mails()) == 2


def test_somebody_without_an_address_is_kept_all_the_same(after_supper, person, ada, share_a_table):
    eli = person("Eli Ek", email=None)
    share_a_table(after_supper, ada, eli)
    connecting.say_met(eli, ada, after_supper)
    assert connecting.say_met(ada, eli, after_supper).is_mutual()
    assert "Eli Ek has given no address here" in Mail.objects.get().text


def test_the_database_keeps_one_row_per_pair_in_one_order(after_supper, ada, ben):
    Connection.objects.create(one=ada, other=ben)
    for one, other in ((ada, ben), (ben, ada)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Connection.objects.create(one=one, other=other)
