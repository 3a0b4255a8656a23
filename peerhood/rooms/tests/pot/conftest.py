"""A room under the Rule with six phones in it, and a pot in a spool of its own."""

import io

import pytest

from peerhood.gatherings.models import AgendaItem
from peerhood.rooms import presence
from peerhood.rooms.pot import door, envelope, opening, pouring


@pytest.fixture
def spool_folder(tmp_path, settings):
    settings.POT_SPOOL = tmp_path / "spool"
    settings.POT_SPOOL.mkdir(mode=0o700)
    return settings.POT_SPOOL


@pytest.fixture
def full_room(room, go_to):
    """Six phones in a room whose item is under the Chatham House Rule."""
    for _phone in range(6):
        presence.enter(room)
    return go_to(room, AgendaItem.Kind.MEMBER_STORY)


@pytest.fixture
def pot(full_room, ada, spool_folder, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        return opening.open_pot(full_room, by=ada, ask="What did you stop doing?")


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Act as if the transaction were over: ``commit(act, room, by=ada)``."""

    def run(act, *of, **with_):
        with django_capture_on_commit_callbacks(execute=True):
            return act(*of, **with_)

    return run


@pytest.fixture
def pour(commit):
    """What the worker does when the grace is over."""
    return lambda pot: commit(pouring.pour, pot)


@pytest.fixture
def voters(room):
    """Six phones in the room."""
    return [presence.recognise(room, token=presence.enter(room)) for _phone in range(6)]


@pytest.fixture
def secret_ballot(room, voters, themes, go_to, spool_folder, commit):
    """The pot of a ballot whose item is under the Rule, opened with its item."""
    room.gathering.agenda.update(confidentiality="chatham")
    room = commit(go_to, room, AgendaItem.Kind.BALLOT)
    return room.pots.get()


class Outside:
    """Whoever knocks at the door of the pot, as a web server would let them through."""

    def __call__(self, method: str, path: str, body: bytes = b"", **headers: str) -> "Answer":
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": path,
            "CONTENT_LENGTH": str(len(body)),
            "CONTENT_TYPE": headers.pop("CONTENT_TYPE", "application/json"),
            "wsgi.input": io.BytesIO(body),
            "wsgi.url_scheme": "http",
            "HTTP_HOST": "peers.example",
            **headers,
        }
        said = {}

        def start_response(status, headers):
            said.update(status=int(status[:3]), headers=dict(headers))

        page = b"".join(door.in_front_of(_pages)(environ, start_response))
        return Answer(said["status"], said["headers"], page)

    def hand_in(self, pot, token: str, text: str, **headers: str) -> "Answer":
        return self("POST", door.address(pot.key), envelope.padded(token, text), **headers)


def _pages(environ, start_response):
    start_response("200 OK", [])
    return [b"pages"]


class Answer:
    def __init__(self, status: int, headers: dict, body: bytes) -> None:
        self.status, self.headers, self.body = status, headers, body

    @property
    def text(self) -> str:
        return self.body.decode()


@pytest.fixture
def outside():
    return Outside()


def token(number: int) -> str:
    return f"token-of-phone-number-{number:04}"
