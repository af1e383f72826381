"""A page of the app as one person sees it in a real browser, and the verbs of such a person."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Locator, Page

LAPTOP: dict[str, Any] = {"viewport": {"width": 1366, "height": 768}, "color_scheme": "light"}
PHONE_DARK: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
IDLE = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE = 30_000  # milliseconds: a busy machine draws slowly
OWN_WAY = "/_stcore/"  # a deep link asks for Streamlit's own pages twice, and misses once
INSIDE = ("data", "blob")  # addresses that lead nowhere


@dataclass(kw_only=True)
class Seen:
    """A page as one person sees it, with what it asked for and what it complained of."""

    page: Page
    url: str
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "") -> Page:
        """Open a view, or a whole address, and wait until it is drawn."""
        self.page.goto(path if path.startswith(self.url) else f"{self.url}/{path}")
        return self.idle()

    def idle(self) -> Page:
        """Wait until the script has run and nothing is being worked out any more."""
        quiet = 0
        deadline = time.monotonic() + 120
        while quiet < 3:
            assert time.monotonic() < deadline, "the view is not done"
            self.page.wait_for_timeout(120)
            busy = self.page.locator("[data-testid=stProgress]").count() or not self.page.locator(IDLE).count()
            quiet = 0 if busy else quiet + 1
        return self.page

    def go(self, view: str) -> Page:
        """Go to a view by its link, which a narrow screen keeps in a panel at the side."""
        link = self.page.get_by_role("link", name=view, exact=True).first
        folded = self.page.get_by_test_id("stExpandSidebarButton")
        if folded.is_visible():
            folded.click()
        link.click()
        close = self.page.get_by_test_id("stSidebarCollapseButton")
        if close.count() and close.is_visible():
            close.locator("button").click()
        return self.idle()

    def at(self, key: str) -> Locator:
        """Return what bears a key."""
        return self.page.locator(f"[class~='st-key-{re.sub(r'[^\w-]', '-', key)}']").first

    def press(self, key: str) -> Page:
        """Press the button that bears this key."""
        self.at(key).locator("button:visible").first.click()  # a narrow screen has a second one, hidden, for its help
        return self.idle()

    def fill(self, where: Locator, text: str) -> Page:
        """Type into a field and leave it."""
        where.fill(text)
        where.press("Tab")
        return self.idle()

    def number(self, key: str, value: float) -> Page:
        """Type a number into the field that bears this key, and confirm it."""
        box = self.at(key).locator("input").first
        box.fill(str(value))
        box.press("Enter")
        return self.idle()

    def why(self, text: str) -> Page:
        """Type the one line that says why."""
        return self.fill(self.page.get_by_role("textbox", name=re.compile("^Why")), text)

    @property
    def answer(self) -> str:
        """The card of the view, in words."""
        return self.at("answer").inner_text()

    @property
    def change(self) -> Locator:
        """The line that says what the last change was, and what it moved."""
        return self.page.get_by_text("Last change:").first

    @property
    def hosts(self) -> set[str]:
        """Whom the page asked."""
        return {urlsplit(one).netloc for one in self.asked if urlsplit(one).scheme not in INSIDE}

    def note(self, said: ConsoleMessage) -> None:
        """Keep a complaint of the page."""
        if said.type == "error" and OWN_WAY not in said.location.get("url", ""):
            self.complaints.append(f"{said.text} {said.location.get('url', '')}")
