"""Several pages on one case: a reload, a link, and two people who change the same revision."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect
from tests.app.browser.conftest import Visit
from tests.app.browser.seen import Seen

from cybercoercion.case import Case, load_case, parse_case

OPAQUE = {"case", "revision", "draft", "depth"}


def save(seen: Seen, why: str) -> str:
    """File the case with a reason, and return the address of the page."""
    seen.press("save")
    seen.why(why)
    seen.press("save_now")
    seen.page.wait_for_url(re.compile("case="))
    return seen.page.url


def taken_home(seen: Seen) -> Case:
    """Download the case as a file, and read it."""
    seen.press("save")
    with seen.page.expect_download() as waited:
        seen.at("save_download").locator("button").click()
    seen.page.keyboard.press("Escape")
    expect(seen.page.get_by_role("dialog")).to_have_count(0)
    return parse_case(waited.value.path().read_text(encoding="utf-8"))


def test_a_reload_brings_the_draft_back(seen: Seen) -> None:
    """What was changed and not filed is there after a reload, under an address that tells nothing of it."""
    seen.open("decision")
    seen.number("number_resilience", 0.55)
    expect(seen.change).to_contain_text("0.55")
    answer = seen.answer
    asked = parse_qs(urlsplit(seen.page.url).query)
    assert set(asked) <= OPAQUE
    assert re.fullmatch(r"[\w-]{16,}", asked["draft"][0])
    assert "sony" not in seen.page.url.lower()
    seen.page.reload()
    seen.idle()
    expect(seen.change).to_contain_text("0.55")
    assert seen.answer == answer
    seen.press("undo")
    expect(seen.at("number_resilience").locator("input")).not_to_have_value("0.55")


def test_two_people_settle_field_by_field_and_no_edit_is_lost(visit: Visit) -> None:
    """Who saves second is asked where both changed the same field; what only one changed holds, and all stays filed."""
    ann, bob = visit(), visit()
    ann.open("decision")
    ann.number("number_resilience", 0.4)
    link = save(ann, "a first look")
    bob.open(link)
    bob.go("Decision")
    expect(bob.at("number_resilience").locator("input")).to_have_value("0.4")

    ann.number("number_resilience", 0.5)
    ann.number("number_escalation", 2)
    save(ann, "the press changed its mind")
    bob.number("number_resilience", 0.6)
    bob.number("number_price_of_escalation", 3)
    mine = bob.answer
    bob.press("save")
    bob.why("the house is harder than that")
    bob.press("save_now")

    page = bob.page
    expect(page.get_by_text("Somebody filed a change before you")).to_be_visible()
    expect(bob.at("conflict_theirs")).to_contain_text("the press changed its mind")
    expect(bob.at("conflict_mine")).to_contain_text("the house is harder than that")
    expect(bob.at("conflict_save").locator("button")).to_be_disabled()
    bob.at("side_stakes.resilience").get_by_text("Mine:").click()
    bob.idle()
    bob.press("conflict_save")
    expect(page.get_by_text("Saved as revision 3.")).to_be_visible()
    stakes = taken_home(bob).stakes
    assert (stakes.resilience, stakes.escalation, stakes.price_of_escalation) == (0.6, 2, 3)

    # theirs is in the history, mine is one undo away
    bob.press("history")
    for why in ("a first look", "the press changed its mind", "the house is harder than that"):
        expect(page.get_by_role("dialog")).to_contain_text(why)
    page.keyboard.press("Escape")
    bob.press("undo")
    assert bob.answer == mine

    # and whoever opens the link without a revision sees the last one
    eve = visit()
    eve.open(re.sub(r"&?revision=\d+", "", link))
    assert taken_home(eve).stakes == stakes
    assert taken_home(eve).reports == load_case("sony-2014").reports
