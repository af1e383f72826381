"""A decision-maker's way through the app in a real browser: from opening a case to handing it on."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from cybercoercion.case import load_case, parse_case


def press(page: Page, key: str) -> None:
    """Press the button that bears this key."""
    page.locator(f".st-key-{key} button").first.click()


def ranked(page: Page) -> list[str]:
    """Return what the answer says: the first sentences of the view."""
    return page.locator(".st-key-answer").first.inner_text().split("\n")


def test_open_regrade_move_save_reopen_share_export(seen, browser) -> None:
    """A case is opened, regraded, moved until the ranking changes, saved, reopened by its link, and taken home."""
    page = seen.open()
    expect(page.locator("h1")).to_have_text("Sony Pictures Entertainment, 2014")

    press(page, "open")
    page.locator(".st-key-open_sony-2014 button").first.click()
    seen.idle()
    expect(page.locator("h1")).to_have_text("Sony Pictures Entertainment, 2014")

    # regrade: information first, then the source
    page.get_by_role("link", name="Evidence").click()
    seen.idle()
    report = next(one for one in load_case("sony-2014").reports if one.id == "gop-claim")
    press(page, f"grade_{report.id}")
    page.get_by_text("(4)", exact=False).first.click()
    press(page, "grade_next")
    page.get_by_text("(D)", exact=False).first.click()
    seen.idle()
    page.get_by_role("textbox", name="Why this grade?").fill("the translation is disputed")
    page.keyboard.press("Tab")
    seen.idle()
    press(page, "grade_apply")
    seen.idle()
    expect(page.get_by_text("Last change:", exact=False).first).to_contain_text("D4")

    # resilience, until another response or nothing new comes first
    page.get_by_role("link", name="Decision").click()
    seen.idle()
    before = ranked(page)
    box = page.locator(".st-key-number_resilience input, .st-key-number_stakes\\.resilience input").first
    box.fill("0.95")
    box.press("Enter")
    seen.idle()
    assert ranked(page) != before
    expect(page.get_by_text("Last change:", exact=False).first).to_contain_text("first choice")

    # save with a reason
    press(page, "save")
    page.get_by_role("textbox", name=re.compile("^Why")).fill("after the meeting")
    page.keyboard.press("Tab")
    seen.idle()
    press(page, "save_now")
    seen.idle()
    page.wait_for_url(re.compile("case="))
    asked = parse_qs(urlsplit(page.url).query)
    assert set(asked) <= {"case", "revision", "draft", "depth"}
    assert "sony" not in page.url.lower()

    # the link opens the same case for somebody else
    link = page.url
    other = browser.new_context(viewport={"width": 1366, "height": 768}, accept_downloads=True).new_page()
    other.goto(link)
    expect(other.locator("h1")).to_have_text("Sony Pictures Entertainment, 2014", timeout=30_000)
    other.wait_for_timeout(1500)
    assert ranked(other) == ranked(page)

    # the report, as data and as the case file
    press(other, "print")
    other.get_by_text("Data (JSON)").click()
    other.wait_for_timeout(1500)
    with other.expect_download() as waited:
        other.locator(".st-key-print_download button").click()
    said = json.loads(waited.value.path().read_text(encoding="utf-8"))
    assert said["title"] == "Sony Pictures Entertainment, 2014"
    press(other, "save")
    with other.expect_download() as waited:
        other.get_by_role("button", name=re.compile("file", re.IGNORECASE)).last.click()
    text = waited.value.path().read_text(encoding="utf-8")
    case = parse_case(text)
    assert next(one for one in case.reports if one.id == report.id).grade == "D4"
    assert case.stakes.resilience == 0.95
    assert "# The paper's first case" in text  # comments are kept
    other.context.close()
