"""What names a person here, and in what lies under every step: addresses, passkeys, mails, the journal."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import ManyToOneRel

from peerhood.journal.models import Entry
from peerhood.notices import forgetting
from peerhood.notices.models import Mail, QuietHours, Together, Unwanted
from peerhood.people import devices
from peerhood.people.models import (
    Affiliation,
    Device,
    Employer,
    Export,
    Person,
    Photo,
    PutAway,
    Silence,
    Trait,
)
from peerhood.people.own_data.erasing import EMPTIED
from peerhood.people.own_data.rules import Rows, delete, let_go, rule, words_of_others


def remove_jobs(rows: Rows) -> None:
    """An employer at whom nobody else works, or worked, goes with the job."""
    employers = list(rows.all().values_list("employer", flat=True))
    rows.all().delete()
    alone = Employer.objects.filter(pk__in=employers, affiliations=None)
    # Later steps may point at one; they are not known here, and what they hold stays.
    relations = [
        each for each in Employer._meta.get_fields(include_hidden=True) if isinstance(each, ManyToOneRel)
    ]
    for employer in alone:
        held = (each.related_model._base_manager.filter(**{each.field.name: employer}) for each in relations)
        if not any(found.exists() for found in held):
            employer.delete()


def sign_out(rows: Rows) -> None:
    devices.sign_out_everywhere(rows.person)


@words_of_others
def forget_in_mails(person: Person, addresses: list[str]) -> None:
    # A mail to an organiser quotes what an applicant says of their work, and may quote more one day.
    said = [getattr(person, name) for name, empty in EMPTIED.items() if empty == ""]
    forgetting.forget([person.name, *said], addresses)


rule(
    Affiliation,
    "person",
    "jobs",
    {"employer": "employer.name", "title": "title", "from": "started_on", "until": "ended_on"},
    erase=remove_jobs,
)
rule(Photo, "person", unsaid="It lies in the file as a picture.", erase=delete)
rule(Trait, "person", unsaid="It repeats answers of the profile.", erase=delete)
rule(
    Device,
    "person",
    "devices",
    {"browser": "browser", "system": "system", "since": "began_on", "last_used_on": "last_used_on"},
    erase=sign_out,
)
rule(Export, "person", unsaid="It is what is being read.", erase=delete)
rule(
    EmailAddress,
    "user",
    "addresses",
    {"address": "email", "confirmed": "verified", "main": "primary"},
    erase=delete,
)
rule(
    Authenticator,
    "user",
    "passkeys",
    {
        "name": lambda row, _person: row.wrap().name,
        "added_at": "created_at",
        "last_used_at": "last_used_at",
    },
    erase=delete,
)
rule(Person.groups.through, "person", "rights", {"right": "group.name"}, erase=delete)
rule(Person.user_permissions.through, "person", "rights", {"right": "permission.codename"}, erase=delete)
rule(Silence, "owner", "rather_not_with", {"who": "about", "how": "kind", "at": "created_at"}, erase=delete)
rule(Silence, "about", unsaid="It is known to nobody but whoever keeps it.", erase=delete)
rule(PutAway, "owner", "not_for_me", {"who": "about", "at": "at"}, erase=delete)
rule(PutAway, "about", unsaid="It is known to nobody but whoever put them away.", erase=delete)
rule(Unwanted, "person", "mails_i_do_not_want", {"kind": "group"}, erase=delete)
rule(Together, "person", "mails_i_want_once_a_day", {"kind": "group"}, erase=delete)
rule(QuietHours, "person", "quiet_hours", {"from": "begins", "until": "ends"}, erase=delete)
rule(
    Mail,
    "person",
    "mails_to_me",
    {
        "address": "address",
        "subject": "subject",
        "text": "text",
        "for_the_calendar": "calendar",
        "written_at": "created_at",
        "sent_at": "sent_at",
        "came_back_at": "bounced_at",
    },
    erase=delete,
)
rule(
    Entry,
    "by",
    "what_i_did",
    {"at": "at", "act": "name", "of": "subject_type", "number": "subject_id", "facts": "facts"},
    erase=let_go,
)
