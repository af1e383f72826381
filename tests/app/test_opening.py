"""Opening another case: an example, a filed one, a blank one, what was set aside; nothing on the desk is lost."""

from __future__ import annotations

import pytest
from tests.app.stored import SONY, arriving, desk_of, filed_sony, keys, now, refusals, save, sony, store, words

from cybercoercion.app.filing import ROOM
from cybercoercion.app.parts.examples import cards
from cybercoercion.case import Campaign, load_case, read_shipped, shipped
from cybercoercion.case.loading import load_text
from cybercoercion.desk import opened
from cybercoercion.screen.opening import titles

CAMPAIGN = "ukraine-2014-2016"


def opening(start, desk=None):
    """Return the app with its drawer of cases open."""
    at = start(**({"desk": desk} if desk is not None else {}))
    return at.button(key="open").click().run()


def test_three_examples_stand_on_cards_and_all_in_a_list(start) -> None:
    """Three shipped cases have a card each; the list holds every shipped case by its title."""
    at = opening(start)
    assert len(cards()) == 3
    assert {f"open_{name}" for name, _ in cards()} <= keys(at)
    assert sorted(at.selectbox(key="example_picked").options) == sorted(titles().values())
    assert set(titles()) == set(shipped())


@pytest.mark.parametrize("name", ["colonial-2021", "opm-2015"])
def test_a_card_opens_its_case_with_its_comments(start, name: str) -> None:
    """A card lays its case on the desk as it is shipped, filed nowhere and with nothing to undo."""
    at = opening(start)
    at.button(key=f"open_{name}").click().run()
    desk = at.session_state["desk"]
    assert (desk.now, desk.text, desk.place, desk.undoes) == (load_case(name), read_shipped(name), None, None)


def test_the_list_opens_a_campaign_which_says_that_its_episodes_are_edited_one_by_one(start) -> None:
    """A campaign opens from the list, says how it is edited, and a button opens an episode."""
    at = opening(start)
    at.selectbox(key="example_picked").set_value(CAMPAIGN).run()
    assert isinstance(now(at), Campaign)
    assert "its episodes are edited one by one" in words(at)
    episode = now(at).episodes[0].id
    at.button(key=f"episode_{episode}").click().run()
    assert now(at) == load_case(episode)


def test_a_changed_campaign_is_filed_and_opens_again_as_it_was(start) -> None:
    """Stakes of a campaign that were changed are filed with it, and a link opens them."""
    from cybercoercion.assessment import changed

    campaign = load_text(read_shipped(CAMPAIGN))
    harder = changed(campaign, ["stakes.resilience=0.5"])
    at = save(start(desk=opened(campaign, read_shipped(CAMPAIGN)).changed(harder, "Harder")))
    place = at.session_state["desk"].place
    assert now(arriving({"case": place.id})) == harder
    assert load_text(store().load(place.id).text) == harder


def test_what_belongs_into_an_episode_is_not_filed_with_the_campaign(start) -> None:
    """A campaign with a change inside an episode is refused in words when it is saved, and stays on the desk."""
    from cybercoercion.assessment import changed

    campaign = load_text(read_shipped(CAMPAIGN))
    inside = changed(campaign, [f"reports.{campaign.episodes[0].reports[0].id}.off=true"])
    at = save(start(desk=opened(campaign, read_shipped(CAMPAIGN)).changed(inside, "Off")))
    assert any("changes within its episodes" in cell for cell in refusals(at))
    assert now(at) == inside
    assert store().recent() == ()


def test_opening_another_case_sets_unfiled_changes_aside_and_offers_them_again(start) -> None:
    """Unfiled changes are set aside with their undo, outlive a reload, and can be taken up or discarded."""
    at = opening(start, opened(sony(), read_shipped(SONY)).changed(sony(resilience=0.7), "Resilience to 0.7"))
    at.button(key="open_colonial-2021").click().run()
    assert now(at) == load_case("colonial-2021")
    again = arriving({"aside": at.query_params["aside"]})
    assert now(again) == sony()
    again.button(key="open").click().run()
    again.button(key="aside_up_0").click().run()
    assert now(again) == sony(resilience=0.7)
    again.button(key="undo").click().run()
    assert now(again) == sony()
    at.button(key="open").click().run()
    at.button(key="aside_off_0").click().run()
    assert "aside" not in at.query_params


