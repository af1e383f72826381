"""Every view in a real browser, on a wide light screen and on a narrow dark one: drawn, named, with its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.app.browser.seen import LAPTOP, PHONE_DARK, Seen

VIEWS = ("", "evidence", "beliefs", "decision", "change", "compare", "assumptions")
DRAWING = "[data-testid=stVegaLiteChart]"
TABLE = "The numbers as a table"
GROUND = {"light": "rgb(255, 255, 255)", "dark": "rgb(20, 23, 28)"}
# of each drawing: whether the way to its table stands between it and the next heading
TOLD = """all => all.map(one => {
  const after = two => one.compareDocumentPosition(two) & Node.DOCUMENT_POSITION_FOLLOWING;
  const marks = [...document.querySelectorAll('h2, h3, button')].filter(after);
  const next = marks.find(two => two.tagName !== 'BUTTON' || two.innerText.includes('The numbers as a table'));
  return Boolean(next) && next.tagName === 'BUTTON';
})"""
COUNT = re.compile(r"\d+ of 20")


def words(where: Locator) -> str:
    """Return what stands there, in one line."""
    return " ".join(where.inner_text().split())


def names(page: Page) -> list[str]:
    """Return the accessible names of all drawings."""
    found = page.locator(DRAWING).evaluate_all("all => all.map(one => one.getAttribute('aria-label') || '')")
    return [" ".join(name.split()) for name in found]


class Look(NamedTuple):
    """A view, the screen on which it is looked at, and how deep."""

    view: str
    screen: dict[str, Any]
    depth: str


LOOKS = [
    *(pytest.param(Look(view, LAPTOP, "Analyst"), id=f"{view or 'brief'}-laptop") for view in VIEWS),
    *(pytest.param(Look(view, PHONE_DARK, "Decision-maker"), id=f"{view or 'brief'}-phone-dark") for view in VIEWS),
]


@pytest.fixture(scope="module", params=LOOKS)
def looked(visiting, request: pytest.FixtureRequest) -> Iterator[tuple[Look, Seen]]:
    """Open a view once for all that is asked of it; that it asked nobody but the app is asked at the end."""
    look: Look = request.param
    with visiting() as visit:
        seen = visit(look.screen)
        seen.open(f"{look.view}?depth={look.depth}")
        yield look, seen


def test_a_view_is_drawn_without_complaint(looked) -> None:
    """A view has one title, its own ground, no failure, no complaint in the console, and never scrolls sideways."""
    look, seen = looked
    page = seen.page
    expect(page.locator("h1")).to_have_text("Sony Pictures Entertainment, 2014")
    assert page.get_by_text("could not be drawn").count() == 0
    assert page.locator("[data-testid=stException]").count() == 0
    assert seen.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert page.evaluate("e => e.scrollWidth <= e.clientWidth + 1", page.query_selector("[data-testid=stMain]"))
    ground = page.get_by_test_id("stApp").evaluate("one => getComputedStyle(one).backgroundColor")
    assert ground == GROUND[look.screen["color_scheme"]]


def test_every_drawing_has_a_name_that_states_numbers(looked) -> None:
    """The accessible name of each drawing is its caption, which stands on the page; its marks are silent."""
    look, seen = looked
    page = seen.page
    if look.view not in ("compare", "assumptions"):  # a slow machine draws late
        page.locator("[data-testid=stVegaLiteChart][aria-label]").first.wait_for(timeout=60_000)
    named = names(page)
    assert named or look.view in ("compare", "assumptions")
    spoken = page.locator(f"{DRAWING} .role-mark [aria-label]")
    assert spoken.evaluate_all("all => all.map(one => one.outerHTML.slice(0, 200))") == []
    assert [name for name in named if len(name) <= 20] == []
    unseen = [name for name in named if name not in words(page.locator("body"))]
    assert unseen == [] or look.view == ""  # the rows of the brief share one caption; their counts stand in its table


def test_beneath_every_drawing_stands_a_table(looked) -> None:
    """The way to the numbers of a drawing stands beneath it, folds included, and it opens a table with rows."""
    look, seen = looked
    page = seen.page
    if look.depth == "Analyst":
        for fold in page.get_by_test_id("stExpander").locator("summary").all():
            fold.click()
        seen.idle()
    told = page.locator(DRAWING).evaluate_all(TOLD)
    assert all(told), [place for place, one in enumerate(told) if not one]
    text = words(page.locator("body"))
    counts = {count for name in names(page) if name not in text for count in COUNT.findall(name)}
    ways = page.get_by_role("button", name=TABLE)
    assert ways.count() or not told
    for place in range(ways.count()):
        ways.nth(place).click()
        shown = page.get_by_test_id("stPopoverBody")
        expect(shown.locator("tbody tr").first).to_be_visible()
        counts -= set(COUNT.findall(words(shown)))
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
    assert counts == set()
