"""A case as the plain data of its file: defaults left out, names as in the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cybercoercion.case.fields import Frozen


def data_of(value: Frozen) -> dict[str, Any]:
    """Return what a file must say for the value to be read back.

    >>> from cybercoercion.case.candidate import Actor
    >>> data_of(Actor(id="north-korea", name="north-korea", kind="state", track_record=True))
    {'id': 'north-korea', 'kind': 'state', 'track_record': True}
    """
    fields = type(value).model_fields
    content = dict(value)
    return {
        fields[name].alias or name: _plain(one)
        for name, one in content.items()
        if fields[name].is_required()
        or one != fields[name].get_default(call_default_factory=True, validated_data=content)
    }


def _plain(value: object) -> Any:
    if isinstance(value, Frozen):
        return data_of(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