def test_an_experiment_that_is_set_aside_leaves_neither_itself_nor_the_case_behind_it(start) -> None:
    """A case with unfiled changes and an experiment on it are both offered again after a reload."""
    desk = opened(sony(), read_shipped(SONY)).changed(sony(resilience=0.7), "One").tried("Two", sony(resilience=0.1))
    at = opening(start, desk)
    at.button(key="open_colonial-2021").click().run()
    again = arriving({"aside": at.query_params["aside"]}).session_state["set_aside"]
    assert {one.now.stakes.resilience for one in again} == {0.7, 0.1}


def test_nothing_that_is_set_aside_is_pushed_out(start) -> None:
    """When there is no more room aside, opening another case is refused, and all stays."""
    desk = opened(sony(), read_shipped(SONY))
    lying = tuple(desk.changed(sony(resilience=0.1 + place / 100), f"{place}") for place in range(ROOM))
    at = start(desk=desk.changed(sony(resilience=0.7), "One"), set_aside=lying)
    at.button(key="open").click().run()
    at.button(key="open_colonial-2021").click().run()
    assert now(at) == sony(resilience=0.7)
    assert at.session_state["set_aside"] == lying
    assert any("file or discard one first" in cell for cell in refusals(at))


def test_taking_up_sets_the_other_aside(start) -> None:
    """Two cases with unfiled changes change places; neither is lost."""
    first = opened(sony(), read_shipped(SONY)).changed(sony(resilience=0.7), "One")
    at = opening(start, first)
    at.button(key="open_colonial-2021").click().run()
    colonial = load_case("colonial-2021")
    other = at.session_state["desk"].changed(colonial.model_copy(update={"marking": "TLP"}), "Two")
    at.session_state["desk"] = other
    at.run()
    at.button(key="open").click().run()
    at.button(key="aside_up_0").click().run()
    assert now(at) == sony(resilience=0.7)
    assert [one.now for one in at.session_state["set_aside"]] == [other.now]


def test_filed_cases_stand_in_the_drawer_and_open(start) -> None:
    """A filed case stands in the drawer with who filed it and why, and opens at its latest revision."""
    filed = filed_sony()
    store().save(filed.id, 1, desk_of(filed).changed(sony(resilience=0.7), "Up").toml, who="Ben", why="Drill")
    at = opening(start)
    assert "Revision 2, Ben" in words(at)
    at.button(key=f"open_filed_{filed.id}").click().run()
    assert (now(at), at.session_state["desk"].place.revision) == (sony(resilience=0.7), 2)


def test_a_blank_case_asks_for_its_frame_first(start) -> None:
    """Without a frame nothing opens, and every fault is told at once; with one a sound case without reports opens."""
    at = opening(start)
    at.button(key="blank_start").click().run()
    assert any("how it came to attention" in cell for cell in refusals(at))
    assert now(at) == sony()
    at.radio(key="blank_frame").set_value("disruptive-in-dispute")
    at.button(key="blank_start").click().run()
    assert {"title", "target.name"} <= {cell.rpartition(", ")[2] for cell in refusals(at)}
    at.text_input(key="blank_title").set_value("Port of Zürich, 2026")
    at.text_input(key="blank_target").set_value("The *port*")
    at.selectbox(key="blank_kind").set_value("operator")
    at.button(key="blank_start").click().run()
    case = now(at)
    assert (case.id, case.frame, case.target.name, case.target.kind) == (
        "port-of-zurich-2026",
        "disruptive-in-dispute",
        "The *port*",
        "operator",
    )
    assert case.reports == case.demands == ()
    assert not at.error
    assert "Nothing is reported yet" in words(at)


def test_an_experiment_is_bounded_and_ends_in_three_ways(start) -> None:
    """An experiment says that it is a copy; discarding, taking over and keeping do to the case what they say."""
    desk = opened(sony(), read_shipped(SONY)).tried("Harder [target](x)", sony(resilience=0.7))
    at = start(desk=desk)
    assert "This is a copy: Harder [target](x). The case as filed is kept." in words(at)
    at.button(key="trial_discard").click().run()
    assert (now(at), at.session_state["desk"].trial) == (sony(), None)
    at = start(desk=desk)
    at.button(key="trial_take").click().run()
    assert now(at) == sony(resilience=0.7)
    at.button(key="undo").click().run()
    assert now(at) == sony()
    at = start(desk=desk)
    at.button(key="trial_keep").click().run()
    kept = at.session_state["desk"]
    assert (kept.now, [(one.name, one.source) for one in kept.kept]) == (
        sony(),
        [("Harder [target](x)", sony(resilience=0.7))],
    )
