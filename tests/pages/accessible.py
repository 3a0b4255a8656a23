"""Is a page accessible, light and dark? axe looks, at the page as it stands in a real browser."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

EVERYTHING = {"resultTypes": ["violations"]}
# What a page says and how it is built is the same in the dark; its colours are not.
COLOURS = {**EVERYTHING, "runOnly": ["color-contrast"]}


def faults(page: Page) -> list[str]:
    """What axe finds, in one line each: by light everything, in the dark the colours; then light again."""
    found = []
    for scheme, rules in (("dark", COLOURS), ("light", EVERYTHING)):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"{page.url}, {scheme}: {fault}" for fault in faults_as_it_stands(page, rules)]
    return found


def faults_as_it_stands(page: Page, rules: dict = EVERYTHING) -> list[str]:
    """What axe finds in the colours that the page has now, without saying where it is."""
    violations = Axe().run(page, options=rules).response["violations"]
    return [f"{v['id']} at {v['nodes'][0]['target']} ({len(v['nodes'])})" for v in violations]
