"""Coded episodes: case files and tables become the same kind of row, and later knowledge stays out."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from tests.fit.importing.rows_by_hand import EPISODE, changed, without, write_csv, write_xlsx

from cybercoercion.belief import believe
from cybercoercion.case import case_to_toml, load_case, shipped
from cybercoercion.fit.importing.columns import columns
from cybercoercion.fit.importing.episodes import read_episodes
from cybercoercion.fit.training import Training, TrainingError
from cybercoercion.knowledge import load_knowledge
from cybercoercion.vocabulary import INTENTS, facts

SHIPPED = Path(str(files("cybercoercion.priors").joinpath("episodes")))


def nested(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with dotted columns as the tree that YAML has."""
    out: dict[str, Any] = {}
    for name, value in row.items():
        block, dot, rest = name.partition(".")
        if dot:
            out.setdefault(block, {})[rest] = value
        else:
            out[name] = value.split("; ") if name == "candidates" else value
    return out


def write_yaml(path: Path, *rows: Any) -> Path:
    """Write rows as YAML."""
    path.write_text(yaml.safe_dump(list(rows)), encoding="utf-8")
    return path


def read(tmp_path: Path, *rows: dict[str, Any]) -> Training:
    """Read rows through a file."""
    return read_episodes(write_csv(tmp_path / "episodes.csv", rows))


def test_a_row_by_hand(tmp_path: Path) -> None:
    """Facts, candidates, dispute and labels of a row are as coded."""
    (episode,) = read(tmp_path, EPISODE).episodes
    assert dict(episode.facts) == {
        "threat": "clear",
        "demand_statement": "explicit",
        "claim": "persona",
        "demand_content": "political",
        "target_fit": "high",
        "conditional_wording": "yes",
        "denial": "denial",
        "trigger": "specific",
        "destruction": "yes",
        "leak": "yes",
        "severity": "moderate",
    }
    assert episode.case is not None
    assert [(actor.id, actor.kind, actor.country, actor.relationship) for actor in episode.case.actors] == [
        ("dprk", "state", "KP", "dispute"),
        ("insider", "individual", None, "none"),
        ("hacktivists", "activist", None, "none"),
    ]
    assert (episode.case.target.country, episode.case.target.kind) == ("US", "firm")
    assert (episode.case.demands[0].content, episode.case.demands[0].long_standing) == ("political", False)
    assert dict(episode.labels["intent"].weights) == {"compellence": 0.6, "retaliation": 0.4}
    assert dict(episode.labels["actor"].weights) == {"dprk": 0.9, "other": pytest.approx(0.1)}
    assert {report.grade for report in episode.case.reports} == {"A2"}


def test_table_and_tree_say_the_same(tmp_path: Path) -> None:
    """CSV with dotted columns, XLSX and nested YAML give the same episodes, fingerprints included."""
    table = read(tmp_path, EPISODE).episodes
    assert read_episodes(write_yaml(tmp_path / "e.yaml", nested(EPISODE))).episodes == table
    assert read_episodes(write_xlsx(tmp_path / "e.xlsx", [EPISODE])).episodes == table


LATER = {"true_actor": "Iran", "actor_conf": 0.2, "attrib_now": "weak", "outcome": "none", "intent_p__cmp": 0.1}


def test_what_became_known_later_is_no_input(tmp_path: Path) -> None:
    """Another culprit, outcome or label changes labels only: what the model sees of the case stays the same."""
    one = read(tmp_path, EPISODE).episodes[0]
    other = read(tmp_path, changed(EPISODE, **LATER, intent_p__ret=0.9)).episodes[0]
    assert one.labels != other.labels
    assert one.facts == other.facts
    assert one.case is not None
    assert other.case is not None
    assert one.case.model_copy(update={"labels": None}) == other.case.model_copy(update={"labels": None})


@pytest.mark.parametrize(
    ("level", "band"),
    [(0, "low"), (2, "low"), (3, "moderate"), (4, "moderate"), (5, "high"), (6, "high"), (7, "extreme")],
)
def test_severity_falls_into_bands(tmp_path: Path, level: int, band: str) -> None:
    """0-2, 3-4, 5-6 and 7-10 on the DCID scale."""
    assert read(tmp_path, changed(EPISODE, severity=level)).episodes[0].facts["severity"] == band


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("DDoS + defacement", {"disruption"}),
        ("pseudo-ransomware wiper via supply chain", {"destruction", "supply_chain"}),
        ("ransomware + theft", {"ransomware", "theft"}),
        ("pre-positioned access", {"access"}),
        ("ICS outage", {"destruction", "disruption"}),
        ("mixed campaign", set()),
    ],
)
def test_operations_are_taken_apart(tmp_path: Path, words: str, found: set[str]) -> None:
    """The words of an operation are the components that a case file reports; what is not named is not reported."""
    kinds = {rule["fact"] for rule in columns("episodes").rest["operation"]}
    seen = read(tmp_path, changed(EPISODE, op=words)).episodes[0].facts
    assert {name for name in kinds if name in seen} == found


