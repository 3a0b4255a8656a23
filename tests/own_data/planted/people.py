"""What is on his own row and around it, and what he leaves when he comes by."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client

from peerhood.people import affiliations
from peerhood.people.models import Person, Photo, Trait
from peerhood.people.own_data import asking
from tests.own_data.planted.words import MAIN, NAME, OWN_TEXTS, WORK

AGENT = "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0"


def plant(ben: Person) -> None:
    for name in OWN_TEXTS:
        setattr(ben, name, f"canary {name}"[: Person._meta.get_field(name).max_length])
    ben.name, ben.email = NAME, MAIN
    ben.links, ben.languages = ["https://canary-link.example.org"], ["sv"]
    ben.profile = {"tools": ["canarytool"]}
    ben.save()
    EmailAddress.objects.filter(user=ben).update(email=MAIN)
    EmailAddress.objects.create(user=ben, email=WORK, verified=True)
    Authenticator.objects.create(
        user=ben, type=Authenticator.Type.WEBAUTHN, data={"name": "canarykey", "credential": {}}
    )
    Photo.objects.filter(person=ben).update(small=b"RIFFcanaryphoto", large=b"RIFFcanaryphoto")
    affiliations.add(ben, "Canary Corp", title="Head of Canaries")
    Trait.objects.get_or_create(person=ben, key="tools", value="canarytool", defaults={"level": "members"})
    ben.groups.add(Group.objects.create(name="Keepers"))
    ben.user_permissions.add(Permission.objects.first())


def come_by(ben: Person) -> None:
    """Ask for a file of his data, and look at his page with a device of his."""
    asking.ask(ben)
    browser = Client()
    browser.force_login(ben)
    browser.get("/me/", headers={"User-Agent": AGENT})
