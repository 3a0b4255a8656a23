"""The shell of every page, the pages for when something is not as it should be, and the living page."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/design/", "/design/gathering/", "/design/room/", "/design/projector/"])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_the_living_page_is_one_page_in_each_language(client, address, language):
    html = client.get(address, headers={"Accept-Language": language}).text
    assert re.findall(r'<html lang="(\w+)">', html) == [language]
    assert len(re.findall("<h1", html)) == 1
    assert len(set(re.findall(r'\sid="([^"]+)"', html))) == len(re.findall(r'\sid="([^"]+)"', html))


@pytest.mark.parametrize("address", ["/design/", "/design/gathering/", "/design/room/", "/design/projector/"])
def test_no_style_and_no_script_stands_in_the_page(client, address):
    html = client.get(address).text
    assert re.findall(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\ssrc=)", html) == []


def test_a_visitor_needs_no_script(client):
    assert re.findall("<script", client.get("/design/gathering/").text) == []


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "404", "500", "503"])
def test_a_page_for_trouble_stands_without_a_request(name):
    html = render_to_string(f"{name}.html")
    assert len(re.findall("<h1>", html)) == 1


def test_a_refusal_says_why_as_a_page_and_as_a_fragment():
    request = RequestFactory().get("/gatherings/7/")
    request.user = AnonymousUser()
    notice = '<section class="notice" data-tone="warn" role="alert"><p>It has begun.</p></section>'
    page = render_to_string("refusal.html", {"reason": "It has begun."}, request)
    assert (page.count(notice), page.count("<h1>")) == (1, 1)
    assert render_to_string("refusal.html#notice", {"reason": "It has begun."}, request).strip() == notice


def test_the_mail_shell_speaks_the_readers_language_and_is_light():
    with translation.override("sv"):
        html = render_to_string("mail/shell.html", {"site_name": "Makers", "subject": "Välkommen"})
    assert re.findall(r'lang="(\w+)"', html) == ["sv"]
    assert len(html) < 10_000


def test_the_pager_keeps_the_rest_of_the_address(client):
    html = client.get("/design/?q=fika&page=2").text
    pager = html.split('class="pager"')[1].split("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', pager) == ["?q=fika&amp;page=1", "?q=fika&amp;page=3"]
