"""A folder on top of the shipped tables: taken row by row, or refused with every fault at once."""

from __future__ import annotations

import math
import tempfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import tomlkit
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cybercoercion.knowledge import Knowledge, KnowledgeError, load_knowledge
from cybercoercion.knowledge.ledger import ledger

UNLISTED = '[quantity.context.unlisted]\nunit = "share"\nsource = "a test"\nmark = "judgement"\n'


@cache
def shipped() -> Knowledge:
    """Return the shipped tables."""
    return load_knowledge(draws=10)


def overlaid(folder: Path, **texts: str) -> Knowledge:
    """Return the shipped tables with files of these names and contents on top."""
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return load_knowledge(folder, draws=10)


def refused(folder: Path, **texts: str) -> list[tuple[str, str]]:
    """Return name of the file and place of every fault, each of which says what it got and what is allowed."""
    with pytest.raises(KnowledgeError) as caught:
        overlaid(folder, **texts)
    for fault in caught.value.faults:
        assert fault.got
        assert fault.allowed
        assert str(fault) == f"{fault.file}: {fault.place}: got {fault.got}; allowed: {fault.allowed}"
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [(Path(fault.file).name, fault.place) for fault in caught.value.faults]


def test_a_row_of_an_overlay_replaces_one_row(tmp_path: Path) -> None:
    """One row changes with its source, the others keep theirs and their file; digest and list of overlays say so."""
    text = '[table.leak]\nsource = "my dossier"\nmark = "computed"\n[table.leak.rows]\ncrime = [0.5, 0.5]\n'
    k = overlaid(tmp_path, mine=text)
    before, after = (
        {labels: (row.tolist(), source) for labels, row, source in one.tables["leak"].rows()} for one in (shipped(), k)
    )
    for labels in before:
        if labels == ("crime",):
            assert after[labels][0] == [0.5, 0.5]
            assert (after[labels][1].text, after[labels][1].mark) == ("my dossier", "computed")
            assert Path(after[labels][1].file).name == "mine.toml"
        else:
            assert after[labels][0] == before[labels][0]
            assert after[labels][1] == before[labels][1]
    assert k.overlays == ("table.leak",)
    assert k.digest != shipped().digest


def test_the_ledger_marks_what_an_overlay_changed(tmp_path: Path) -> None:
    """Exactly the changed row and the changed quantity are shown as overlaid."""
    k = overlaid(tmp_path, mine="[table.leak.rows]\ncrime = [0.5, 0.5]\n" + UNLISTED + "value = 0.1\n")
    assert [line.name for line in ledger(k) if line.overlaid] == ["context.unlisted", "leak.crime"]


def test_an_overlay_may_widen_a_table(tmp_path: Path) -> None:
    """The spread of a table can be changed without its rows."""
    k = overlaid(tmp_path, mine="[table.leak]\nsd = 1.5\n")
    assert k.tables["leak"].sd == 1.5
    np.testing.assert_array_equal(k.tables["leak"].value, shipped().tables["leak"].value)


def test_a_row_of_two_parents_is_replaced_alone(tmp_path: Path) -> None:
    """A row below two parents is named by both."""
    k = overlaid(tmp_path, mine="[table.claim.rows]\novert.state = [0.1, 0.2, 0.7]\n")
    changed = k.tables["claim"].value != shipped().tables["claim"].value
    assert changed.any(-1).sum() == 1
    assert k.tables["claim"].value[0, 0].tolist() == [0.1, 0.2, 0.7]


def test_a_quantity_is_replaced_whole(tmp_path: Path) -> None:
    """A quantity of an overlay brings its own uncertainty, unit and source."""
    k = overlaid(tmp_path, mine=UNLISTED + "value = 0.3\nstrength = 20\n")
    quantity = k.quantities["context.unlisted"]
    assert (quantity.value, quantity.distribution.family, quantity.source.text) == (0.3, "beta", "a test")
    assert k.overlays == ("quantity.context.unlisted",)


def test_comments_order_and_files_do_not_change_the_digest(tmp_path: Path) -> None:
    """The digest is of what is said, whatever file, order or comment it stands in."""
    leak, threat = "[table.leak.rows]\ncrime = [0.5, 0.5]\n", "[table.threat.rows]\novert = [0.6, 0.3, 0.1]\n"
    digests = set()
    for name, texts in {
        "one": {"a": leak + threat},
        "swapped": {"a": threat + leak},
        "split": {"b": leak, "a": threat},
        "commented": {"a": "# a reason\n" + leak.replace("\n", "  # another\n") + "\n\n" + threat},
    }.items():
        folder = tmp_path / name
        folder.mkdir()
        digests.add(overlaid(folder, **texts).digest)
    assert len(digests) == 1
    assert digests != {shipped().digest}


