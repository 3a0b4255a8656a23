"""The four steps that write to many: to whom, what it says, and the act that sends it."""

from collections.abc import Callable
from dataclasses import dataclass

from peerhood.gatherings import looking_back
from peerhood.gatherings.coming import inviting, messages, preparing, still_coming
from peerhood.gatherings.models import Gathering, HostMessage
from peerhood.pages.timeline.steps import Name
from peerhood.people.models import Person


@dataclass(frozen=True)
class Letter:
    """The acts behind one of these steps."""

    to: Callable[[Gathering, Person], list[Person]]
    draft: Callable[[Gathering, Person, str], tuple[str, str]]
    why_not: Callable[[Gathering], str]
    send: Callable[..., int]


LETTERS = {
    Name.INVITE: Letter(inviting.to_invite, inviting.draft, inviting.why_not, inviting.invite),
    Name.REMIND: Letter(still_coming.to_ask, still_coming.draft, still_coming.why_not, still_coming.ask_now),
    Name.PREPARE: Letter(preparing.to_tell, preparing.draft, preparing.why_not, preparing.tell),
    Name.THANK: Letter(looking_back.to_thank, looking_back.thanks, looking_back.why_not, looking_back.thank),
}


@dataclass(frozen=True)
class Draft:
    """A letter as it would be sent now."""

    message: HostMessage
    subject: str
    text: str
    why_not: str
    to_count: int
    sent_count: int
    waiting_count: int


def draft_of(gathering: Gathering, name: Name, by: Person) -> Draft:
    """What would be sent, with the words that are kept, and to how many."""
    letter, message = LETTERS[name], messages.of(gathering, name)
    subject, text = letter.draft(gathering, by, message.words)
    return Draft(
        message,
        subject,
        text,
        letter.why_not(gathering),
        len(letter.to(gathering, by)),
        messages.sent_count_of(gathering, name),
        messages.waiting_count_of(gathering, name),
    )
