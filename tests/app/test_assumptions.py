"""The view of assumptions: a switch opens a scenario, a filter filters, a fit changes the draws and not the case."""

from __future__ import annotations

import time

from streamlit.testing.v1 import AppTest

from cybercoercion.knowledge import load_knowledge
from cybercoercion.knowledge.ledger import ledger


def settled(at: AppTest) -> AppTest:
    """Return the view once nothing is being worked out any more."""
    for _ in range(200):
        if not any(button.key and button.key.startswith("cancel_") for button in at.button):
            return at
        time.sleep(0.1)
        at.run()
    raise AssertionError("still working")


def said(at: AppTest) -> str:
    """Return all text of a view."""
    return "\n".join(one.value for one in (*at.markdown, *at.caption, *at.subheader))


def test_a_switched_assumption_opens_a_scenario_and_leaves_the_case(start) -> None:
    """To switch an assumption shows the case under the switch beside the case as it is, and changes nothing."""
    at = settled(start("assumptions"))
    before = at.session_state["desk"]
    assert "Assumed\\:" not in said(at)
    name = at.selectbox(key="switched").options[1]
    at.selectbox(key="switched").select_index(1).run()
    settled(at)
    assert "Assumed\\:" in said(at), name
    assert "neither the case nor the tables are changed" in said(at)
    assert at.session_state["desk"] == before


def test_the_ledger_shows_what_bears_the_mark_and_holds_the_words(start) -> None:
    """The ledger counts the entries with a mark and words as the tables have them."""
    at = settled(start("assumptions"))
    at.text_input(key="ledger_words").set_value("retaliation").run()
    at.selectbox(key="ledger_mark").select("computed").run()
    settled(at)
    lines = tuple(ledger(load_knowledge(draws=2)))
    wanted = [
        line
        for line in lines
        if line.mark == "computed" and "retaliation" in f"{line.name} {line.source} {line.note} {line.unit}".lower()
    ]
    assert 0 < len(wanted) < len(lines)
    assert f"{len(wanted)} of {len(lines)} numbers" in said(at)


def test_influence_is_worked_out_when_asked_for(start) -> None:
    """How much each number moves the decision waits for a click; then the most influential entry stands first."""
    at = settled(start("assumptions"))
    at.selectbox(key="ledger_mark").select("judgement").run()
    settled(at)
    assert "move the lead of the first choice" not in said(at)
    at.button(key="ask_influence").click().run()
    settled(at)
    assert "of these entries move the lead of the first choice" in said(at)


def test_a_fit_changes_the_draws_and_not_the_case(start) -> None:
    """To take the draws of the shipped fit moves the belief, says how healthy the fit is, and leaves the case."""
    at = settled(start("assumptions"))
    desk, run = at.session_state["desk"], [one.value for one in at.caption if one.value.startswith("Run")]
    at.selectbox(key="fit_choice").select("The fit that ships").run()
    settled(at)
    assert at.session_state["desk"] == desk
    assert any("fit " in one.value and one.value.startswith("Run") for one in at.caption)
    assert [one.value for one in at.caption if one.value.startswith("Run")] != run
    assert "Is the fit to be relied on?" in said(at).replace("\\", "")
    at.selectbox(key="fit_choice").select("The priors").run()
    settled(at)
    assert [one.value for one in at.caption if one.value.startswith("Run")] == run


def test_seed_and_draws_are_those_asked_for(start) -> None:
    """Another seed and number of draws stand in the run line, and the same ones give the same run again."""
    at = settled(start("assumptions"))
    at.selectbox(key="draws_choice").select(4_000).run()
    at.number_input(key="seed_choice").set_value(7).run()
    settled(at)
    line = next(one.value for one in at.caption if one.value.startswith("Run"))
    assert "seed 7" in line
    assert "4\\,000 draws" in line


def test_changes_are_listed_with_what_they_did(start) -> None:
    """The list of changes holds a row per change with coercion and first choice after it."""
    from cybercoercion.case import load_case
    from cybercoercion.case.editing import with_fields
    from cybercoercion.desk import opened

    sony = load_case("sony-2014")
    off = with_fields(sony, "reports", sony.reports[0].id, {"off": True})
    at = settled(start("assumptions", desk=opened(sony).changed(off, "First report off")))
    at.session_state["changes"] = True
    at.run()
    settled(at)
    assert any("First report off" in str(table.value.to_dict()) for table in at.table)