def test_the_digest_knows_every_number(tmp_path: Path) -> None:
    """A changed number, spread, source or mark changes the digest; the seed and the number of draws do not."""
    texts = [
        "[table.leak.rows]\ncrime = [0.5, 0.5]\n",
        "[table.leak.rows]\ncrime = [0.51, 0.49]\n",
        "[table.leak]\nsd = 0.61\n",
        UNLISTED + "value = 0.12\n",
        UNLISTED + "value = 0.12\nstrength = 20\n",
        UNLISTED.replace("a test", "another") + "value = 0.12\n",
        UNLISTED.replace("judgement", "memory") + "value = 0.12\n",
    ]
    digests = {shipped().digest, load_knowledge(seed=9, draws=3).digest}
    assert len(digests) == 1
    for n, text in enumerate(texts):
        (tmp_path / str(n)).mkdir()
        digests.add(overlaid(tmp_path / str(n), mine=text).digest)
    assert len(digests) == len(texts) + 1


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Every fault of every file is named with its file, its place, what was found and what is allowed."""
    first = """
[table.leak.rows]
crime = [0.5, 0.6]
espionage = [0.5]
sabotage = [-0.5, 1.5]
greed = [0.5, 0.5]
[quantity.context.unlisted]
value = "much"
unit = "bananas"
mark = "surely"
"""
    second = """
