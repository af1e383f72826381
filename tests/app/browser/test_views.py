"""Every view in a real browser: drawn without complaint, on wide and narrow screens, and talking to nobody else."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

VIEWS = ("", "evidence", "beliefs", "decision", "change", "compare", "assumptions")
SCREENS = [
    pytest.param({"viewport": {"width": 1366, "height": 768}}, id="laptop"),
    pytest.param({"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}, id="phone-dark"),
]
HARMLESS = ("_stcore/health", "_stcore/host-config", "404", "WebSocket")  # a deep link asks twice, Streamlit's own way


@pytest.mark.parametrize("seen", SCREENS, indirect=True)
@pytest.mark.parametrize("view", VIEWS)
def test_a_view_is_drawn_without_complaint(seen, view: str) -> None:
    """A view has one title, no failure, no error in the console, and never scrolls sideways."""
    page = seen.open(view)
    assert page.locator("h1").count() == 1
    assert page.get_by_text("could not be drawn").count() == 0
    assert page.locator("[data-testid=stException]").count() == 0
    complaints = [text for text in seen.complaints if not any(known in text for known in HARMLESS)]
    assert complaints == []
    wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1")
    assert wide


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_asks_nobody_but_the_app(seen, view: str) -> None:
    """The browser contacts nothing but the app's own address."""
    seen.open(view)
    hosts = {urlsplit(url).netloc for url in seen.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(seen.url).netloc}


@pytest.mark.parametrize("view", VIEWS)
def test_every_drawing_has_a_name_that_states_numbers(seen, view: str) -> None:
    """The accessible name of each drawing is its caption, which stands beside it."""
    page = seen.open(view)
    named = page.locator("[data-testid=stVegaLiteChart]").evaluate_all(
        "all => all.map(one => one.getAttribute('aria-label') || '')"
    )
    spoken = page.locator("[data-testid=stVegaLiteChart] .role-mark [aria-label]")
    assert spoken.evaluate_all("all => all.map(one => one.outerHTML.slice(0, 200))") == []
    assert all(len(name) > 20 for name in named), named
    text = " ".join(page.locator("body").inner_text().split())
    for name in named:
        assert " ".join(name.split()) in text
