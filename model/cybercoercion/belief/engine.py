"""The exact sum over hidden states: factors in, joint of intent, actor and demand out.

Every sum is done once and as early as the scopes allow: signalling and objective per (intent, kind),
deception per actor, then the candidates. The draw axis is last and contiguous. No sampling over states, ever.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from cybercoercion.belief.evidence import Factor
from cybercoercion.belief.network import Network

Array = NDArray[np.float64]


def joint(network: Network, factors: Iterable[Factor]) -> Array:
    """Return p(intent, who, demand, evidence | theta), dims ``(intent, who, demand, draw)``.

    ``sum over signalling, objective, framed of prior x product of factors``.
    """
    merged = merge(factors)
    base = _by_intent_and_kind(network, merged)
    by_who = base[:, network.kind_of] * _by_actor(network, merged)
    for (scope, at), value in merged.items():
        if at is not None:
            by_who = _grown(by_who, value)
            by_who[:, at] *= value
        elif scope == ("intent", "who"):
            by_who = by_who * value
    widest = max((value.shape[-1] for value in merged.values()), default=1)
    out = _grown(by_who[:, :, None] * network.demand, np.ones(widest))
    if (("demand",), None) in merged:
        out *= merged[("demand",), None]
    if (("intent", "demand"), None) in merged:
        out *= merged[("intent", "demand"), None][:, None]
    if (("intent", "standing"), None) in merged:
        _times_standing(out, merged[("intent", "standing"), None][:, None], network)
    if (("signalling", "standing"), None) in merged:
        voiced = _voiced(network, merged, by_standing=True)  # (intent, kind, standing, draw)
        _times_standing(out, voiced[:, network.kind_of], network)
    return np.asarray(out)


def joint_by_actor(network: Network, factors: Iterable[Factor]) -> Array:
    """Return p(intent, actor, evidence | theta), the unlisted kinds added up, dims ``(intent, actor, draw)``.

    The same sums as in ``joint`` without demands, for factors that no demand has a part in.
    """
    merged = merge(factors)
    base = _by_intent_and_kind(network, merged)
    weight = _by_actor(network, merged)
    n = network.candidates
    if (("intent", "who"), None) in merged:
        base, weight = base[:, network.kind_of] * merged[("intent", "who"), None], weight[None]
        out = network.fold(base * weight, 1)
    else:
        unlisted = np.einsum("iks,ks->is", base, weight[n:])
        out = np.concatenate([base[:, network.kind_of[:n]] * weight[:n], unlisted[:, None]], axis=1)
    for (_, at), value in merged.items():
        if at is not None:
            out[:, at] *= value
    return np.asarray(out)


def _grown(out: Array, value: Array) -> Array:
    """Return an array that can be multiplied in place by a value with more draws: sets of simulated reports, say."""
    draws = value.shape[-1]
    return out if out.shape[-1] >= draws else np.repeat(out, draws, -1)


Merged = dict[tuple[tuple[str, ...], int | None], Array]


SCOPES = frozenset(
    {(), ("intent",), ("kind",), ("objective",), ("signalling",), ("signalling", "kind"), ("signalling", "standing"),
     ("intent", "standing"), ("intent", "who"), ("intent", "demand"), ("who",), ("apparent",), ("demand",)}
)  # fmt: skip


def merge(factors: Iterable[Factor]) -> Merged:
    """Return the product of the factors of each scope; a scope that nobody multiplies would be lost in silence."""
    merged: Merged = {}
    for factor in factors:
        key = (factor.scope, factor.at)
        if factor.scope not in SCOPES or (factor.at is not None and factor.scope not in ((), ("intent",))):
            raise ValueError(f"the engine has no sum over the scope {factor.scope} (at {factor.at})")
        merged[key] = merged[key] * factor.value if key in merged else factor.value
    return merged


def _by_intent_and_kind(network: Network, merged: Merged) -> Array:
    """Return p(intent, kind) times all that hangs on the two, signalling and objective summed, dims of the two."""
    out = network.intent[:, None] * network.kind
    if ((), None) in merged:
        out = out * merged[(), None]
    if (("intent",), None) in merged:
        out = out * merged[("intent",), None][:, None]
    if (("kind",), None) in merged:
        out = out * merged[("kind",), None]
    if (("objective",), None) in merged:
        out = out * _summed(network.objective, merged[("objective",), None][:, None, None])
    if (("signalling", "standing"), None) not in merged:
        voiced = _voiced(network, merged, by_standing=False)
        out = out * voiced
    return out


def _voiced(network: Network, merged: Merged, *, by_standing: bool) -> Array:
    """Return the sum over signalling, ``(intent, kind, draw)`` or ``(intent, kind, standing, draw)``."""
    weight = np.ones((1, 1, 1))  # (signalling, kind, draw)
    seen = by_standing
    if (("signalling",), None) in merged:
        weight, seen = weight * merged[("signalling",), None][:, None], True
    if (("signalling", "kind"), None) in merged:
        weight, seen = weight * merged[("signalling", "kind"), None], True
    if not seen:
        return np.ones((1, 1, 1))
    if not by_standing:
        return _summed(network.signalling, weight[:, None])
    told = merged[("signalling", "standing"), None]  # (signalling, standing, draw)
    return _summed((network.signalling * weight[:, None])[:, :, :, None], told[:, None, None])


def _summed(table: Array, value: Array) -> Array:
    """Return the sum over the first axis of the product, one state at a time: temporaries stay in the cache."""
    out = np.asarray(table[0] * value[0])
    for state in range(1, len(table)):
        out += table[state] * value[state]
    return out


def _by_actor(network: Network, merged: Merged) -> Array:
    """Return p(who | kind) times all that points at it, deception summed, ``(who, draw)``."""
    out = network.share
    if (("who",), None) in merged:
        out = out * merged[("who",), None]
    if (("apparent",), None) in merged:
        out = out * seen_through_deception(network, merged[("apparent",), None])
    return out


def seen_through_deception(network: Network, apparent: Array) -> Array:
    """Return the likelihood of what points at the apparent actor, given who is behind it, ``(who, draw)``.

    ``(1 - f_a) t(a) + f_a mean of t(b) over the other candidates b``: a false flag shows a listed third party.
    """
    n = network.candidates
    listed = apparent[:n]
    total = listed.sum(0)
    framed = np.empty_like(np.broadcast_to(apparent, (apparent.shape[0], *apparent.shape[1:])))
    framed[:n] = (total - listed) / max(n - 1, 1)
    framed[n:] = total / n
    return np.asarray((1 - network.deception) * apparent + network.deception * framed)


def _times_standing(out: Array, value: Array, network: Network) -> None:
    """Multiply a joint ``(intent, who, demand, draw)`` in place by a value ``(intent, who, standing, draw)``."""
    for d in range(out.shape[2]):
        classes = network.standing[:, d]
        common = int(np.bincount(classes).argmax())
        rest = [w for w, one in enumerate(classes) if one != common]
        saved = out[:, rest, d].copy() if rest else None
        out[:, :, d] *= value[:, :, common]
        if saved is not None:
            for k, w in enumerate(rest):
                out[:, w, d] = saved[:, k] * value[:, w if value.shape[1] > 1 else 0, classes[w]]
