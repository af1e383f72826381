"""The block of what is asked and the editor of stakes on a page of their own, under the header, all parts open."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from streamlit.testing.v1 import AppTest

from cybercoercion.app.memory import Settings
from cybercoercion.case import Campaign, Case, new_case, parse_case
from cybercoercion.desk import Desk, opened

PARTS = ("frame", "target", "actors", "demands", "context", "deception", "pending")
PAGE = """
from cybercoercion.app.guard import guarded
from cybercoercion.app.parts import asked, drawer, faults, header, stakes

with guarded("Asked"):
    header.show()
    if not drawer.pulled():
        faults.show()
    asked.show()
    stakes.show()
"""


def page(source: Case | Campaign, text: str | None = None, parts: Iterable[str] = PARTS) -> AppTest:
    """Return the page at work on a case, with these parts open."""
    at = AppTest.from_string(PAGE, default_timeout=60)
    at.session_state["desk"] = opened(source, text)
    at.session_state["settings"] = Settings(draws=200)  # what is asked hangs on no draw
    for part in parts:
        at.session_state[f"asked.{part}"] = True
    return sound(at.run())


def sound(at: AppTest) -> AppTest:
    """Return the page, which has neither raised nor shown a failure."""
    assert not at.exception, at.exception
    assert not at.error, [one.value for one in at.error]
    return at


def settled(at: AppTest) -> AppTest:
    """Return the page once nothing is being worked out any more."""
    for _ in range(300):
        if not any(button.key and button.key.startswith("cancel_") for button in at.button):
            return sound(at)
        time.sleep(0.1)
        at.run()
    raise AssertionError("still working")


def desk(at: AppTest) -> Desk:
    """Return the desk of the page's session."""
    return at.session_state["desk"]


def case(at: AppTest) -> Any:
    """Return the case as it stands."""
    return desk(at).now


def write(at: AppTest, key: str, text: str) -> AppTest:
    """Write into a text field."""
    return sound(at.text_input(key=key).set_value(text).run())


def choose(at: AppTest, key: str, value: object) -> AppTest:
    """Choose from a box, or type what it does not offer, as a person can."""
    box = at.selectbox(key=key)
    if isinstance(value, str) and box.format_func(value) not in box.options:
        box.options.append(box.format_func(value))
    return sound(box.set_value(value).run())


def press(at: AppTest, key: str) -> AppTest:
    """Press a button."""
    return sound(at.button(key=key).click().run())


def refused(at: AppTest) -> list[str]:
    """Return the places of what was refused last."""
    return [fault.place for fault in at.session_state["refused"]] if "refused" in at.session_state else []


def blank() -> tuple[Case, str]:
    """Return a blank case and its text."""
    text = new_case("port-2026", title="A port", frame="any-intrusion")
    return parse_case(text), text
