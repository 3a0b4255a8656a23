"""Who looks, and at what: the demo's pages, as the people who see them."""

import re

from playwright.sync_api import Page

IMOGEN, HONOR, INGA, MAJA = "Imogen Thackwick", "Honor Withyhurst", "Inga Hagelro", "Maja Ekvret"
PUBLIC = [
    "/",
    "/gatherings/",
    "/gatherings/?past=1",
    "/gatherings/calendars/?circle=pmo-mellan",
    "/circles/",
    "/circles/pmo-mellan/",
    "/stories/",
    "/stories/topics/",
    "/stories/topics/portfolj/",
    "/stories/recordings/",
    "/stories/recordings/1/",
    "/promise/",
    "/search/",
    "/search/?q=portfolio",
    "/search/?q=xyzzy",
    "/sign-in/",
    "/demo/",
    "/mail/",
]
DESIGN = ["/design/", "/design/gathering/", "/design/room/", "/design/projector/"]
MEMBER = ["/", "/gatherings/", "/gatherings/?circle=mellan-norrkoping", "/gatherings/calendars/", "/circles/", "/circles/mellan-norrkoping/", "/circles/mellan-norrkoping/members/",
          "/circles/mellan-norrkoping/themes/", "/connections/", "/connections/coffee/", "/connections/coffee/people/", "/connections/coffee/rounds/mellan-norrkoping/",
          "/connections/card/", "/connections/card/mine/phone/", "/connections/introductions/", "/connections/introductions/people/", "/connections/introductions/new/", "/connections/ladder/", "/connections/thanks/", "/connections/thanks/to/", "/stories/", "/stories/new/", "/stories/new/?circle=mellan-norrkoping", "/stories/topics/portfolj/", "/growth/", "/growth/new/", "/growth/cycles/new/", "/growth/certificates/", "/growth/year/",
          "/growth/in/mellan-norrkoping/", "/growth/skills/", "/growth/skills/assess/", "/growth/skills/history/", "/growth/skills/in/mellan-norrkoping/", "/growth/skills/in/mellan-norrkoping/help/", "/growth/skills/in/mellan-norrkoping/help/risk/",
          "/growth/outside/mellan-norrkoping/", "/growth/outside/mellan-norrkoping/?past=1", "/growth/outside/mellan-norrkoping/new/", "/growth/opportunities/mellan-norrkoping/", "/growth/opportunities/mellan-norrkoping/new/", "/growth/opportunities/mellan-norrkoping/people/",
          "/growth/open-to-talk/", "/growth/mentoring/", "/growth/mentoring/in/mellan-norrkoping/", "/growth/mentoring/in/mellan-norrkoping/offer/", "/growth/pitches/", "/growth/pitches/new/", "/me/", "/me/as-others-see-me/circles/",
          "/people/", "/people/?q=an", "/people/?q=xyzzy&topic=x", "/search/",
          "/search/?q=no", "/search/?q=an&kind=person", "/people/like-me/", "/me/not-for-me/", "/me/rather-not/", "/me/data/", "/me/mails/", "/me/data/export/", "/me/data/erasure/", "/me/addresses/", "/me/passkeys/", "/circles/invitations/",
          "/stories/threads/mellan-norrkoping/", "/stories/threads/mellan-norrkoping/ask/", "/stories/threads/mellan-norrkoping/moan/", "/stories/threads/mellan-norrkoping/pulses/ask/", "/circles/mellan-norrkoping/who-may/", "/circles/mellan-norrkoping/pause/",
          "/circles/mellan-norrkoping/leave/", "/circles/mellan-orebro/apply/",
          "/gatherings/series/1/", "/gatherings/stories/mellan-norrkoping/", "/gatherings/stories/mellan-norrkoping/kit/", "/circles/seeds/new/", "/circles/seeds/1/", "/circles/seeds/1/end/"]  # fmt: skip
ORGANISER = ["/", "/gatherings/?past=1&circle=low-tide", "/connections/coffee/rounds/low-tide/", "/connections/coffee/rounds/low-tide/cadence/", "/growth/in/low-tide/", "/growth/skills/in/low-tide/list/", "/growth/skills/in/low-tide/",
             "/growth/mentoring/in/low-tide/", "/growth/opportunities/low-tide/", "/growth/opportunities/low-tide/reported/", "/stories/threads/low-tide/", "/stories/recordings/1/",
             "/circles/low-tide/members/", "/circles/low-tide/members/import/", "/circles/low-tide/settings/",
             "/gatherings/new/low-tide/", "/circles/low-tide/links/", "/circles/low-tide/entrance/",
             "/circles/low-tide/hand-over/", "/circles/low-tide/conflicts/", "/circles/low-tide/reports/", "/circles/low-tide/first-time/",
             "/stories/newsroom/low-tide/", "/stories/ai-in-the-pmo-what-we-showed-each-other/", "/stories/the-project-we-stopped/", "/stories/the-project-we-stopped/edit/",
             "/stories/the-project-we-stopped/revisions/", "/stories/the-project-we-stopped/revisions/0/"]  # fmt: skip
FORUM = ["/", "/circles/", "/gatherings/", "/gatherings/?circle=lantern-breakfast", "/gatherings/polls/1/",
         "/gatherings/new/lantern-breakfast/", "/growth/skills/of/lantern-breakfast/", "/growth/skills/of/lantern-breakfast/assess/", "/growth/skills/in/lantern-breakfast/"]  # fmt: skip
