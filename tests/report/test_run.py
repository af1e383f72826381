"""What reproduces a result: hashes of what went in, and a recomputation that names each difference."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from tests.report.examples import FEW, quickly, tables

from cybercoercion.assessment import assess
from cybercoercion.case import load, load_case, with_settings
from cybercoercion.knowledge import KnowledgeError, load_knowledge
from cybercoercion.report.run import input_digest, model_digest
from cybercoercion.report.verdict import Verdict, verdict
from cybercoercion.report.verify import RELATIVE, UnreadableResult, differences, recompute, verify_result

TABLE = """
[quantity.copy.named]
value = 0.5
unit = "probability"
source = "a test"
mark = "judgement"
"""


@pytest.fixture(scope="module")
def fresh() -> dict[str, Any]:
    """Return the result of the Sony case with few draws."""
    data: dict[str, Any] = json.loads(quickly(load("sony-2014")).to_json())
    return data


@pytest.fixture(scope="module")
def overlay(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with one replaced number."""
    folder = tmp_path_factory.mktemp("overlay") / "cautious"
    folder.mkdir()
    (folder / "mine.toml").write_text(TABLE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def overlaid(overlay: Path) -> Verdict:
    """Return what the Sony case says with the overlay."""
    return verdict(assess(load("sony-2014"), load_knowledge(overlay, draws=FEW)), overlay=overlay)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Any], Path]:
    """Return a function that writes a result to a file."""

    def written(data: Any) -> Path:
        path = tmp_path / "result.json"
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        return path

    return written


def run_of(said: Verdict) -> dict[str, Any]:
    """Return the identity of a result."""
    run: dict[str, Any] = said.document()["run"]
    return run


def test_the_same_inputs_have_the_same_identity(fresh: dict[str, Any]) -> None:
    """Assessed again from files and tables read again, a case has the same hashes and the same numbers."""
    again = verdict(assess(load("sony-2014"), load_knowledge(seed=1, draws=FEW)))
    assert json.loads(again.to_json()) == fresh


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016"])
def test_a_changed_stake_changes_the_hash_of_the_case_alone(name: str) -> None:
    """A case with another stake is another case, by the same model and tables."""
    source = load(name)
    before = run_of(quickly(source))
    if name == "sony-2014":
        changed = with_settings(source, ["stakes.harm_now=1e8"])  # type: ignore[arg-type]
    else:
        changed = source.as_known_on(date(2016, 6, 1))  # type: ignore[assignment]
    after = run_of(quickly(changed))
    assert after["case"] != before["case"]
    assert [after[key] == before[key] for key in ("model", "priors", "seed", "draws", "versions")] == [True] * 5


def test_comments_and_order_of_keys_are_no_part_of_a_case(tmp_path: Path) -> None:
    """A file with more comments and the fields in another order has the same identity."""
    from cybercoercion.case import read_shipped

    text = read_shipped("sony-2014").replace('frame = "threat-received"\n', "# nothing new\n", 1)
    path = tmp_path / "sony-2014.toml"
    path.write_text('frame = "threat-received"\n' + text, encoding="utf-8")
    assert run_of(quickly(load(path)))["case"] == run_of(quickly(load("sony-2014")))["case"]
    assert input_digest({"a": 1, "b": 2}) == input_digest({"b": 2, "a": 1}) != input_digest({"a": 2, "b": 2})


def test_a_date_is_a_part_of_a_case() -> None:
    """The same file on another date is another case."""
    case = load_case("sony-2014")
    assert run_of(quickly(case.as_known_on(date(2015, 1, 15))))["case"] != run_of(quickly(case))["case"]


def test_another_seed_changes_numbers_but_no_hash(fresh: dict[str, Any]) -> None:
    """Seed and draws stand beside the hashes, not inside them."""
    other = json.loads(quickly(load("sony-2014"), seed=2).to_json())
    assert [other["run"][key] for key in ("model", "priors", "case")] == [
        fresh["run"][key] for key in ("model", "priors", "case")
    ]
    assert other["run"]["seed"] == 2
    assert other["coercion"]["p"] != fresh["coercion"]["p"]


