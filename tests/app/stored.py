"""Steps that several tests of the case store in the app take, as a person would."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

from cybercoercion.app import shelf
from cybercoercion.case import Case, load_case, read_shipped
from cybercoercion.case.editing import with_values
from cybercoercion.desk import Desk, Place, opened
from cybercoercion.store import CaseStore, Filed

SONY = "sony-2014"


def store() -> CaseStore:
    """Return the store of the running test."""
    return shelf.store()


def sony(**stakes: float) -> Case:
    """Return the worked example, with other stakes."""
    return with_values(load_case(SONY), {f"stakes.{name}": value for name, value in stakes.items()})


def filed_sony() -> Filed:
    """File the worked example, as somebody else did before."""
    return store().create(read_shipped(SONY), who="Ann", why="As published")


def desk_of(filed: Filed) -> Desk:
    """Return a desk on which a filed case lies."""
    return opened(sony(), filed.text, Place(id=filed.id, revision=filed.revision))


def arriving(query: dict[str, Any] | None = None, user: dict[str, Any] | None = None) -> AppTest:
    """Return the app as a new page of the browser with an address opens it."""
    at = AppTest.from_file(str(Path(__file__).parents[2] / "app" / "app.py"), default_timeout=60)
    at.query_params.update(query or {})
    if user is not None:
        at.user = user
    at.run()
    assert not at.exception, at.exception
    return at


def now(at: AppTest) -> Case:
    """Return the case on the desk."""
    found: Case = at.session_state["desk"].now
    return found


def keys(at: AppTest) -> set[str]:
    """Return the keys of all buttons."""
    return {one.key for one in at.button if one.key}


def words(at: AppTest) -> str:
    """Return all that is said in sentences."""
    blocks = (at.markdown, at.caption, at.info, at.warning, at.title, at.subheader)
    return " ".join(one.value for block in blocks for one in block).replace("\\", "")


def refusals(at: AppTest) -> list[str]:
    """Return every cell of the table of faults."""
    frames = [one.value for one in at.table]
    return [str(cell).replace("\\", "") for frame in frames if "allowed" in frame for cell in frame.to_numpy().ravel()]


def save(at: AppTest, why: str = "Because", who: str | None = None) -> AppTest:
    """Save as a person does: the drawer, a name, a reason, the button."""
    at.button(key="save").click().run()
    at.text_input(key="save_why").set_value(why)
    if who is not None:
        at.text_input(key="typed_name").set_value(who)
    return at.button(key="save_now").click().run()
