"""Who comes in where a server asks for it: nothing before the login, drafts for their owner only."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from tests.app.stored import arriving, filed_sony, keys, now, save, sony, store, words

OUT = {"is_logged_in": False}
ANN = {"is_logged_in": True, "email": "ann@example.org", "name": "Ann"}
BEN = {"is_logged_in": True, "email": "ben@example.org", "name": "Ben"}


def test_without_a_login_there_is_no_button_for_one(start) -> None:
    """Where no login is set up, nothing asks for one."""
    at = start()
    assert not {"log_in", "log_out"} & keys(at)


def test_before_the_login_nothing_is_shown() -> None:
    """Where a login is set up, a stranger sees a door: no case, no table, no way to open one; a link tells nothing."""
    at = arriving({"case": filed_sony().id}, user=OUT)
    assert keys(at) == {"log_in"}
    assert [one.value for one in at.title] == ["Cyber coercion"]
    assert "Sony" not in words(at)
    assert "desk" not in at.session_state


def test_each_provider_has_a_button() -> None:
    """Where the server names several who vouch for people, each has a button."""
    at = AppTest.from_file(str(Path(__file__).parents[2] / "app" / "app.py"), default_timeout=60)
    at.user = OUT
    at.secrets = {"auth": {"redirect_uri": "x", "cookie_secret": "y", "one": {"client_id": "a"}, "two": {}}}
    assert keys(at.run()) == {"log_in_one", "log_in_two"}


def test_a_change_is_filed_under_the_name_of_the_login() -> None:
    """Whoever logged in is who filed it; no other name can be typed."""
    at = arriving(user=ANN)
    assert "log_out" in keys(at)
    at.button(key="save").click().run()
    assert not [one for one in at.text_input if one.key == "typed_name"]
    at.button(key="save_now").click().run()
    assert store().load(at.session_state["desk"].place.id).who == "ann@example.org"


def test_a_draft_is_for_its_owner_only() -> None:
    """The address of unfiled work opens it for who made it, and for nobody else."""
    at = arriving(user=ANN)
    at.session_state["desk"] = at.session_state["desk"].changed(sony(resilience=0.7), "Up")
    at.run()
    token = at.query_params["draft"]
    assert now(arriving({"draft": token}, user=BEN)) == sony()
    assert now(arriving({"draft": token}, user=ANN)) == sony(resilience=0.7)


def test_the_list_holds_my_cases_and_a_link_opens_those_of_others() -> None:
    """Others' cases are not listed where people log in; a link to one opens it."""
    ann = save_as(ANN)
    ben = arriving({"case": ann}, user=BEN)
    assert ben.session_state["desk"].place.id == ann
    ben.button(key="open").click().run()
    assert f"open_filed_{ann}" not in keys(ben)


def test_only_who_filed_it_first_deletes_it() -> None:
    """Another person who types the title deletes nothing."""
    ann = save_as(ANN)
    ben = arriving({"case": ann}, user=BEN)
    ben.button(key="history").click().run()
    ben.text_input(key="delete_typed").set_value(sony().title)
    ben.button(key="delete").click().run()
    assert store().load(ann).revision == 1


@pytest.mark.parametrize("name", ["Ann", ""])
def test_a_typed_name_stays_for_the_session(start, name: str) -> None:
    """Without a login a name is typed once, and taken for later saves as well."""
    at = save(start(), who=name)
    at.session_state["desk"] = at.session_state["desk"].changed(sony(resilience=0.7), "Up")
    at.run()
    save(at)
    whole = store().history(at.session_state["desk"].place.id)
    assert [one.who for one in whole] == [name or "not named"] * 2


def save_as(user: dict) -> str:
    """File the worked example as somebody, and return its name in the store."""
    at = arriving(user=user)
    at.button(key="save").click().run()
    at.button(key="save_now").click().run()
    return at.session_state["desk"].place.id