def test_nobody_accused_is_no_denial(tmp_path: Path) -> None:
    """`na` is a gap; a denial names the accused only where one state alone can be meant."""
    assert "denial" not in read(tmp_path, changed(EPISODE, denial="na")).episodes[0].facts
    case = read(tmp_path, changed(EPISODE, candidates="Russia; China")).episodes[0].case
    assert case is not None
    assert [report.about for report in case.reports if report.fact == "denial"] == [None]


def test_two_that_did_it_together_share(tmp_path: Path) -> None:
    """A culprit of two names is half of each; one that is not listed is `other`; an unknown one is no label."""
    pair = changed(EPISODE, candidates="US; Israel; other", true_actor="US and Israel", actor_conf=0.9)
    assert dict(read(tmp_path, pair).episodes[0].labels["actor"].weights) == pytest.approx(
        {"us": 0.45, "israel": 0.45, "other": 0.1}
    )
    other = read(tmp_path, changed(EPISODE, true_actor="Iran")).episodes[0].labels["actor"]
    assert dict(other.weights) == {"other": 1.0}
    assert "actor" not in read(tmp_path, changed(EPISODE, true_actor="unknown (a team)")).episodes[0].labels


def test_every_fault_of_every_row_at_once(tmp_path: Path) -> None:
    """Bad codes, sums, frames and years are named together; sound rows stay."""
    bad = changed(EPISODE, threat="loud", frame="rumour", year="soon", severity=11, intent_p__cmp=0.1, denial="maybe")
    training = read(tmp_path, EPISODE, bad, changed(EPISODE, id="P2", candidates="other"))
    assert [episode.id for episode in training.episodes] == ["P1"]
    places = [fault.place.removeprefix("row 3, 'P1': ") for fault in training.refused[:-1]]
    assert set(places) == {"threat", "frame", "year", "severity", "intent_p", "denial"}
    assert training.refused[-1].place == "row 4, 'P2': actors"


def test_columns_of_the_table_are_needed(tmp_path: Path) -> None:
    """A table without threats is refused by that column; one without labels is read without labels."""
    with pytest.raises(TrainingError, match="column 'threat'"):
        read(tmp_path, without(EPISODE, "threat"))
    bare = without(EPISODE, "intent_p.cmp", "intent_p.ret", "true_actor", "actor_conf")
    assert not read(tmp_path, bare).episodes[0].labels


@pytest.mark.parametrize("text", ["a: [", "a: 1", "\x07"])
def test_broken_trees_are_refused(tmp_path: Path, text: str) -> None:
    """YAML that is none, no list, or no rows ends in faults."""
    path = tmp_path / "e.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrainingError, match="allowed: "):
        read_episodes(path)


def test_entries_that_are_no_rows_are_kept_out(tmp_path: Path) -> None:
    """A number and a list in the place of rows are named, and the row beside them is read."""
    training = read_episodes(write_yaml(tmp_path / "e.yaml", 1, [2], nested(EPISODE)))
    assert [fault.place for fault in training.refused] == ["entry 1", "entry 2"]
    assert len(training.episodes) == 1


def test_strange_and_missing_keys_of_a_tree_are_named(tmp_path: Path) -> None:
    """An intent of no name, and a row without an id, are faults of the row."""
    strange = nested(changed(EPISODE, intent_p__xyz=0.1))
    training = read_episodes(write_yaml(tmp_path / "e.yaml", strange, nested(without(EPISODE, "id"))))
    assert [fault.place for fault in training.refused] == ["entry 1: intent_p.xyz", "entry 2: id"]