def test_the_hash_of_the_model_is_that_of_its_source() -> None:
    """The hash of the model is stable within a process and has 64 digits."""
    assert model_digest() == model_digest()
    assert len(model_digest()) == 64


def test_an_overlay_changes_the_hash_of_the_tables_and_is_named(overlaid: Verdict, fresh: dict[str, Any]) -> None:
    """With other tables the hash of the priors differs, and a warning names folder and entry."""
    data = overlaid.document()
    assert data["run"]["priors"] != fresh["run"]["priors"]
    assert any("cautious" in warning and "copy.named" in warning for warning in data["warnings"])
    assert not any("cautious" in warning for warning in fresh["warnings"])
    assert any("cautious" in one for section in overlaid.sections for one in section.sentences)


def test_a_fresh_result_has_no_difference(fresh: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """What was just computed is computed again, digit for digit."""
    assert verify_result(write(fresh)) == ()


@pytest.mark.parametrize("name", ["ukraine-2014-2016", "colonial-2021"])
def test_every_kind_of_source_verifies(name: str, write: Callable[[Any], Path]) -> None:
    """Campaigns and cases on any date are computed again from their own record."""
    assert verify_result(write(json.loads(quickly(load(name)).to_json()))) == ()
    later = load(name).as_known_on(date(2022, 1, 1))
    assert verify_result(write(json.loads(quickly(later).to_json()))) == ()


def test_a_result_with_an_overlay_verifies_without_its_folder(overlaid: Verdict, write: Callable[[Any], Path]) -> None:
    """The texts of replaced tables travel in the result, so that it is computed again elsewhere."""
    assert [str(one) for one in verify_result(write(json.loads(overlaid.to_json())))] == []


def test_a_tampered_number_is_the_one_difference(fresh: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """A changed number is named by its place, with what is recorded and what comes out."""
    bad = copy.deepcopy(fresh)
    bad["ranking"][0]["delta"] += 1.0
    (difference,) = verify_result(write(bad))
    assert difference.place == "ranking[0].delta"
    assert float(difference.recorded) == bad["ranking"][0]["delta"]
    assert float(difference.recomputed) == fresh["ranking"][0]["delta"]
    assert str(difference) == f"ranking[0].delta: recorded {difference.recorded}, recomputed {difference.recomputed}"


@pytest.mark.parametrize(
    ("keys", "value", "place"),
    [
        (("sentence",), "Denial wins.", "sentence"),
        (("coercion", "words"), "certain", "coercion.words"),
        (("views", "long", "ranking", 1, "p_best"), 0.5, "views.long.ranking[1].p_best"),
        (("run", "model"), "0" * 64, "run.model"),
        (("run", "case"), "0" * 64, "run.case"),
        (("warnings",), [], "warnings"),
        (("actor", "north-korea", "p"), None, "actor.north-korea.p"),
        (("confidence", "level"), "high", "confidence.level"),
        (("horizon_months",), 24.5, "horizon_months"),
    ],
)
def test_whatever_is_tampered_with_is_named(
    fresh: dict[str, Any], write: Callable[[Any], Path], keys: tuple[str | int, ...], value: object, place: str
) -> None:
    """A changed text, list, hash or empty value is one difference at its place."""
    bad: Any = copy.deepcopy(fresh)
    here = bad
    for key in keys[:-1]:
        here = here[key]
    assert here[keys[-1]] != value
    here[keys[-1]] = value
    assert [one.place for one in verify_result(write(bad))] == [place]


def test_each_difference_is_named(fresh: dict[str, Any]) -> None:
    """Several changes are several differences, a lost and an added key among them."""
    bad = copy.deepcopy(fresh)
    bad["ranking"][0]["delta"] = 0.0
    bad["extra"] = 1
    del bad["coding"]
    found = {one.place: one for one in differences(bad, fresh)}
    assert set(found) == {"ranking[0].delta", "extra", "coding"}
    assert found["extra"].recomputed == found["coding"].recorded == "nothing"


def test_a_tampered_input_changes_numbers(fresh: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """Whoever changes a recorded input cannot keep the recorded numbers: the hash and the costs differ."""
    bad = copy.deepcopy(fresh)
    bad["inputs"]["case"]["stakes"]["harm_now"] = 5e8
    places = {one.place for one in verify_result(write(bad))}
    assert "run.case" in places
    assert "ranking[0].expected_cost" in places
    assert "coercion.p" not in places


def test_another_seed_is_found_out(fresh: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """With a changed seed the recorded numbers do not come out."""
    bad = copy.deepcopy(fresh)
    bad["run"]["seed"] = 2
    places = {one.place for one in verify_result(write(bad))}
    assert {"coercion.p", "run.ess"} <= places
    assert "run.seed" not in places


def test_versions_are_no_difference_by_themselves(fresh: dict[str, Any], write: Callable[[Any], Path]) -> None:
    """A result from another Python is verified by its numbers."""
    other = copy.deepcopy(fresh)
    other["run"]["versions"] = {"python": "3.12.0"}
    assert verify_result(write(other)) == ()


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (1.0, 1.0 + 0.5e-9, True),
        (1.0, 1.0 + 2e-9, False),
        (1e9, 1e9 + 0.5, True),
        (1e9, 1e9 + 2, False),
        (-3e-7, -3e-7 * (1 + 5e-10), True),
        (-3e-4, -3e-4 * (1 + 5e-9), False),
        (0.0, 1e-13, True),
        (0.0, 1e-6, False),
        (1, 1.0, True),
        (1, True, False),
        (0, None, False),
        (None, None, True),
        ("a", "a", True),
        ([1, 2], [1, 2, 3], False),
        ({"a": 1}, [1], False),
        (float("nan"), 1.0, False),
    ],
)
def test_numbers_may_differ_by_a_billionth(one: object, two: object, same: bool) -> None:  # noqa: FBT001
    """Two numbers are the same within 1e-9 relative; anything else must be equal."""
    assert RELATIVE == 1e-9
    assert (list(differences({"x": one}, {"x": two})) == []) == same
    assert (list(differences({"x": two}, {"x": one})) == []) == same


@pytest.mark.parametrize(
    ("content", "place", "got"),
    [
        (None, "the whole file", "no such file"),
        (b"", "the whole file", "a file that cannot be read"),
        (b"not json", "the whole file", "a file that cannot be read"),
        (b"\xff\xfe", "the whole file", "a file that cannot be read"),
        (b"[" * 100_000, "the whole file", "a file that cannot be read"),
        (b"[]", "the whole file", "list"),
        (b"3", "the whole file", "int"),
        (b"{}", "run", "nothing"),
        (b'{"run": {"seed": 1, "draws": 200}}', "inputs", "nothing"),
        (b'{"run": [], "inputs": {}}', "run", "nothing"),
        (b'{"run": {"draws": 200}, "inputs": {}}', "run.seed", "null"),
        (b'{"run": {"seed": "1", "draws": 200}, "inputs": {}}', "run.seed", '"1"'),
        (b'{"run": {"seed": -1, "draws": 200}, "inputs": {}}', "run.seed", "-1"),
        (b'{"run": {"seed": 1, "draws": 1e9}, "inputs": {}}', "run.draws", "1000000000.0"),
        (b'{"run": {"seed": 1, "draws": 1000000000}, "inputs": {}}', "run.draws", "1000000000"),
        (b'{"run": {"seed": 1, "draws": 200}, "inputs": {}}', "inputs.overlay", '"nothing"'),
        (b'{"run": {"seed": 1, "draws": 200}, "inputs": {"overlay": {"a.py": ""}}}', "inputs.overlay", '{"a.py"'),
        (b'{"run": {"seed": 1, "draws": 200}, "inputs": {"overlay": {"a.toml": 1}}}', "inputs.overlay", '{"a.toml"'),
    ],
)
def test_what_is_no_result_is_refused(tmp_path: Path, content: bytes | None, place: str, got: str) -> None:
    """A file that `assess --json` did not print is refused with place, got and allowed."""
    path = tmp_path / "result.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableResult) as caught:
        verify_result(path)
    assert caught.value.place == place
    assert caught.value.got.startswith(got)
    assert caught.value.allowed
    assert str(caught.value) == f"{place}: got {caught.value.got}; allowed: {caught.value.allowed}"


def test_a_folder_is_no_result(tmp_path: Path) -> None:
    """A folder in place of a result is refused."""
    with pytest.raises(UnreadableResult):
        verify_result(tmp_path)


BROKEN: list[tuple[str, Callable[[dict[str, Any]], object]]] = [
    ("no case", lambda data: data["inputs"].pop("case")),
    ("the case is a list", lambda data: data["inputs"].update(case=[1])),
    ("the case is empty", lambda data: data["inputs"].update(case=None)),
    ("the case has a fault", lambda data: data["inputs"]["case"].update(frame="dispute")),
    ("the case has no actor", lambda data: data["inputs"]["case"].update(actors=[])),
    ("a date is none", lambda data: data["inputs"]["case"].update(as_of="soon")),
    ("a campaign without episodes", lambda data: data["inputs"].update(campaign={}, case=None)),
    (
        "a campaign that is none",
        lambda data: data["inputs"].update(campaign={"id": 1}, episodes=[data["inputs"]["case"]]),
    ),
    ("episodes that are none", lambda data: data["inputs"].update(campaign={"id": "a"}, episodes=3)),
    ("no draws", lambda data: data["run"].update(draws=0)),
    ("one draw", lambda data: data["run"].update(draws=1)),
    ("true as seed", lambda data: data["run"].update(seed=True)),
    ("an overlay with a fault", lambda data: data["inputs"].update(overlay={"a.toml": "x ="})),
    ("an overlay with an impossible name", lambda data: data["inputs"].update(overlay={"a\0.toml": ""})),
    ("an overlay with half a character", lambda data: data["inputs"].update(overlay={"a.toml": "\ud800"})),
    ("an overlay with a name too long", lambda data: data["inputs"].update(overlay={"a" * 300 + ".toml": ""})),
]


@pytest.mark.parametrize(("what", "breaking"), BROKEN, ids=[what for what, _ in BROKEN])
def test_a_result_with_broken_inputs_is_refused(
    fresh: dict[str, Any], tmp_path: Path, what: str, breaking: Callable[[dict[str, Any]], object]
) -> None:
    """Inputs that no case, campaign or overlay can be read from are refused in words, whatever was done to them."""
    bad = copy.deepcopy(fresh)
    breaking(bad)
    path = tmp_path / "result.json"
    path.write_text(json.dumps(bad), encoding="utf-8")
    with pytest.raises(UnreadableResult) as caught:
        verify_result(path)
    assert caught.value.place, what
    assert caught.value.got
    assert caught.value.allowed


def test_recomputing_leaves_the_record_alone(fresh: dict[str, Any]) -> None:
    """Recomputation changes nothing in what it was given."""
    before = copy.deepcopy(fresh)
    recompute(fresh)
    assert fresh == before


def test_an_unreadable_overlay_is_refused(tmp_path: Path) -> None:
    """A folder whose tables have a fault gives no knowledge."""
    (tmp_path / "bad.toml").write_text("[quantity.nobody.knows]\nvalue = 1\n", encoding="utf-8")
    with pytest.raises(KnowledgeError):
        load_knowledge(tmp_path, draws=FEW)


def test_the_knowledge_of_the_tests_is_the_shipped_one(fresh: dict[str, Any]) -> None:
    """The recorded hash of the priors is that of the tables that were used."""
    assert fresh["run"]["priors"] == tables(1, FEW).digest
