"""The scores that are published: every question, refitted on folds and on splits in time, beside simple classifiers.

``python -m cybercoercion.fit.scoring.published DATA --out priors/fits/scores.json`` makes them anew, ``--table`` prints
them as the table of the README.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

SPLITS = ("folds", "time")
DCID, EUREPOC = "dcid2_incidents_2000_2016.csv", "eurepoc_1_1_2000_2020.csv"


def published() -> dict[str, Any]:
    """Return the scores that ship, by split and question."""
    text = files("cybercoercion.priors").joinpath("fits", "scores.json").read_text(encoding="utf-8")
    out: dict[str, Any] = json.loads(text)
    return out


def measured(data: Path, seed: int = 1) -> dict[str, Any]:
    """Return the scores of every question on both splits; data sets in the folder, coded episodes as they ship."""
    from importlib.resources import as_file

    from cybercoercion.fit.importing.dcid import read_dcid
    from cybercoercion.fit.importing.episodes import read_episodes
    from cybercoercion.fit.importing.eurepoc import read_eurepoc
    from cybercoercion.fit.scoring.score import score
    from cybercoercion.fit.store import load_fit
    from cybercoercion.knowledge import load_knowledge

    knowledge = load_knowledge(seed=seed)
    fit = load_fit("default", knowledge)
    with as_file(files("cybercoercion.priors.episodes")) as folder:
        episodes = read_episodes(Path(folder))
    rows = (read_dcid(data / DCID), read_eurepoc(data / EUREPOC))
    out = {}
    for split in SPLITS:
        tests = (*rows, episodes) if split == "folds" else rows
        told = score(fit, knowledge, tests, split=split, seed=seed, say=lambda text: typer.echo(text, err=True))  # type: ignore[arg-type]
        out[split] = json.loads(told.to_json())
    return out


def table(scores: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a Markdown table: model, best simple classifier, paired difference with standard error."""
    yield "| question | split | rows | model | best simple | difference (s.e.) |"
    yield "|---|---|---|---|---|---|"
    for split in SPLITS:
        for one in scores[split]["tasks"].values():
            simple, d = one["baselines"][one["best_simple"]]["log_loss"], one["difference"]
            yield (
                f"| {one['title']} | {one['split']} | {one['n']} | {one['model']['log_loss']:.3f} "
                f"| {simple:.3f} {one['best_simple']} | {d['value']:+.3f} ({d['se']:.3f}) |"
            )


def main(
    data: Annotated[str, typer.Argument(help="The folder with the official files; not needed for --table.")] = "",
    out: Annotated[Path | None, typer.Option(help="Where to write the scores.")] = None,
    show: Annotated[bool, typer.Option("--table", help="Print the table of the scores that ship.")] = False,  # noqa: FBT002
    seed: int = 1,
) -> None:
    """Measure the scores, or print those that ship."""
    if not show and not (Path(data) / DCID).is_file():
        typer.echo(f"{data or 'DATA'}: folder: got no {DCID}; allowed: the folder with the official files", err=True)
        raise typer.Exit(2)
    if out is not None and not out.parent.is_dir():  # said now, not after all refits
        typer.echo(f"{out}: --out: got a folder that does not exist; allowed: an existing folder", err=True)
        raise typer.Exit(2)
    found = published() if show else measured(Path(data), seed)
    if out is not None:
        out.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    for line in table(found):
        typer.echo(line)


if __name__ == "__main__":
    typer.run(main)
