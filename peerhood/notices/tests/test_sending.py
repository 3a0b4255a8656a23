import re
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from html import unescape
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils.html import strip_tags

from peerhood.notices import sending
from peerhood.notices.models import Mail
from peerhood.platform import rows


def words_of_html(mail):
    body = mail.html.partition("<body")[2].partition(">")[2]
    return unescape(strip_tags(body)).split()


def test_the_first_line_is_the_subject_and_the_rest_the_text(ada, letter):
    mail = sending.send(ada, letter("A seat for you\n\nDear {{ person.name }},\n\nsee you there.\n"))
    assert (mail.subject, mail.address, mail.person) == ("A seat for you", "ada@example.org", ada)
    assert mail.text == (
        "Dear Ada Andersson,\n\nsee you there.\n\n-- \nPeerhood\n"
        "You get this because this address was given at Peerhood."
    )


def test_text_and_html_say_the_same(ada, letter):
    kind = letter(
        "Hello\nDear {{ person.name }},\none\ntwo\n\n- three & four\n- it's five\n\n{{ site_url }}/7/"
    )
    mail = sending.send(ada, kind)
    said = re.sub(r"(?m)^(- |-- $)", "", mail.text.partition("-- \n")[0]).split()
    assert words_of_html(mail)[1:-10] == said  # around it: the network's name, and why one gets this
    assert '<a href="http://127.0.0.1:8000/7/"' in mail.html
    assert "one<br>\ntwo" in mail.html.replace("<br />", "<br>")


def test_a_mail_is_in_the_readers_language_and_zone(person, letter):
    eva = person("Eva", language="sv", time_zone="Europe/London")
    kind = letter("{% load i18n %}{% translate 'January' %}\n{{ at|date:'H:i' }}")
    mail = sending.send(eva, kind, at=datetime(2027, 1, 21, 12, tzinfo=UTC))
    assert (mail.subject, mail.text[:5], mail.language) == ("januari", "12:00", "sv")
    assert '<html lang="sv">' in mail.html
    stockholm = sending.send_to(
        "eva@example.org", kind, language="en", at=datetime(2027, 1, 21, 12, tzinfo=UTC)
    )
    assert (stockholm.subject, stockholm.text[:5]) == ("January", "13:00")


@pytest.mark.django_db(transaction=True)
def test_an_act_that_was_rolled_back_sends_nothing(ada, letter, mailoutbox):
    kind = letter("Hello\nthere")
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        sending.send(ada, kind)
        1 / 0  # noqa: B018
    assert (Mail.objects.count(), mailoutbox) == (0, [])


@pytest.mark.django_db(transaction=True)
def test_a_mail_leaves_after_the_commit(ada, letter, mailoutbox):
    kind = letter("Hello\nthere")
    with transaction.atomic():
        mail = sending.send(ada, kind)
        assert mailoutbox == []
    mail.refresh_from_db()
    assert ([message.subject for message in mailoutbox], mail.state) == (["Hello"], Mail.State.SENT)


def test_a_key_makes_a_mail_unique(ada, letter):
    kind = letter("Hello\nthere")
    first = sending.send(ada, kind, key="seated/7")
    assert (first is not None, sending.send(ada, kind, key="seated/7")) == (True, None)
    sending.send(ada, kind, key="seated/8")
    sending.send(ada, kind)
    sending.send(ada, kind)
    assert sorted(str(mail.key) for mail in Mail.objects.all()) == ["None", "None", "seated/7", "seated/8"]


def test_what_is_written_by_hand_is_what_a_save_would_write(ada, letter):
    kind = letter("Hello\n\nDear {{ person.name }}, å ä ö.\n")
    calendar = sending.CalendarPart("BEGIN:VCALENDAR", "REQUEST", "gatherings/7")
    mails = [sending.send(ada, kind, key="by hand", calendar=calendar)]
    mails.append(Mail.objects.create(**(fields_of(mails[0]) | {"key": "saved"})))
    by_hand, saved = (fields_of(Mail.objects.get(pk=mail.pk)) | {"key": ""} for mail in mails)
    assert by_hand == saved == fields_of(mails[0]) | {"key": ""}
    mails[0].text = "changed"
    mails[0].save()
    assert Mail.objects.filter(text="changed").count() == 1


def test_another_conflict_than_the_keys_is_still_an_error(ada, letter):
    mail = sending.send(ada, letter("Hello\n\nyou.\n"), key="one")
    again = Mail(**(fields_of(mail) | {"key": "two", "uid": mail.uid}))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(again, unless="key")
    same_key = fields_of(mail) | {"uid": uuid4()}
    assert rows.insert(Mail(**same_key), unless="key") is False
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Mail(**same_key))


@pytest.mark.django_db(transaction=True)
def test_one_mail_a_key_however_many_write_it_at_once(ada, letter, monkeypatch):
    kind, together = letter("Hello\n\nyou.\n"), Barrier(4)
    # All of them have looked, and found none, before the first one writes.
    monkeypatch.setattr(sending, "_is_written", lambda _key: together.wait() < 0)

    def write(_number):
        try:
            return sending.send(ada, kind, key="seated/7") is not None
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        written = list(threads.map(write, range(4)))
    assert (sum(written), Mail.objects.count()) == (1, 1)


def fields_of(mail):
    own = {"id", "uid"}
    return {
        field.name: getattr(mail, field.name) for field in Mail._meta.concrete_fields if field.name not in own
    }


def test_somebody_without_an_address_is_not_written_to(person, letter):
    assert sending.send(person("Ida", email=None), letter("Hello\nthere")) is None
    assert Mail.objects.count() == 0


def test_a_name_cannot_add_a_header(person, letter):
    eve = person("Eve\r\nBcc: everybody@example.org")
    mail = sending.send(eve, letter("{{ person.name }}\nHello"))
    assert mail.subject == "Eve"
    odd = sending.send_to("x@example.org", letter("{{ odd }}\nHello"), language="en", odd="A \u2028 B\r\x85C")
    assert odd.subject == "A B C"


def test_a_name_is_neither_markup_nor_a_hidden_link(person, letter):
    eve = person("O'Hara <b>& [your bank](https://evil.example)")
    mail = sending.send(eve, letter("From {{ person.name }}\nDear {{ person.name }}"))
    assert mail.subject == "From O'Hara <b>& [your bank](https://evil.example)"
    assert "Dear O'Hara <b>& [your bank](https://evil.example)" in mail.text
    assert "<b>" not in mail.html
    assert [unescape(said) for said in re.findall(r"<a [^>]*>(.*?)</a>", mail.html)] == [
        "https://evil.example"
    ]


def test_whoever_signed_in_once_belongs(ada, letter, client):
    client.force_login(ada)
    ada.refresh_from_db()
    mail = sending.send(ada, letter("Hello\nthere"))
    assert mail.text.endswith("You get this because you belong to Peerhood.")


def test_a_long_subject_is_cut(ada, letter):
    assert len(sending.send(ada, letter(f"{'long ' * 80}\nHello")).subject) == 200
