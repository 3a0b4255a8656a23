"""The mailbox in which answers arrive: a file, a folder, or a server; ours here speaks just enough IMAP."""

import mailbox
import re
import socketserver
import threading

import pytest
from django.core.management import CommandError, call_command

from peerhood.gatherings import rsvp, tasks
from peerhood.gatherings.calendars import inbox
from peerhood.gatherings.calendars.replies import Outcome
from peerhood.notices.models import Mail
from peerhood.notices.tests.test_bounces import report

pytestmark = pytest.mark.django_db


class Server(socketserver.ThreadingTCPServer):
    """Somebody's mailbox. ``mood`` is well, refusing, or silent."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Conversation)
        self.mood, self.mails, self.seen, self.said = "well", [], set(), []

    @property
    def address(self):
        return f"imap://reader%40x:s%2Fcret@127.0.0.1:{self.server_address[1]}/INBOX"


class Conversation(socketserver.StreamRequestHandler):
    def handle(self):
        if self.server.mood == "silent":
            self.rfile.readline()
            return
        self.tell("* OK mailbox")
        for line in self.rfile:
            words = line.decode().strip()
            self.server.said.append(words.partition(" ")[2])
            tag, verb, *rest = words.split(" ", 3)
            self.answer(verb.upper(), " ".join(rest))
            refused = verb.upper() == "LOGIN" and self.server.mood == "refusing"
            self.tell(f"{tag} NO no such reader" if refused else f"{tag} OK done")
            if verb.upper() == "LOGOUT":
                return

    def answer(self, verb, rest):
        if verb == "CAPABILITY":
            self.tell("* CAPABILITY IMAP4rev1")
        elif verb == "SELECT":
            self.tell(f"* {len(self.server.mails)} EXISTS")
        elif rest.upper().startswith("SEARCH"):
            unseen = [str(n) for n in range(1, len(self.server.mails) + 1) if n not in self.server.seen]
            self.tell(f"* SEARCH {' '.join(unseen)}")
        elif rest.upper().startswith("FETCH"):
            number, most = map(int, re.search(r"FETCH (\d+) .*<0\.(\d+)>", rest).groups())
            body = self.server.mails[number - 1][:most]
            self.tell(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(body)}}}")
            self.wfile.write(body)
            self.tell(")")
        elif rest.upper().startswith("STORE"):
            self.server.seen.add(int(rest.split()[1]))

    def tell(self, words):
        self.wfile.write(words.encode() + b"\r\n")


@pytest.fixture
def server():
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def no(dinner, ben, answered):
    rsvp.attend(dinner, ben)
    return answered(dinner, ben, "DECLINED")


def holds_a_seat(gathering):
    return gathering.rsvps.going().count() == 1


def test_what_is_new_is_read_and_marked_and_the_rest_left_alone(server, no, dinner):
    server.mails = [b"Subject: Lottery\r\n\r\nWin", no]
    assert inbox.read_mailbox(server.address) == {Outcome.NO_REPLY: 1, Outcome.LEFT: 1}
    assert (server.seen, holds_a_seat(dinner)) == ({1, 2}, False)
    assert inbox.read_mailbox(server.address) == {}
    # What an address cannot hold as it is comes out of it as it was.
    assert 'LOGIN reader@x "s/cret"' in [words.replace('"reader@x"', "reader@x") for words in server.said]


def test_a_huge_mail_is_not_fetched_whole(server, dinner):
    server.mails = [b"Subject: Film\r\n\r\n" + b"x" * inbox.MOST_BYTES]
    assert inbox.read_mailbox(server.address) == {Outcome.NO_REPLY: 1}
    assert any(f"<0.{inbox.MOST_BYTES}>" in words for words in server.said)


@pytest.mark.parametrize("mood", ["refusing", "silent"])
def test_a_server_that_does_not_answer_well_is_told_without_the_password(server, mood, monkeypatch):
    monkeypatch.setattr(inbox, "TIMEOUT_SECONDS", 0.3)
    server.mood = mood
    with pytest.raises(inbox.Unreadable) as error:
        inbox.read_mailbox(server.address)
    assert "127.0.0.1" in str(error.value)
    assert "s/cret" not in str(error.value)


@pytest.mark.parametrize(
    "address", ["imap://a:b@mail.example/INBOX", "pop3://a:b@mail.example", "https://mail.example", "", "x"]
)
def test_no_password_goes_over_an_open_line(address):
    with pytest.raises(inbox.Unreadable):
        inbox.read_mailbox(address)


def test_the_worker_reads_where_there_is_a_mailbox_and_only_there(server, no, dinner, settings):
    server.mails = [no]
    tasks.read_replies.call_local()
    assert holds_a_seat(dinner)
    settings.INBOUND_MAIL_URL = server.address
    tasks.read_replies.call_local()
    assert not holds_a_seat(dinner)


def test_a_server_that_is_down_is_one_line_in_the_log(server, settings, caplog):
    settings.INBOUND_MAIL_URL, server.mood = server.address, "refusing"
    tasks.read_replies.call_local()
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == "The inbound mailbox could not be read: error at 127.0.0.1"


def test_one_mail_in_a_file(no, dinner, tmp_path, capsys):
    (tmp_path / "answer.eml").write_bytes(no)
    call_command("read_replies", file=tmp_path / "answer.eml")
    assert capsys.readouterr().out == "1 gave up a place\n1 read.\n"
    assert not holds_a_seat(dinner)


def test_an_mbox_stays_as_it_is(no, dinner, tmp_path):
    path = tmp_path / "replies"
    box = mailbox.mbox(path)
    box.add(b"Subject: Hello\n\nthere")
    box.add(no)
    box.close()
    before = path.read_bytes()
    assert inbox.read_file(path) == {Outcome.NO_REPLY: 1, Outcome.LEFT: 1}
    assert path.read_bytes() == before


def test_a_maildir_is_read_once(no, dinner, tmp_path):
    box = mailbox.Maildir(tmp_path / "replies")
    box.add(no)
    address = f"maildir://{tmp_path}/replies"
    assert inbox.read_mailbox(address) == {Outcome.LEFT: 1}
    assert inbox.read_mailbox(address) == {}
    assert [mail.get_subdir() for mail in mailbox.Maildir(tmp_path / "replies")] == ["cur"]


def test_no_mailbox_and_no_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="INBOUND_MAIL_URL"):
        call_command("read_replies")
    with pytest.raises(CommandError, match="could not be read"):
        call_command("read_replies", file=tmp_path / "missing.eml")
    with pytest.raises(CommandError, match="could not be read"):
        call_command("read_replies", mailbox=f"maildir://{tmp_path}")


def test_a_mail_of_ours_that_came_back_is_read_from_the_same_file(ada, tmp_path):
    lost = Mail.objects.create(address=ada.email, kind="circles/greeting", language="en", state="sent")
    path = tmp_path / "report.eml"
    path.write_bytes(report(lost))
    assert inbox.read_file(path) == {Outcome.CAME_BACK: 1}
    lost.refresh_from_db()
    assert lost.bounce_status == "5.1.1"
