"""The view Compare: keeping, renaming and removing scenarios, choosing what is compared, too few of them."""

from __future__ import annotations

import time

from streamlit.testing.v1 import AppTest

from cybercoercion.case import load_case
from cybercoercion.case.editing import with_values
from cybercoercion.desk import Desk, opened


def settled(at: AppTest) -> AppTest:
    """Return the view once nothing is being worked out any more."""
    for _ in range(300):
        if not any(button.key and button.key.startswith("cancel_") for button in at.button):
            assert not at.exception
            assert not at.error
            return at
        time.sleep(0.1)
        at.run()
    raise AssertionError("still working")


def said(at: AppTest) -> str:
    """Return all text of a view, without the signs that keep it from being markdown."""
    return "\n".join(one.value for one in (*at.markdown, *at.caption, *at.subheader, *at.success)).replace("\\", "")


def changed() -> Desk:
    """Return a desk with one change."""
    sony = load_case("sony-2014")
    return opened(sony).changed(with_values(sony, {"stakes.resilience": 0.8}), "Engineers say 0.8")


def test_one_scenario_is_told_how_to_get_another(start) -> None:
    """Where nothing was changed or kept, the view says how to get a second scenario."""
    at = start("compare")
    assert "A comparison takes two scenarios" in said(at)
    assert "nothing was changed yet" in said(at)


def test_a_changed_case_is_compared_with_the_case_as_filed(start) -> None:
    """After a change filed and now stand side by side, with what differs, why, and what it does."""
    at = settled(start("compare", desk=changed()))
    assert at.session_state["compare_chosen"] == ["filed", "now"]
    text = said(at)
    assert "B: Changing resilience from the default, 0.36 to 0.8" in text
    assert "the gap goes from" in text
    assert any("Engineers say 0\\.8" in str(table.value) for table in at.table)


def test_keeping_a_scenario_leaves_the_case_and_its_undo(start) -> None:
    """A kept scenario lies on the desk under its name and is compared at once; the walk stays as it was."""
    at = settled(start("compare", desk=changed()))
    walk = at.session_state["desk"].moments
    at.text_input(key="scenario_name").set_value("Hard target").run()
    at.button(key="scenario_keep").click().run()
    settled(at)
    desk = at.session_state["desk"]
    assert [one.name for one in desk.kept] == ["Hard target"]
    assert desk.kept[0].source == desk.now
    assert desk.moments == walk
    assert "kept:Hard target" in at.session_state["compare_chosen"]
    at.button(key="undo").click().run()
    assert at.session_state["desk"].kept == desk.kept


def test_a_kept_scenario_is_renamed_and_removed(start) -> None:
    """A new name holds wherever the scenario is chosen; removed, it is gone from both."""
    at = settled(start("compare", desk=changed().keeping("One")))
    at.multiselect(key="compare_chosen").set_value(["filed", "kept:One"]).run()
    settled(at)
    at.text_input(key="kept_name_0").set_value("Two").run()
    settled(at)
    assert [one.name for one in at.session_state["desk"].kept] == ["Two"]
    assert at.session_state["compare_chosen"] == ["filed", "kept:Two"]
    at.button(key="kept_remove_0").click().run()
    assert at.session_state["desk"].kept == ()
    assert at.session_state["compare_chosen"] == ["filed"]
    assert "A comparison takes two scenarios" in said(at)
    at.button(key="compare_filed").click().run()
    settled(at)
    assert at.session_state["compare_chosen"] == ["filed", "now"]


def test_another_case_can_stand_beside_this_one(start) -> None:
    """A shipped case that is chosen is compared, and the case on the desk stays."""
    at = start("compare")
    at.multiselect(key="compare_chosen").set_value(["now", "shipped:opm-2015"]).run()
    settled(at)
    assert "instead of The case now" in said(at)
    assert at.session_state["desk"].now == load_case("sony-2014")


def test_user_text_in_a_name_is_shown_as_it_is(start) -> None:
    """A name with the signs of markdown is escaped wherever it stands."""
    evil = "![x](http://a.b/c.png)"
    at = settled(start("compare", desk=changed().keeping(evil).changed(load_case("sony-2014"), "Back")))
    assert evil not in "\n".join(one.value for one in (*at.markdown, *at.caption, *at.subheader, *at.success))
