"""The case that the tests of this folder share: it uses every field once."""

from __future__ import annotations

from pathlib import Path

TEXT = (Path(__file__).parent / "full.toml").read_text(encoding="utf-8")