[quantity.demand.declared]
value = 3.0
unit = "factor"
source = "s"
mark = "memory"
quantiles = { low = 2, high = 1, mass = 1.5, family = "log" }
[setting.frame.any-intrusion]
names = ["threta"]
source = "s"
mark = "memory"
[tables.leak]
rows = 1
"""
    places = refused(tmp_path, first=first, second=second, third="[[[")
    assert set(places) == {
        ("first.toml", "table.leak.rows.crime"),
        ("first.toml", "table.leak.rows.espionage"),
        ("first.toml", "table.leak.rows.sabotage"),
        ("first.toml", "table.leak.rows.greed"),
        ("first.toml", "quantity.context.unlisted.value"),
        ("first.toml", "quantity.context.unlisted.unit"),
        ("first.toml", "quantity.context.unlisted.source"),
        ("first.toml", "quantity.context.unlisted.mark"),
        ("second.toml", "quantity.demand.declared.quantiles"),
        ("second.toml", "quantity.demand.declared.quantiles.mass"),
        ("second.toml", "quantity.demand.declared.quantiles.family"),
        ("second.toml", "quantity.demand.declared.value"),
        ("second.toml", "setting.frame.any-intrusion.names"),
        ("second.toml", "tables"),
        ("third.toml", "file"),
    }


@pytest.mark.parametrize(
    ("text", "place", "near"),
    [
        ("[quantity.context.unlistet]\nvalue = 1\n", "quantity.context.unlistet", "context.unlisted"),
        ("[table.thraet.rows]\novert = [1, 0, 0]\n", "table.thraet", "threat"),
        ('[setting.frame.any-intrusions]\nnames = ["threat"]\n', "setting.frame.any-intrusions", "frame.any-intrusion"),
    ],
)
def test_an_unknown_entry_is_refused_with_what_is_near(tmp_path: Path, text: str, place: str, near: str) -> None:
    """A mistyped name is told with the names that it may have meant."""
    with pytest.raises(KnowledgeError) as caught:
        overlaid(tmp_path, mine=text)
    fault = next(fault for fault in caught.value.faults if fault.place == place)
    assert near in fault.allowed


LATE = [
    '[table.leak]\ngiven = ["kind"]\n',
    '[table.leak]\nstates = ["no", "yes"]\n',
    '[table.demanded]\nstates = ["a", "b"]\n',
    '[table.leak]\ngiven = [["x"]]\n',
    '[table.leak]\nexponent = ["x"]\n',
    '[table.leak]\nexponent = "no.such"\n',
    "[table.leak]\nsd = -1\n",
    "[table.leak]\nstrength = 5\n",
    "[table.intent]\nstrength = 0\n",
    "[table.leak.rows]\ncrime = { value = [0.5, 0.5], sorce = 1 }\n",
    UNLISTED + "value = 1" + "0" * 400,
    UNLISTED + "value = 1" + "0" * 5000,
    UNLISTED + "value = 7",
    UNLISTED + "value = 0.1\nlow = 0.05",
    UNLISTED + "value = 0.1\nstrength = 5\nquantiles = { low = 0.05, high = 0.2, mass = 0.9, family = 'normal' }",
    UNLISTED + "value = 0.1\ndistribution = { family = 'beta', a = -1, b = 2 }",
    UNLISTED + "value = 0.1\ndistribution = { family = 'uniform', a = 3, b = -1 }",
    UNLISTED + "value = 0.1\ndistribution = { family = 'normal', a = 0.1, b = 0 }",
    UNLISTED + "value = 0.1\ndistribution = { family = 'log-normal', median = 1, sigma = 1000 }",
    UNLISTED + "value = 0.3\ncap = 0.1\n",
    UNLISTED + "value = 0.1\ncap = -1.0\nquantiles = { low = 0.05, high = 0.2, mass = 0.9, family = 'logit-normal' }",
    UNLISTED + "value = 0.1\nquantiles = { low = 0.05, high = 0.2, mass = 1e-300, family = 'normal' }",
    UNLISTED + "value = 0.1\nquantiles = { low = 0.05, high = 0.2, mass = 0.001, family = 'log-normal' }",
    UNLISTED.replace("context.unlisted", "exponent.fact").replace("share", "exponent") + "value = -3",
    UNLISTED.replace("context.unlisted", "exponent.fact").replace("share", "exponent") + "value = 1e20",
    "[table.leak.rows]\ncrime = { value = [0.5, 0.5], file = 'priors/episode.toml' }\n",
    "[quantity]\nx" + ".a" * 3000 + " = 1",
]


@pytest.mark.parametrize("text", LATE, ids=[f"fault {n}" for n, _ in enumerate(LATE)])
def test_what_would_fail_later_is_refused_at_the_door(tmp_path: Path, text: str) -> None:
    """What could not be drawn, or would silently change nothing, is refused when it is read."""
    assert refused(tmp_path, mine=text)


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    """A missing or empty folder is a fault, not an overlay that changes nothing."""
    with pytest.raises(KnowledgeError, match="no such folder"):
        load_knowledge(tmp_path / "nowhere")
    with pytest.raises(KnowledgeError, match="a folder with tables"):
        load_knowledge(tmp_path)


NAMES = {
    "quantity": ["context.unlisted", "demand.declared", "reliability.A", "military.loss", "stakes.harm_now.firm"],
    "table": ["leak", "claim", "intent", "trigger_elsewhere", "vendor_attribution"],
    "setting": ["frame.any-intrusion", "campaign.shared_facts"],
}
KEYS = {
    "quantity": ["value", "unit", "source", "mark", "quantiles", "strength", "distribution", "cap", "stream", "note"],
    "table": ["given", "states", "rows", "unit", "sd", "strength", "exponent", "source", "mark", "note"],
    "setting": ["names", "source", "mark"],
}
SCALARS = st.one_of(
    st.sampled_from([0.0, 1.0, -1.0, 0.5, 1e308, 1e-320, math.nan, math.inf, 10**30, -(10**400), True, False]),
    st.sampled_from(["", "probability", "share", "USD", "judgement", "intent", "normal", "exponent.fact", "threat"]),
    st.sampled_from([date(2020, 1, 1), "crime", "overt", "\x00", "a.b"]),
    st.floats(0, 1),
)
ENDS = ("low", "high", "mass", "a", "b", "median", "sigma")
FORMS = st.one_of(
    st.fixed_dictionaries(
        {"family": st.sampled_from(["normal", "log-normal", "logit-normal", "uniform", "beta", "point"])},
        optional={
            key: st.one_of(st.floats(0, 1), SCALARS) for key in ("low", "high", "mass", "a", "b", "median", "sigma")
        },
    ),
    SCALARS,
)
WORDS = st.sampled_from(["crime", "overt", "state", "all", "yes", "any-intrusion", "value", "rows", "unknown word"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=6,
)
SOUND: dict[str, Any] = {"value": 0.1, "unit": "factor", "source": "a test", "mark": "judgement"}


@st.composite
def overlays(draw: st.DrawFn) -> dict[str, Any]:
    """Return an overlay that is sound but for some fields."""
    kind = draw(st.sampled_from(sorted(NAMES)))
    entry = dict(SOUND) if kind == "quantity" else {}
    for key in draw(st.lists(st.sampled_from(KEYS[kind]), min_size=1, max_size=3, unique=True)):
        entry[key] = draw(FORMS if key in ("quantiles", "distribution") else VALUES)
    out: dict[str, Any] = entry
    for part in reversed([kind, *draw(st.sampled_from(NAMES[kind])).split(".")]):
        out = {part: out}
    return out


@settings(max_examples=250, suppress_health_check=[HealthCheck.too_slow])
@given(overlays())
def test_a_malformed_overlay_is_refused_and_nothing_else(data: dict[str, Any]) -> None:
    """An overlay is either refused with its faults, or all that it says can be drawn and averaged."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mine.toml").write_text(tomlkit.dumps(data), encoding="utf-8")
        try:
            k = load_knowledge(folder, draws=5)
        except KnowledgeError as error:
            assert error.faults  # noqa: PT017  # to be read is as good as to be refused
            return
        for name in k.overlays:
            kind, _, entry = name.partition(".")
            if kind == "quantity":
                assert np.isfinite(k.quantity(entry)).all()
                assert math.isfinite(k.mean(entry))
            elif kind == "table":
                np.testing.assert_allclose(k.table(entry).sum(-2), 1, atol=1e-9)


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=60), st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass"))))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """A file of any content is an overlay or a list of faults."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "mine.toml").write_bytes(content)
        try:
            load_knowledge(folder, draws=1)
        except KnowledgeError as error:
            assert all(fault.place for fault in error.faults)  # noqa: PT017  # as above
