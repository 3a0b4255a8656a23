"""Passkeys without a browser; the ceremony itself is in test_passkey_browser.py."""

import json

import pytest
from allauth.mfa.models import Authenticator

from peerhood.notices.models import Mail

# A real answer of a browser to another question, at another place.
CREDENTIAL = {
    "name": "Passkey 1",
    "credential": {
        "type": "public-key",
        "id": "0UKlRE8nT2Yt3fzAtLYG",
        "rawId": "0UKlRE8nT2Yt3fzAtLYG",
        "response": {
            "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0",
            "attestationObject": (
                "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViUSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NFAAAAAAA"
                "AAAAAAAAAAAAAAAAAAAAAEDBC"
            ),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    },
}

RUBBISH = [
    "",
    "not json",
    "null",
    "5",
    "[]",
    '"text"',
    "{}",
    '{"id": 1}',
    '{"id": "é", "rawId": "é", "response": {}, "type": "public-key"}',
    '{"response": 5}',
    '{"response": {"userHandle": "AA"}}',
    '{"response": {"userHandle": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}}',
    json.dumps(CREDENTIAL["credential"]),
    json.dumps(CREDENTIAL["credential"] | {"response": {"clientDataJSON": "e30", "attestationObject": "AA"}}),
    json.dumps(
        {
            "id": "AAAA",
            "rawId": "AAAA",
            "type": "public-key",
            "response": {
                "clientDataJSON": "e30",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "MQ",
            },
        }
    ),
]


@pytest.fixture
def passkey():
    def make(person, name="Passkey 1"):
        data = CREDENTIAL | {"name": name}
        return Authenticator.objects.create(user=person, type=Authenticator.Type.WEBAUTHN, data=data)

    return make


def test_the_question_for_signing_in_names_nobody(client, db):
    answer = client.get("/sign-in/passkey/", headers={"Accept": "application/json"}).json()
    asked = answer["request_options"]["publicKey"]
    assert (asked["userVerification"], asked["rpId"], asked.get("allowCredentials", [])) == (
        "required",
        "testserver",
        [],
    )


@pytest.mark.parametrize("credential", RUBBISH)
def test_rubbish_instead_of_a_passkey_signs_nobody_in(client, ada, credential):
    client.get("/sign-in/passkey/", headers={"Accept": "application/json"})
    response = client.post("/sign-in/passkey/", {"credential": credential})
    assert (response.status_code, response.url, "_auth_user_id" in client.session) == (
        302,
        "/sign-in/",
        False,
    )


@pytest.mark.parametrize("credential", RUBBISH)
def test_rubbish_instead_of_a_passkey_is_not_added(client, ada, credential):
    client.force_login(ada)
    client.get("/me/passkeys/add/")
    response = client.post("/me/passkeys/add/", {"credential": credential, "name": "x", "passwordless": "on"})
    assert "That passkey could not be added." in response.text
    assert Authenticator.objects.count() == 0


def test_the_page_asks_the_browser_in_a_block_that_is_not_script(client, ada):
    client.force_login(ada)
    page = client.get("/me/passkeys/add/")
    assert '<script id="passkey-options" type="application/json">' in page.text
    assert 'value="Passkey 1"' in page.text


def test_passkeys_are_listed_and_removed_by_their_owner(client, ada, ben, passkey):
    mine, his = passkey(ada, "My phone"), passkey(ben, "Ben’s phone")
    client.force_login(ada)
    page = client.get("/me/passkeys/")
    assert ("My phone" in page.text, "Ben’s phone" in page.text) == (True, False)
    assert client.post(f"/me/passkeys/{his.pk}/remove/").status_code == 404
    assert client.get(f"/me/passkeys/{mine.pk}/remove/").status_code == 200
    assert client.post(f"/me/passkeys/{mine.pk}/remove/").url == "/me/passkeys/"
    assert list(Authenticator.objects.all()) == [his]
    assert [(mail.kind, mail.address) for mail in Mail.objects.all()] == [
        ("people/webauthn_removed", "ada@example.org")
    ]


def test_a_code_still_opens_when_the_passkey_is_lost(client, ada, passkey, come_in):
    passkey(ada)
    assert come_in("ada@example.org").url == "/"
    assert client.session["_auth_user_id"] == str(ada.pk)


@pytest.mark.parametrize("path", ["/me/passkeys/", "/me/passkeys/add/", "/me/passkeys/1/remove/"])
def test_passkeys_are_for_whoever_is_signed_in(client, db, path):
    assert client.get(path).url == f"/sign-in/?next={path}"
