"""Time the cold command `assess` against the import of xarray: the target is at most three times as long."""

from __future__ import annotations

import subprocess
import sys
from time import perf_counter

RUNS = 7
TARGET = 3.0


def best(*command: str) -> float:
    """Return the shortest of several wall-clock times in seconds: what the machine can do undisturbed."""
    times = []
    for _ in range(RUNS):
        start = perf_counter()
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        times.append(perf_counter() - start)
    return min(times)


if __name__ == "__main__":
    assess = best("-m", "cybercoercion", "assess", "sony-2014")
    xarray = best("-c", "import xarray")
    print(
        f"assess sony-2014, cold: {assess:.2f} s; import xarray: {xarray:.2f} s; "
        f"ratio {assess / xarray:.1f}, target {TARGET:.0f}"
    )
