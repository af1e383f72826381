"""Commands about learning: fit, score, check."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cybercoercion.cli.options import JsonOption, PriorsOption, SeedOption, app, out, refuse
from cybercoercion.cli.steps import knowledge_of

if TYPE_CHECKING:
    from cybercoercion.fit.training import Refused, Training

EpisodesOption = Annotated[
    Path | None,
    typer.Option("--episodes", metavar="DIR", help="A folder of case files with labels, or a table of coded episodes."),
]
DcidOption = Annotated[Path | None, typer.Option("--dcid", metavar="FILE", help="The incident sheet of DCID 2.0.")]
EurepocOption = Annotated[
    Path | None, typer.Option("--eurepoc", metavar="FILE", help="The global database of EuRepoC 1.1.")
]
NamedFit = Annotated[str, typer.Option("--fit", metavar="PATH", help="A file that `fit` wrote, or default.")]


@app.command()
def fit(
    written: Annotated[Path, typer.Option("--out", "-o", metavar="FIT.nc", help="Where to write the fit.")],
    episodes: EpisodesOption = None,
    dcid: DcidOption = None,
    dcid_campaigns: Annotated[
        Path | None,
        typer.Option(
            "--dcid-campaigns",
            metavar="FILE",
            help="The campaign sheet of DCID 2.0: read and recorded; no part learns from it yet.",
        ),
    ] = None,
    eurepoc: EurepocOption = None,
    mid: Annotated[
        Path | None, typer.Option("--mid", metavar="FILE", help="Dyadic MID 4.03: outcomes of militarised disputes.")
    ] = None,
    ties: Annotated[
        Path | None, typer.Option("--ties", metavar="FILE", help="TIES 4.1: outcomes of sanctions.")
    ] = None,
    base: Annotated[
        str | None, typer.Option("--base", metavar="PATH", help="A fit whose other parts are taken over; or default.")
    ] = None,
    priors: PriorsOption = None,
    quick: Annotated[bool, typer.Option("--map", help="Only the mode, for a quick look: no uncertainty.")] = False,
    draws: Annotated[int, typer.Option(min=50, max=20_000, help="Draws of each of four chains.")] = 1_000,
    seed: SeedOption = 1,
) -> None:
    """Refit the tables from coded episodes and official data files."""
    if not written.parent.is_dir():
        refuse(str(written), "--out", "a folder that does not exist", "an existing folder")
    if written.is_dir():  # said now, not after the sampling
        refuse(str(written), "--out", "a folder", "a file that can be written")
    read = _read(episodes=episodes, dcid=dcid, dcid_campaigns=dcid_campaigns, eurepoc=eurepoc, mid=mid, ties=ties)
    if not read.keys() - {"dcid_campaigns"}:
        refuse("fit", "options", "no rows to learn from", "--episodes, --dcid, --eurepoc, --mid or --ties")
    from cybercoercion.fit.store import load_fit, save_fit

    knowledge = knowledge_of(priors, seed, 2)
    start = load_fit(base, knowledge) if base is not None else None
    for training in read.values():
        _named(training)
    from cybercoercion.fit.learn import Inputs
    from cybercoercion.fit.learn import fit as learnt

    made = learnt(
        Inputs(**read), knowledge, base=start, seed=seed, draws=draws, method="map" if quick else "nuts", say=_said
    )
    try:
        save_fit(made, written)
    except OSError as error:
        place = f"a place that cannot be written ({error.strerror})"
        refuse(str(written), "--out", place, "a file that can be written")
    out(f"Written: {written}, fit {made.digest[:8]}, parts: {', '.join(made.parts)}")


@app.command()
def score(
    fit: NamedFit,
    episodes: EpisodesOption = None,
    dcid: DcidOption = None,
    eurepoc: EurepocOption = None,
    split: Annotated[
        str,
        typer.Option(
            help="test: rows that the fit has not seen; folds: refits with campaigns kept together; time: refits on "
            "earlier years; auto: test where any row is new, else folds."
        ),
    ] = "auto",
    priors: PriorsOption = None,
    json: JsonOption = False,
    seed: SeedOption = 1,
) -> None:
    """Score a fit on coded episodes and data files, beside simple classifiers that learnt from the same rows."""
    from cybercoercion.fit.scoring.score import SPLITS
    from cybercoercion.fit.scoring.score import score as scored
    from cybercoercion.fit.store import load_fit

    if split not in SPLITS:
        refuse("score", "--split", repr(split), ", ".join(SPLITS))
    knowledge = knowledge_of(priors, seed, None)
    loaded = load_fit(fit, knowledge)
    read = _read(episodes=episodes, dcid=dcid, eurepoc=eurepoc)
    if not read:
        refuse("score", "options", "no rows to score", "--episodes, --dcid or --eurepoc")
    report = scored(loaded, knowledge, tuple(read.values()), split=split, seed=seed, say=_said)
    if json:
        out(report.to_json())
    else:
        from cybercoercion.report.learning import print_scores

        print_scores(report)


@app.command()
def check(
    fit: NamedFit = "default",
    episodes: EpisodesOption = None,
    dcid: DcidOption = None,
    eurepoc: EurepocOption = None,
    calibrate: Annotated[
        int, typer.Option(min=0, max=10_000, help="Data sets to simulate per part, minutes each; 0: what ships.")
    ] = 0,
    priors: PriorsOption = None,
    json: JsonOption = False,
    seed: SeedOption = 1,
) -> None:
    """Say whether a fit is to be relied on: pass, warn or fail, in words; exit 3 where it fails."""
    from cybercoercion.fit.checking.check import check as checked
    from cybercoercion.fit.store import load_fit

    knowledge = knowledge_of(priors, seed, None)
    loaded = load_fit(fit, knowledge)
    read = _read(episodes=episodes, dcid=dcid, eurepoc=eurepoc)
    rows = [row for training in read.values() for row in training.episodes]
    found = checked(loaded, knowledge, training=rows or None, calibrate=calibrate, seed=seed)
    out(found.to_json() if json else found.words())
    if not found.passed:
        raise typer.Exit(3)


def _read(**paths: Path | None) -> dict[str, Training]:
    """Read every file that is named; all faults of all of them at once."""
    from importlib import import_module

    from cybercoercion.fit.training import TrainingError

    readers = {
        "episodes": ("episodes", "read_episodes"),
        "dcid": ("dcid", "read_dcid"),
        "dcid_campaigns": ("campaigns", "read_dcid_campaigns"),
        "eurepoc": ("eurepoc", "read_eurepoc"),
        "mid": ("mid", "read_mid"),
        "ties": ("ties", "read_ties"),
    }
    out: dict[str, Training] = {}
    faults: list[Refused] = []
    for name, path in paths.items():
        if path is None:
            continue
        module, reader = readers[name]
        try:
            out[name] = getattr(import_module(f"cybercoercion.fit.importing.{module}"), reader)(path)
        except TrainingError as error:
            faults.extend(error.faults)
    if faults:
        raise TrainingError(tuple(faults))
    return out


def _named(training: Training) -> None:
    """Say what was read, and every row that was kept out."""
    _said(training.summary())
    for line in (*training.notes, *training.refused):
        _said(f"  {line}")


def _said(text: str) -> None:
    typer.echo(text, err=True)
