"""What stands around every view."""

from __future__ import annotations

import pytest

from cybercoercion.case import load_case
from cybercoercion.case.editing import with_values
from cybercoercion.desk import opened

VIEWS = ("brief", "evidence", "beliefs", "decision", "change_our_mind", "compare", "assumptions")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_one_title_the_date_and_the_number_of_origins(start, view: str) -> None:
    """Every view bears the title of the case once, the date as of which it is known, and how many origins report."""
    at = start(view)
    assert [one.value for one in at.title] == ["Sony Pictures Entertainment\\, 2014"]
    assert any("As known on 18 Dec 2014" in one.value and "origins" in one.value for one in at.caption)
    assert not at.error


def test_undo_and_redo_walk_between_the_case_before_and_after_a_change(start) -> None:
    """Undo brings back the very case before a change, redo the one after it, and the header says what moved."""
    sony = load_case("sony-2014")
    hard = with_values(sony, {"stakes.resilience": 0.9})
    at = start(desk=opened(sony).changed(hard, "Resilience to 0.9"))
    assert any("Last change\\: Resilience to 0\\.9" in one.value for one in at.markdown)
    at.button(key="undo").click().run()
    assert at.session_state["desk"].now == sony
    assert at.button(key="undo").disabled
    at.button(key="redo").click().run()
    assert at.session_state["desk"].now == hard
