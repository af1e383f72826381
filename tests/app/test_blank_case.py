"""From a blank case to a full assessment, with nothing but the page."""

from __future__ import annotations

from tests.app.asking import blank, case, choose, desk, page, press, sound, write

from cybercoercion.case import parse_case
from cybercoercion.case.editing import with_row

EXPECTED = """
schema = 1
id = "port-2026"
title = "The port of Aland"
as_of = {as_of}
target = {{ name = "Port of Aland", kind = "operator", country = "FI" }}
frame = "disruptive-in-dispute"

[[actors]]
id = "neighbour"
name = "The neighbour"
kind = "state"
country = "SE"
capability = "demonstrated"
relationship = "dispute"
track_record = true
interdependence = {{ low = 0.2, high = 0.5 }}
alternatives = "costly"

[[actors]]
id = "gang"
name = "Gang"
kind = "criminal"

[[demands]]
id = "open-the-strait"
text = "Open the strait"
polarity = "do"
content = "political"
long_standing = true
held_by = {{ neighbour = "declared" }}
cost_of_conceding = {{ low = 1_000_000.0, high = 9_000_000.0 }}

[[reports]]
id = "first-message"
fact = "threat"
finding = "ambiguous"
grade = "B2"

[[pending]]
id = "laboratory"
fact = "malware_lineage"
cost = 40_000.0

[stakes]
harm_now = {{ low = 2_000_000.0, high = 20_000_000.0 }}
resilience = 0.4
bilateral_trade = {{ neighbour = 5_000_000_000.0 }}

[deception.gang]
motive = true
means = 0.2
"""


def test_a_case_is_made_from_nothing() -> None:
    """Frame, target, two candidates, a demand, stakes, an awaited report and a checklist make the case expected.

    The report comes in beside the page, as its own drawer is not part of this block. The text of the desk says the
    same as the case.
    """
    start, text = blank()
    at = page(start, text)
    sound(at.radio(key="ask.frame").set_value("disruptive-in-dispute").run())
    write(at, "ask.title", "The port of Aland")
    write(at, "ask.target.name", "Port of Aland")
    choose(at, "ask.target.kind", "operator")
    choose(at, "ask.target.country", "FI")
    press(at, "add.actors")
    write(at, "new.actors.name", "The neighbour")
    write(at, "new.id", "neighbour")
    choose(at, "new.actors.kind", "state")
    choose(at, "new.actors.country", "SE")
    write(at, "new.actors.interdependence", "0.2 to 0.5")
    write(at, "new.why", "It has a dispute with us")
    press(at, "new.add")
    press(at, "add.actors")
    write(at, "new.actors.name", "Gang")
    choose(at, "new.actors.kind", "criminal")
    write(at, "new.why", "It lives off ports")
    press(at, "new.add")
    choose(at, "row.actors", "suspect")
    press(at, "remove.actors")
    choose(at, "context.actors", "neighbour")
    choose(at, "context.actors.neighbour.capability", "demonstrated")
    choose(at, "context.actors.neighbour.relationship", "dispute")
    choose(at, "context.actors.neighbour.track_record", True)
    choose(at, "context.actors.neighbour.alternatives", "costly")
    press(at, "add.demands")
    write(at, "new.demands.text", "Open the strait")
    choose(at, "new.demands.polarity", "do")
    choose(at, "new.demands.content", "political")
    write(at, "new.demands.cost_of_conceding", "1 M to 9 M")
    write(at, "new.why", "Said for years")
    press(at, "new.add")
    choose(at, "context.demands.open-the-strait.held_by.neighbour", "declared")
    choose(at, "context.demands.open-the-strait.long_standing", True)
    told = {"id": "first-message", "fact": "threat", "finding": "ambiguous", "grade": "B2"}
    at.session_state["desk"] = desk(at).changed(with_row(case(at), "reports", told), "Report first-message added")
    sound(at.run())
    press(at, "add.pending")
    choose(at, "new.pending.fact", "malware_lineage")
    write(at, "new.id", "laboratory")
    write(at, "new.pending.cost", "40 k")
    write(at, "new.why", "Ordered")
    press(at, "new.add")
    write(at, "ask.stakes.harm_now", "2 M to 20 M")
    write(at, "ask.stakes.resilience", "0.4")
    write(at, "ask.stakes.bilateral_trade.neighbour", "5 bn")
    choose(at, "deception.actors", "gang")
    choose(at, "ask.deception.gang.motive", True)
    choose(at, "ask.deception.gang.means", "20 %")
    expected = parse_case(EXPECTED.format(as_of=start.as_of))
    assert case(at) == expected
    assert parse_case(desk(at).toml) == expected
    assert "# Who may be behind it." in desk(at).toml
    for _ in range(len(desk(at).moments) - 1):
        press(at, "undo")
    assert case(at) == start
