"""How far one report pulls, as a small bar from a zero line: a picture that stands in a line of text."""

from __future__ import annotations

from base64 import b64encode

from cybercoercion.report.figure import BELIEF, QUIET
from cybercoercion.report.palette import DARK

WIDTH, HEIGHT = 128, 14  # pixels


def pull_picture(pull: float, most: float, theme: str = "light") -> str:
    """Return the address of a picture, all of it in the address: filled to the right raises, hollow to the left lowers.

    Parameters
    ----------
    pull
        Of the report, decibans.
    most
        The largest pull of the list, decibans: the scale of its bars.
    theme
        ``light`` or ``dark``.

    Examples
    --------
    >>> pull_picture(1.0, 2.0)[:26]
    'data:image/svg+xml;base64,'
    """
    return f"data:image/svg+xml;base64,{b64encode(pull_svg(pull, most, theme).encode()).decode()}"


def pull_svg(pull: float, most: float, theme: str = "light") -> str:
    """Return the picture itself.

    >>> 'width="31.0"' in pull_svg(1.0, 2.0), 'x="33.0"' in pull_svg(-1.0, 2.0)
    (True, True)
    """
    blue, quiet = (DARK[colour] if theme == "dark" else colour for colour in (BELIEF, QUIET))
    half = WIDTH / 2
    size = min(abs(pull) / most, 1.0) * (half - 2) if most > 0 else 0.0
    left = half if pull >= 0 else half - size
    fill = blue if pull >= 0 else "none"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect x="{left:.1f}" y="3" width="{size:.1f}" height="8" fill="{fill}" stroke="{blue}"/>'
        f'<path d="M{half:.0f} 0V{HEIGHT}" stroke="{quiet}" stroke-width="1.5"/></svg>'
    )
