"""A fit as a file: the same when read again, and refused where it is something else or was made for something else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import h5py
import numpy as np
import pytest
import xarray as xr
from tests.fit.checking.made_up_fit import made_up_fit
from tests.fit.scoring.scoring_world import incidents

from cybercoercion.fit.fit import Fit, Source, content_digest
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.scoring.baseline import Forest, Linear
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.signature import DifferentModel, code_digest, differences, signature
from cybercoercion.fit.store import UnreadableFit, load_fit, save_fit
from cybercoercion.knowledge import Knowledge, load_knowledge

ROWS = incidents(40)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return few draws of the priors."""
    return load_knowledge(draws=20)


@pytest.fixture(scope="module")
def fit(knowledge: Knowledge) -> Fit:
    """Return a made-up fit with every form of simple classifier, seen rows and a source."""
    bare = made_up_fit(knowledge)
    task = TASKS["objective_early"]
    baselines = {task.id: {name: learn(*task.training(ROWS)) for name, learn in task.baselines.items()}}
    source = Source(source="dcid", file="made-up.csv", digest="0" * 64, rows=40, refused=2)
    return sealed(
        replace(
            bare,
            record=replace(bare.record, sources=(source,), episodes=("sony-2014",), taken_over={"outcome": "abc"}),
            baselines=baselines,
            seen=frozenset(f"{number:016x}" for number in range(40)),
        )
    )


def sealed(fit: Fit) -> Fit:
    """Return the fit with the hash of what it says."""
    return replace(fit, digest=content_digest(fit))


