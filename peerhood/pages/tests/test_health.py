import pytest

from peerhood.platform import pulse

pytestmark = pytest.mark.django_db


def test_health_tells_of_database_worker_outbox_and_version(client):
    pulse.beat("worker")
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json() == {
        "version": "0.1.0",
        "database": True,
        "worker": {"alive": True, "seconds_since_heartbeat": 0},
        "mail_outbox": {"waiting": 0, "dead": 0},
    }


def test_a_worker_that_never_started_is_not_alive(client):
    assert client.get("/healthz").json()["worker"] == {"alive": False, "seconds_since_heartbeat": None}
