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
MEMBER = ["/", "/gatherings/", "/gatherings/calendars/", "/circles/", "/circles/mellan-norrkoping/", "/circles/mellan-norrkoping/members/",
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
ORGANISER = ["/", "/circles/low-tide/members/", "/circles/low-tide/members/import/", "/circles/low-tide/settings/",
             "/gatherings/new/low-tide/", "/circles/low-tide/links/", "/circles/low-tide/entrance/",
             "/circles/low-tide/hand-over/", "/circles/low-tide/conflicts/", "/circles/low-tide/reports/", "/circles/low-tide/first-time/",
             "/stories/newsroom/low-tide/", "/stories/the-project-we-stopped/", "/stories/the-project-we-stopped/edit/",
             "/stories/the-project-we-stopped/revisions/", "/stories/the-project-we-stopped/revisions/0/"]  # fmt: skip
FORUM = ["/", "/circles/", "/gatherings/", "/gatherings/?circle=lantern-breakfast", "/gatherings/polls/1/",
         "/gatherings/new/lantern-breakfast/"]  # fmt: skip
# Another chapter asks whether hers would hold a gathering, too.
ASKED = ["/", "/circles/mellan-norrkoping/", "/gatherings/together/2/"]
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
# The first page that a list links to is looked at as well.
LINKED = {
    "/gatherings/": r"/gatherings/\d+/$",
    "/circles/": r"/circles/[a-z0-9-]+/$",
    "/gatherings/new/low-tide/": r"/gatherings/series/\d+/$",
    "/gatherings/new/lantern-breakfast/": r"/gatherings/polls/new/\d+/$",
    "/stories/threads/mellan-norrkoping/": r"/stories/threads/mellan-norrkoping/pulses/\d+/$",
    "/stories/": r"/stories/(?!new/|topics/)[a-z0-9-]+/$",
    "/connections/": r"/connections/met/\d+/$",
    "/connections/coffee/": r"/connections/coffee/\d+/$",
    "/connections/coffee/people/": r"/connections/coffee/new/\d+/$",
    "/connections/introductions/": r"/connections/introductions/\d+/$",
    "/connections/introductions/people/": r"/connections/introductions/new/\d+/$",
    "/connections/thanks/to/": r"/connections/thanks/to/\d+/$",
}


def paths_for(page: Page, url: str, paths: list[str]) -> list[str]:
    """The paths, and for each list the first page it links to."""
    found = list(paths)
    for path, pattern in LINKED.items():
        if path in paths:
            page.goto(url + path)
            links = page.eval_on_selector_all("main a[href]", "all => all.map(a => a.getAttribute('href'))")
            found += [link for link in links if re.search(pattern, link)][:1]
    return found
