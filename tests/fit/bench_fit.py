"""Benchmark of the refit: seconds of compiling and sampling, divergences, R-hat and effective draws of each part.

Coded episodes ship; where CYBERCOERCION_DATA names the folder with the official files, DCID and EuRepoC are fitted too.
The target for episodes and DCID: at most 60 s of sampling, no divergence, R-hat below 1.01, over 400 effective draws.
"""

from __future__ import annotations

import os
from importlib.resources import as_file, files
from pathlib import Path

import cybercoercion as cc
from cybercoercion.fit.importing.dcid import read_dcid
from cybercoercion.fit.importing.episodes import read_episodes
from cybercoercion.fit.importing.eurepoc import read_eurepoc
from cybercoercion.fit.learn import Inputs, fit


def main() -> None:
    """Fit and print."""
    with as_file(files("cybercoercion.priors.episodes")) as folder:
        episodes = read_episodes(Path(folder))
    data = os.environ.get("CYBERCOERCION_DATA")
    dcid = eurepoc = None
    if data:
        dcid = read_dcid(Path(data) / "dcid2_incidents_2000_2016.csv")
        eurepoc = read_eurepoc(Path(data) / "eurepoc_1_1_2000_2020.csv")
    else:
        print("CYBERCOERCION_DATA is not set: coded episodes and shipped counts only")
    made = fit(Inputs(episodes=episodes, dcid=dcid, eurepoc=eurepoc), cc.load_knowledge(draws=2))
    total = 0.0
    for part, health in made.health.items():
        told = health.attrs
        print(
            f"{part:16s} compile {told['compile_seconds']:5.1f} s, sampling {told['seconds']:5.1f} s, "
            f"{told['divergences']} divergences, R-hat {told['rhat']:.4f}, effective draws {told['ess']:.0f}"
        )
        total += told["seconds"] if part in ("objective", "objective_early", "actor", "episode") else 0
    print(f"episodes and DCID: {total:.1f} s of sampling; target 60 s")


if __name__ == "__main__":
    main()
