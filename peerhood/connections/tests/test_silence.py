from peerhood.connections import connecting, queries
from peerhood.connections.models import Connection
from peerhood.people import silence


def test_a_block_ends_a_connection_and_hides_each_from_whom_the_other_met(
    after_supper, ada, ben, django_capture_on_commit_callbacks
):
    connecting.say_met(ada, ben, after_supper)
    connecting.say_met(ben, ada, after_supper)
    assert Connection.objects.of(ada).exists()
    with django_capture_on_commit_callbacks(execute=True):
        silence.block(ben, ada)
    assert not Connection.objects.of(ada).exists()
    for one, other in ((ada, ben), (ben, ada)):
        assert other not in [met.person for met in queries.met_at(after_supper, one)]
