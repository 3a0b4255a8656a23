"""The budgets of the public gathering page, measured in Chromium on a first visit."""

import pytest

pytestmark = pytest.mark.browser

# Compressed bytes on the wire, first visit.
HTML, CSS, TOTAL, REQUESTS = 12_000, 14_000, 100_000, 7
LAYOUT_SHIFT = 0.02
OBSERVE = """
window.paints = []; window.shifts = 0;
new PerformanceObserver(l => window.paints.push(...l.getEntries().map(e => e.startTime))).observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(l => l.getEntries().forEach(e => { if (!e.hadRecentInput) window.shifts += e.value })).observe({type: 'layout-shift', buffered: true});
"""


def test_the_public_gathering_page_stays_within_its_budget(somebody):
    visitor = somebody("en", width=390, height=844)
    visitor.goes_to("/gatherings/")
    link = visitor.page.locator(".gathering-card a").first.get_attribute("href")

    stranger = somebody("en", width=390, height=844)
    page = stranger.page
    session = stranger.context.new_cdp_session(page)
    session.send("Network.enable")
    kinds, sizes, urls = {}, {}, {}
    session.on(
        "Network.responseReceived",
        lambda e: (
            kinds.update({e["requestId"]: e["type"]}),
            urls.update({e["requestId"]: e["response"]["url"]}),
        ),
    )
    session.on("Network.loadingFinished", lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}))
    # Lighthouse's mobile network: 1.6 Mbit/s, 150 ms.
    session.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8},
    )
    page.add_init_script(OBSERVE)
    stranger.goes_to(link)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(300)

    def total(kind: str) -> int:
        return sum(size for request, size in sizes.items() if kinds.get(request) == kind)

    measured = {
        "html": total("Document"),
        "css": total("Stylesheet"),
        "script": total("Script"),
        "font": total("Font"),
        "total": sum(sizes.values()),
        "requests": len(sizes),
        "lcp_ms": max(page.evaluate("window.paints")),
        "cls": page.evaluate("window.shifts"),
    }
    print(measured)
    assert {url for url in urls.values() if not url.startswith((stranger.url, "data:"))} == set()
    assert measured["html"] <= HTML
    assert measured["css"] <= CSS
    assert measured["script"] == 0
    assert measured["total"] <= TOTAL
    assert measured["requests"] <= REQUESTS
    assert measured["cls"] <= LAYOUT_SHIFT