@pytest.fixture(scope="module")
def file(fit: Fit, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the fit as a file."""
    path = tmp_path_factory.mktemp("fit") / "made-up.nc"
    save_fit(fit, path)
    return path


@pytest.fixture(scope="module")
def read(file: Path) -> Fit:
    """Return the fit as it is read again."""
    return load_fit(file)


def test_a_fit_is_read_as_it_was_written(fit: Fit, read: Fit) -> None:
    """Record, seen rows and hash are the same, and draws to single precision, under the same names."""
    assert read.record == fit.record
    assert read.seen == fit.seen
    assert read.digest == fit.digest == content_digest(read)
    assert set(read.parts) == set(fit.parts)
    for part, draws in fit.parts.items():
        assert set(read.parts[part].data_vars) == set(draws.data_vars)
        for name, values in draws.data_vars.items():
            found = read.parts[part][name]
            assert found.dims == values.dims
            assert (found.to_numpy() == values.to_numpy().astype(np.float32)).all()
        for name, said in fit.health[part].attrs.items():
            assert read.health[part].attrs[name] == said, name


def test_simple_classifiers_say_the_same_when_read(fit: Fit, read: Fit) -> None:
    """Each of them, log-linear or forest, in the same order, on rows that taught, on gaps and on unknown levels."""
    ours, theirs = fit.baselines["objective_early"], read.baselines["objective_early"]
    assert list(ours) == list(theirs)
    assert {type(one) for one in theirs.values()} == {Linear, Forest}
    rows = [*TASKS["objective_early"].training(ROWS)[0], {}, {"method": "never"}]
    for name, one in ours.items():
        assert theirs[name].classes == one.classes
        assert theirs[name].predict(rows) == pytest.approx(one.predict(rows), abs=1e-7), name


def test_the_hash_hangs_on_what_is_said(fit: Fit, knowledge: Knowledge) -> None:
    """The same fit has the same hash; another draw, seed or source has another; seconds and versions are no content."""
    assert content_digest(replace(fit, digest="", health={})) == fit.digest
    assert content_digest(replace(fit, record=replace(fit.record, versions={"numpy": "0"}))) == fit.digest
    assert content_digest(replace(fit, record=replace(fit.record, seed=2))) != fit.digest
    assert content_digest(replace(fit, record=replace(fit.record, sources=()))) != fit.digest
    other = made_up_fit(knowledge, parts=("outcome",)).parts["outcome"]
    moved = fit.parts["outcome"].assign(level=fit.parts["outcome"]["level"] + 1e-3)
    assert (other["level"] == fit.parts["outcome"]["level"]).all()
    assert content_digest(replace(fit, parts={**fit.parts, "outcome": moved})) != fit.digest


def test_written_twice_read_alike(fit: Fit, read: Fit, tmp_path: Path) -> None:
    """What was read can be written and read again: nothing is lost on the way."""
    save_fit(read, tmp_path / "again.nc")
    again = load_fit(tmp_path / "again.nc")
    assert again.digest == fit.digest
    assert again.record == read.record


def test_a_tampered_draw_is_noticed(file: Path, tmp_path: Path) -> None:
    """One changed number in the file, and it no longer matches its hash."""
    path = tmp_path / "tampered.nc"
    path.write_bytes(file.read_bytes())
    with h5py.File(path, "r+") as inside:
        inside["parts/outcome/demand"][0, 0] += 0.5
    with pytest.raises(UnreadableFit, match="does not match its hash"):
        load_fit(path)


def text(path: Path) -> None:
    """Write a text."""
    path.write_text("no fit at all", encoding="utf-8")


def other_netcdf(path: Path) -> None:
    """Write a NetCDF file that is no fit."""
    xr.Dataset({"x": ("y", [1.0, 2.0])}).to_netcdf(path, engine="h5netcdf")


def half_a_file(path: Path) -> None:
    """Write the beginning of a NetCDF file."""
    other_netcdf(path)
    path.write_bytes(path.read_bytes()[:500])


def other_form(path: Path) -> None:
    """Write a fit of a form that nobody knows."""
    xr.Dataset(attrs={"format": 99}).to_netcdf(path, engine="h5netcdf")


@pytest.mark.parametrize(
    ("make", "got"),
    [
        (lambda _: None, "no such file"),
        (text, "cannot be read as a fit"),
        (lambda path: path.touch(), "cannot be read as a fit"),
        (lambda path: path.mkdir(), "got a"),
        (other_netcdf, "cannot be read as a fit"),
        (half_a_file, "cannot be read as a fit"),
        (other_form, "a fit of form 99"),
    ],
    ids=["missing", "text", "empty", "folder", "other NetCDF", "cut off", "other form"],
)
def test_what_is_no_fit_is_refused(make: Callable[[Path], None], got: str, tmp_path: Path) -> None:
    """The refusal names the file, what was found, and what is allowed."""
    path = tmp_path / "no.nc"
    make(path)
    with pytest.raises(UnreadableFit) as refusal:
        load_fit(path)
    assert str(path) in str(refusal.value)
    assert got in str(refusal.value)
    assert "; allowed: " in str(refusal.value)


def test_a_fit_of_another_model_is_refused_by_name(fit: Fit, tmp_path: Path) -> None:
    """Each difference is named: a state that was renamed, a table that is gone, code that has changed."""
    told = dict(fit.record.signature)
    told["states of intent"] = "compellence, mischief"
    told["table threat"] = "none, clear given intent"
    told["table horoscope"] = "good, bad given nothing"
    told["code of fit/outcome/design.py"] = "0000"
    other = sealed(replace(fit, record=replace(fit.record, signature=told)))
    save_fit(other, tmp_path / "other.nc")
    with pytest.raises(DifferentModel) as refusal:
        load_fit(tmp_path / "other.nc")
    lines = str(refusal.value).splitlines()
    assert len(lines) == 4
    assert all(line.startswith(str(tmp_path / "other.nc")) for line in lines)
    for part in (
        "states of intent: the fit has compellence, mischief; now compellence, deterrence",
        "table threat: the fit has none, clear given intent; now ",
        "table horoscope: the fit has good, bad given nothing; now there is none",
        "code of fit/outcome/design.py: it has changed since the fit was made; make the fit anew",
    ):
        assert sum(part in line for line in lines) == 1, part


def test_a_table_that_came_later_is_no_difference(fit: Fit) -> None:
    """What the fit could not know does not touch what was learnt; but a state that came later does."""
    now = dict(fit.record.signature)
    assert list(differences(now, {**now, "table horoscope": "good, bad given nothing"})) == []
    assert len(list(differences(now, {**now, "states of mood": "good, bad"}))) == 1


def test_only_the_code_of_its_parts_is_signed(knowledge: Knowledge) -> None:
    """A fit of outcomes does not care how objectives are computed."""
    named = [name for name in signature(("outcome",), knowledge) if name.startswith("code of")]
    assert named == ["code of fit/outcome/design.py", "code of fit/outcome/quantities.py"]


def test_words_about_code_are_no_code(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Comments, docstrings and layout change no hash; a changed number does."""
    versions = {
        "plain": 'def f(x):\n    """Say."""\n    return x + 1\n',
        "other words": '# a comment\n\ndef f(x):\n    """Say more."""\n    # why\n    return (x +\n            1)\n',
        "other number": 'def f(x):\n    """Say."""\n    return x + 2\n',
    }
    found = {}
    for name, source in versions.items():
        (tmp_path / "code.py").write_text(source, encoding="utf-8")
        monkeypatch.setattr("cybercoercion.fit.signature.files", lambda _: tmp_path)
        found[name] = code_digest("code.py")
    assert found["plain"] == found["other words"]
    assert found["plain"] != found["other number"]


def overlay(folder: Path, text: str) -> Knowledge:
    """Return the priors with an overlay on top."""
    (folder / "mine.toml").write_text(text, encoding="utf-8")
    return load_knowledge(folder, draws=20)


METHOD = """
[table.method.rows]
disruption = [0.3, 0.3, 0.1, 0.06, 0.06, 0.06, 0.06, 0.06]
"""
DISCOUNT = """
[quantity.discount]
value = 0.2
unit = "per year"
source = "a test"
mark = "judgement"
"""


def test_prior_numbers_of_what_was_learnt_must_stay(read: Fit, tmp_path: Path) -> None:
    """An overlay that changes a table which the fit replaces is refused by the name of the table."""
    with pytest.raises(DifferentModel) as refusal:
        with_fit(overlay(tmp_path, METHOD), read)
    assert [line.split(":")[1].strip() for line in str(refusal.value).splitlines()] == ["method"]
    assert "its prior numbers are not those that the fit started from" in str(refusal.value)


def test_other_prior_numbers_may_change(read: Fit, tmp_path: Path) -> None:
    """An overlay of what the fit never touched goes with it."""
    knowledge = overlay(tmp_path, DISCOUNT.replace("per year", load_knowledge(draws=2).quantities["discount"].unit))
    assert with_fit(knowledge, read).fitted is not None


def test_a_fit_is_loaded_without_a_knowledge_too(file: Path, knowledge: Knowledge) -> None:
    """Held against the shipped tables or against those at hand, it is the same fit."""
    assert load_fit(str(file), knowledge).digest == load_fit(file).digest


def test_the_fit_that_ships_can_be_read() -> None:
    """The default fit was made for the model as it is, and its content matches its hash."""
    fit = load_fit("default")
    assert set(fit.parts) == {"objective", "objective_early", "actor", "episode", "origin", "outcome"}
    knowledge = with_fit(load_knowledge(draws=10), fit)
    assert isinstance(fit.baselines, MappingProxyType)
    assert knowledge.table("method").shape[-1] == 10
