"""The letter to all three: who meets whom, why, a next step, and how the two reach each other.

It goes out once, in each one's own language, with the addresses as they are then; an answer to it goes to the other
one and not to us. On the page it stands as a draft, for as long as they may read each other's addresses.
"""

from dataclasses import dataclass
from urllib.parse import quote

from django.template import Context, Engine

from peerhood.connections.introductions.asking import key_of
from peerhood.connections.models import Introduction
from peerhood.notices import sending
from peerhood.people.models import Person

LETTER = "connections/introductions/letter.txt"


@dataclass(frozen=True)
class Draft:
    """The letter, ready to be sent from one's own mail program."""

    to: list[str]
    subject: str
    text: str

    @property
    def mailto(self) -> str:
        addresses = ",".join(quote(address, safe="@") for address in self.to)
        return f"mailto:{addresses}?subject={quote(self.subject)}&body={quote(self.text)}"


def send_to_all(introduction: Introduction) -> None:
    for reader in _all_three(introduction):
        sending.send(
            reader,
            "connections/introduced",
            key=f"{key_of(introduction)}introduced/{reader.pk}",
            reply_to=answers_to(introduction, reader),
            introduction=introduction,
        )


def draft(introduction: Introduction, reader: Person) -> Draft:
    """In the language that is being read."""
    filled = Engine.get_default().get_template(LETTER).render(_plain({"introduction": introduction}))
    subject, _newline, text = filled.strip().partition("\n")
    return Draft(answers_to(introduction, reader), " ".join(subject.split()), text.strip())


def answers_to(introduction: Introduction, reader: Person) -> list[str]:
    """The addresses of the two who meet, without the reader's own."""
    two = [person for person in (introduction.asker, introduction.target) if person is not None]
    return [person.email for person in two if person.email and person.pk != reader.pk]


def _all_three(introduction: Introduction) -> list[Person]:
    three = (introduction.asker, introduction.target, introduction.go_between)
    return [person for person in three if person is not None]


def _plain(context: dict[str, object]) -> Context:
    # It is no HTML: O'Hara must not become O&#x27;Hara.
    return Context(context, autoescape=False)