# Another chapter asks whether hers would hold a gathering, too.
# She leads the chapter's list of conferences, too.
ASKED = ["/", "/circles/mellan-norrkoping/", "/gatherings/together/2/", "/growth/outside/mellan-norrkoping/"]
OF_GATHERING = [
    "",
    "guests/",
    "line/",
    "words/",
    "placed/",
    "ticket/",
    "preparation/",
    "online/",
    "door/",
    "print/",
    "letter/",
    "edit/",
    "timeline/",
    "timeline/theme/",
    "timeline/invite/",
    "timeline/remind/",
    "timeline/prepare/",
    "timeline/thank/",
    "together/",
    "tables/",
    "room/",
    "formats/",
    "room/breakouts/",
    "room/harvest/",
    "cancellation/",
]
# Of what a page links to, the first page of each of these is looked at as well; and what that one links to.
LINKED = {
    r"/gatherings/": [r"/gatherings/\d+/"],
    r"/gatherings/\?(past=1&)?circle=.*": [r"/gatherings/\d+/"],
    r"/gatherings/\d+/": [r"/growth/certificates/of/\d+/", r"/stories/recordings/of/\d+/", r"/connections/dares/\d+/"],
    r"/circles/": [r"/circles/[a-z0-9-]+/"],
    r"/gatherings/new/low-tide/": [r"/gatherings/series/\d+/"],
    r"/gatherings/new/lantern-breakfast/": [r"/gatherings/polls/new/\d+/"],
    r"/stories/": [r"/stories/(?!new/|topics/|recordings/)[a-z0-9-]+/"],
    r"/stories/(?!new/|topics/|recordings/)[a-z0-9-]+/": [r"/stories/by/\d+/", r".*/comments/waiting/", *(rf".*/comments/\d+/{act}/" for act in ("reply", "edit", "report", "hide"))],
    r"/stories/recordings/of/\d+/": [r"/stories/recordings/attach/\d+/"],
    r"/stories/recordings/\d+/": [r"/stories/recordings/of/\d+/", r".*/edit/"],
    r"/stories/threads/mellan-norrkoping/": [r".*/threads/mellan-norrkoping/\d+/", r".*/pulses/\d+/"],
    r"/connections/": [r"/connections/\d+/", r"/connections/met/\d+/"],
    r"/connections/coffee/": [r"/connections/coffee/\d+/"],
    r"/connections/coffee/people/": [r"/connections/coffee/new/\d+/"],
    r"/connections/introductions/": [r"/connections/introductions/\d+/"],
    r"/connections/introductions/people/": [r"/connections/introductions/new/\d+/"],
    r"/connections/thanks/to/": [r"/connections/thanks/to/\d+/"],
    r"/growth/": [r"/growth/\d+/", r"/growth/cycles/\d+/", r"/growth/gathering/\d+/"],
    r"/growth/\d+/": [r"/growth/\d+/remove/"],
    r"/growth/certificates/": [r"/growth/certificates/[0-9a-f-]{36}/"],
    r"/growth/skills/history/": [r"/growth/skills/history/\d+/remove/"],
    r"/growth/outside/[a-z-]+/": [r"/growth/outside/[a-z-]+/\d+/"],
    r"/growth/outside/[a-z-]+/\d+/": [r".*/edit/", r".*/remove/"],
    r"/growth/opportunities/[a-z-]+/(reported/)?": [r"/growth/opportunities/[a-z-]+/\d+/"],
    r"/growth/opportunities/[a-z-]+/\d+/": [r".*/edit/", r".*/remove/", r".*/report/", r".*/hide/"],
    r"/growth/mentoring/": [r"/growth/mentoring/pairs/\d+/", r"/growth/mentoring/asks/\d+/"],
    r"/growth/mentoring/pairs/\d+/": [r".*/end/"],
    r"/growth/mentoring/in/[a-z-]+/": [r".*/ask/\d+/"],
    r"/growth/pitches/": [r"/growth/pitches/\d+/", r"/growth/pitches/cards/\d+/"],
    r"/growth/pitches/\d+/": [r".*/edit/", r".*/remove/", r".*/ask/"],
}  # fmt: skip
# Who goes where on these pages, in the language of the run where there is none of its own.
LOOKING = {
    "visitor": (None, PUBLIC + DESIGN, "en"),
    "member": (INGA, MEMBER, "sv"),
    "organiser": (IMOGEN, ORGANISER, "en"),
    "forum": (HONOR, FORUM, "en"),
    "asked": (MAJA, ASKED, "sv"),
}


def paths_for(page: Page, url: str, paths: list[str]) -> list[str]:
    """The paths, and what they link to that is looked at as well; each once."""
    found = list(dict.fromkeys(paths))
    for path in found:
        wanted = [
            pattern for where, patterns in LINKED.items() if re.fullmatch(where, path) for pattern in patterns
        ]
        if wanted:
            page.goto(url + path)
            links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
            first = [
                next((link for link in links if re.fullmatch(pattern, link)), path) for pattern in wanted
            ]
            # The loop goes on to these.
            found += [link for link in dict.fromkeys(first) if link not in found]
    return found