def test_the_shipped_folder() -> None:
    """Every shipped case is read with soft labels; the campaign file is no row, and holds its episodes together."""
    training = read_episodes(SHIPPED)
    assert len(training.episodes) == len(shipped()) - 1 == 21
    assert not training.refused
    (note,) = training.notes
    assert note.startswith("ukraine-2014-2016.toml is a campaign")
    together = [one.id for one in training.episodes if one.campaign == "ukraine"]
    assert together == ["notpetya-2017", "ukraine-grid-2015", "ukraine-grid-2016", "ukraine-sectors-2015"]
    assert len({one.campaign for one in training.episodes}) == 18
    for episode in training.episodes:
        assert sum(episode.labels["intent"].weights.values()) == pytest.approx(1)
        assert set(episode.labels["intent"].weights) <= set(INTENTS)
        assert episode.case == load_case(episode.id)
        assert all(state in facts()[fact].states for fact, state in episode.facts.items())


def test_campaign_files_join_what_they_name(tmp_path: Path) -> None:
    """Cases that a campaign file names share a campaign; a case in two campaigns makes the two one."""
    text = case_to_toml(load_case("sony-2014"))
    for name in ("one", "two", "three", "four"):
        (tmp_path / f"{name}.toml").write_text(text.replace("sony-2014", name), encoding="utf-8")
    (tmp_path / "a.toml").write_text('schema = 1\nid = "a"\ntitle = "A"\ncases = ["one.toml", "two.toml"]\n')
    (tmp_path / "b.toml").write_text('schema = 1\nid = "b"\ntitle = "B"\ncases = ["two.toml", "three.toml"]\n')
    training = read_episodes(tmp_path)
    campaigns = {one.id: one.campaign for one in training.episodes}
    assert campaigns["one"] == campaigns["two"] == campaigns["three"] != campaigns["four"] == "four"
    assert len(training.notes) == 2


def test_a_bad_case_file_is_kept_out_with_every_fault(tmp_path: Path) -> None:
    """Files are read one by one: a broken one costs the others nothing, and so does a table of something else."""
    good = case_to_toml(load_case("sony-2014"))
    (tmp_path / "good.toml").write_text(good, encoding="utf-8")
    (tmp_path / "bad.toml").write_text(
        good.replace('frame = "threat-received"', 'frame = "rumour"').replace('kind = "criminal"', 'kind = "crook"')
    )
    (tmp_path / "worse.toml").write_text("schema = [")
    write_csv(tmp_path / "table.csv", [{"a": 1}])
    training = read_episodes(tmp_path)
    assert [one.id for one in training.episodes] == ["sony-2014"]
    named = [Path(fault.file).name for fault in training.refused]
    assert named.count("bad.toml") == 2
    assert named.count("worse.toml") == 1
    assert named.count("table.csv") > 5


def test_a_case_without_labels_is_kept_without(tmp_path: Path) -> None:
    """What nobody coded is no label."""
    case = load_case("sony-2014").model_copy(update={"labels": None})
    (tmp_path / "a.toml").write_text(case_to_toml(case), encoding="utf-8")
    (episode,) = read_episodes(tmp_path).episodes
    assert not episode.labels


def test_comments_do_not_change_a_fingerprint(tmp_path: Path) -> None:
    """A case file is known again when only its comments changed, and the digest says that the file is another."""
    text = case_to_toml(load_case("sony-2014"))
    path = tmp_path / "a.toml"
    path.write_text(text, encoding="utf-8")
    one = read_episodes(path)
    path.write_text(f"# another\n{text}", encoding="utf-8")
    two = read_episodes(path)
    assert one.episodes[0].fingerprint == two.episodes[0].fingerprint
    assert one.digest != two.digest


@pytest.mark.parametrize("name", ["none", "a.txt", ""])
def test_nothing_to_read_is_refused(tmp_path: Path, name: str) -> None:
    """A path that leads nowhere, another kind of file and an empty folder are named."""
    if name.endswith("txt"):
        (tmp_path / name).write_text("")
    with pytest.raises(TrainingError, match="allowed: a folder of case files"):
        read_episodes(tmp_path / name)


def test_rows_are_cases_that_the_model_can_weigh(tmp_path: Path) -> None:
    """A case made of a row goes through the network: a silent theft is espionage, a wiper under a banner is not."""
    seen = changed(EPISODE, frame="politically-relevant")
    silent = {"threat": "none", "claim": "none", "op": "data theft", "demand__mode": "none", "demand__content": "none"}
    theft = changed(seen, id="P2", **silent, demand__target_fit="low", demand__conditional_wording="n")
    knowledge = load_knowledge(draws=20)
    beliefs = [believe(one.case, knowledge) for one in read(tmp_path, seen, theft).episodes if one.case is not None]
    wiper, quiet = (belief.estimates("intent")["espionage"].p for belief in beliefs)
    assert wiper < 0.1
    assert quiet > 0.5
