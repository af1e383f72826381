"""A campaign back into TOML; its episodes stay in files of their own."""

from __future__ import annotations

from typing import Any

import tomlkit

from cybercoercion.case.campaign import Campaign, CampaignFile
from cybercoercion.case.data import data_of
from cybercoercion.case.faults import CaseError
from cybercoercion.case.loading import load_text
from cybercoercion.case.reading import parse_toml
from cybercoercion.case.writing import change_document


def update_campaign(text: str, campaign: Campaign) -> str:
    """Return the user's text, changed only where it says something else than the campaign's own file.

    Comments, blank lines, order and ways of writing stay. What was changed within an episode is not in it: that
    belongs into the episode's file.

    Parameters
    ----------
    text
        A sound campaign file.
    campaign
        What it shall say of the campaign.

    Examples
    --------
    >>> from cybercoercion.assessment import changed
    >>> from cybercoercion.case import load_campaign, read_shipped
    >>> text, campaign = read_shipped("ukraine-2014-2016"), load_campaign("ukraine-2014-2016")
    >>> update_campaign(text, campaign) == text
    True
    >>> "resilience = 0.5" in update_campaign(text, changed(campaign, ["stakes.resilience=0.5"]))
    True
    """
    old = data_of(CampaignFile.model_validate(parse_toml(text, "campaign")))
    written = _changed(text, old, data_of(campaign.file))
    days = {episode.as_of for episode in campaign.episodes}
    if len(days) == 1 and not says(written, campaign):  # all episodes may be looked at on another day
        return _changed(text, old, {**data_of(campaign.file), "as_of": days.pop()})
    return written


def says(text: str, campaign: Campaign) -> bool:
    """Say whether a file, with shipped episodes, is read as this campaign, episode by episode.

    >>> from cybercoercion.case import load_campaign, read_shipped
    >>> says(read_shipped("ukraine-2014-2016"), load_campaign("ukraine-2014-2016"))
    True
    """
    try:
        found = load_text(text)
    except CaseError:
        return False
    return isinstance(found, Campaign) and found.episodes == campaign.episodes


def _changed(text: str, old: dict[str, Any], new: dict[str, Any]) -> str:
    if old == new:
        return text
    document = tomlkit.parse(text)
    change_document(document, old, new)
    return tomlkit.dumps(document)
