"""A decision-maker's way through the app in a real browser: from opening a case to handing it on."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import expect
from tests.app.browser.conftest import Visit
from tests.app.browser.seen import LAPTOP, PHONE_DARK, Seen

from cybercoercion.case import parse_case

OPAQUE = {"case", "revision", "draft", "depth"}
SONY = "Sony Pictures Entertainment, 2014"


@pytest.mark.parametrize("screen", [LAPTOP, PHONE_DARK], ids=["laptop", "phone-dark"])
def test_open_regrade_move_save_reopen_share_export(visit: Visit, screen) -> None:
    """A case is opened, regraded, moved until the ranking changes, saved, reopened by its link, and taken home."""
    seen = visit(screen)
    page = seen.open()
    expect(page.locator("h1")).to_have_text(SONY)
    seen.press("open")
    seen.press("open_sony-2014")
    expect(page.locator("h1")).to_have_text(SONY)

    # regrade: information first, then the source
    seen.go("Evidence")
    seen.press("grade_gop-claim")
    page.get_by_text("(4)").first.click()
    seen.idle()
    seen.press("grade_next")
    page.get_by_text("(D)").first.click()
    seen.idle()
    seen.why("the translation is disputed")
    seen.press("grade_apply")
    expect(seen.change).to_contain_text("D4")

    # resilience, until nothing new comes first; undo and redo bring both answers back
    seen.go("Decision")
    before = seen.answer
    seen.number("number_resilience", 0.95)
    expect(seen.change).to_contain_text("first choice denial")
    after = seen.answer
    assert after != before
    seen.press("undo")
    assert seen.answer == before
    seen.press("redo")
    assert seen.answer == after

    # save with a reason; the address tells nothing of the case
    seen.press("save")
    seen.why("after the meeting")
    seen.press("save_now")
    page.wait_for_url(re.compile("case="))
    expect(page.get_by_text("Saved as revision 1.")).to_be_visible()
    assert set(parse_qs(urlsplit(page.url).query)) <= OPAQUE
    assert "sony" not in page.url.lower()

    # the link that is shared opens the same case for somebody else
    seen.press("share")
    link = seen.page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert "sony" not in link.lower()
    other = visit(screen)
    other.open(link)
    expect(other.page.locator("h1")).to_have_text(SONY)
    other.go("Decision")
    assert other.answer == after

    # reopen from the list of filed cases, in a page that knows no link
    third = visit(screen)
    third.open()
    third.press("open")
    third.press(f"open_filed_{parse_qs(urlsplit(link).query)['case'][0]}")
    third.go("Decision")
    assert third.answer == after

    # the case as a file keeps its comments
    other.press("save")
    with other.page.expect_download() as waited:
        other.at("save_download").locator("button").click()
    text = waited.value.path().read_text(encoding="utf-8")
    case = parse_case(text)
    assert next(one for one in case.reports if one.id == "gop-claim").grade == "D4"
    assert case.stakes.resilience == 0.95
    assert "# The paper's first case" in text


def test_an_experiment_asks_first_and_leaves_the_case_alone(seen: Seen) -> None:
    """A guess is made, the copy says how it fared, and the way back shows the case as it was."""
    seen.open()
    before = seen.answer
    seen.press("experiment_2")
    seen.at("guessing").get_by_text("The first choice stays").click()
    seen.idle()
    seen.press("experiment_go")
    expect(seen.at("outcome")).to_contain_text(re.compile("As you expected|You expected"))
    expect(seen.at("trial")).to_contain_text("The case as filed is kept")
    assert seen.answer != before
    seen.press("experiment_back")
    expect(seen.at("trial")).to_have_count(0)
    assert seen.answer == before
