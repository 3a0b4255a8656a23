"""A line of the agenda is dragged by its handle, with a mouse and with a finger; what is posted is the new order."""

from pathlib import Path

import pytest

from peerhood import gatherings

pytestmark = pytest.mark.browser
SCRIPT = Path(gatherings.__file__).parent / "static/gatherings/drag-lines.js"
LINE = """<li style="height: 60px"><input name="line-{at}-title" value="{title}"><input name="line-{at}-item_pk">
<button>up</button><button type=button data-handle hidden>::</button></li>"""
PAGE = "<form><drag-lines><ol>{lines}</ol><button type=button hidden value=look>Look</button></drag-lines></form>"


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 390, "height": 700}, has_touch=True)
    page = context.new_page()
    lines = "".join(LINE.format(at=at, title=title) for at, title in enumerate("abcd"))
    page.set_content(PAGE.format(lines=lines))
    yield page
    context.close()


@pytest.fixture
def draggable(page):
    page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
    page.evaluate(
        "() => { window.looks = 0; document.querySelector('[value=look]').onclick = () => window.looks++ }"
    )
    return page


def posted(page):
    """What the form would send, title by number."""
    sent = page.evaluate("() => [...new FormData(document.forms[0])].filter(([name]) => /title/.test(name))")
    return "".join(title for _name, title in sorted(sent))


def middle_of(page, number):
    box = page.locator("[data-handle]").nth(number).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_with_a_mouse(draggable):
    (x, y), (_x, below) = middle_of(draggable, 0), middle_of(draggable, 2)
    draggable.mouse.move(x, y)
    draggable.mouse.down()
    draggable.mouse.move(x, below + 20, steps=20)
    draggable.mouse.up()
    assert (posted(draggable), draggable.evaluate("window.looks")) == ("bcad", 1)


def test_with_a_finger(draggable):
    (x, y), (_x, above) = middle_of(draggable, 3), middle_of(draggable, 0)
    session = draggable.context.new_cdp_session(draggable)

    def touch(kind, *points):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", {"x": x, "y": y})
    for step in range(21):
        touch("touchMove", {"x": x, "y": y + (above - 20 - y) * step / 20})
    touch("touchEnd")
    assert (posted(draggable), draggable.evaluate("window.looks")) == ("dabc", 1)


def test_pressing_beside_the_handle_drags_nothing(draggable):
    field = draggable.locator("input").first.bounding_box()
    draggable.mouse.move(field["x"] + 5, field["y"] + 5)
    draggable.mouse.down()
    draggable.mouse.move(field["x"] + 5, field["y"] + 200, steps=10)
    draggable.mouse.up()
    assert (posted(draggable), draggable.evaluate("window.looks")) == ("abcd", 0)


def test_without_the_script_there_is_no_handle_and_the_buttons_stay(page):
    assert not page.locator("[data-handle]").first.is_visible()
    assert page.get_by_role("button", name="up").count() == 4


def test_it_is_small():
    assert len(SCRIPT.read_text(encoding="utf-8").splitlines()) <= 40
