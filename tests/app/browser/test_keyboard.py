"""Tasks done by keyboard alone: no mouse is used after the page is there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect
from tests.app.browser.seen import LAPTOP, PHONE_DARK, Seen

FAR = 200  # tab stops until somebody gives up
TAKEN_BACK = "Control+Alt+u"


def tab_to(seen: Seen, goal: Locator) -> None:
    """Press Tab until what is wanted, or something inside of it, has the focus."""
    expect(goal).to_be_attached()
    for _ in range(FAR):
        if goal.evaluate("one => one.contains(document.activeElement)"):
            return
        seen.page.keyboard.press("Tab")
    raise AssertionError("the keyboard does not reach it")


def press(seen: Seen, key: str) -> None:
    """Go to the button that bears a key, and press Enter on it."""
    tab_to(seen, seen.at(key).locator("button:visible").first)
    seen.page.keyboard.press("Enter")
    seen.idle()


def write(seen: Seen, key: str, text: str) -> None:
    """Go to the field that bears a key, and write; in a list, that chooses what fits."""
    tab_to(seen, seen.at(key).locator("input"))
    seen.page.keyboard.type(text)
    seen.page.keyboard.press("Enter")
    seen.idle()


def choose(seen: Seen, key: str, number: int) -> None:
    """Go to the group of choices that bears a key, and choose one by its place."""
    tab_to(seen, seen.at(key))
    seen.page.keyboard.press("Space")
    for _ in range(number - 1):
        seen.page.keyboard.press("ArrowDown")
    seen.idle()


@pytest.mark.parametrize("seen", [LAPTOP, PHONE_DARK], ids=["laptop", "phone-dark"], indirect=True)
def test_a_report_is_added_by_keyboard_alone(seen: Seen) -> None:
    """The drawer opens, each question is answered, the report is in, and a shortcut takes it out again."""
    page = seen.open("evidence")
    before = seen.at("answer").inner_text()
    press(seen, "report_add")
    drawer = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    write(seen, "draft_group", "how it was done")
    write(seen, "draft_fact", "technique")
    choose(seen, "grade_information", 2)
    press(seen, "report_next")
    choose(seen, "grade_source", 3)
    write(seen, "draft_new_origin", "a second laboratory")
    tab_to(seen, drawer.get_by_role("textbox", name="Why?"))
    page.keyboard.type("it came in today")
    page.keyboard.press("Tab")
    seen.idle()
    press(seen, "report_save")
    expect(drawer).to_have_count(0)
    expect(seen.change).to_contain_text("it came in today")
    expect(page.get_by_text("a second laboratory").first).to_be_visible()
    expect(page.get_by_text(re.compile("^16 reports from 8 origins")).first).to_be_visible()
    page.keyboard.press(TAKEN_BACK)
    seen.idle()
    expect(seen.change).to_have_count(0)
    assert seen.at("answer").inner_text() == before
