"""What each response would cost, and which costs least: terms, variants, ranking, what it rests on."""

from cybercoercion.response.assumed import AssumedBelief, assumed_belief
from cybercoercion.response.costs import Costs, costs
from cybercoercion.response.option import Option, Tail
from cybercoercion.response.ranking import Ranking, rank
from cybercoercion.response.table import ViewRanking
from cybercoercion.response.variant import VARIANTS, Variant, View
from cybercoercion.response.weights import BeliefLike

__all__ = [
    "VARIANTS",
    "AssumedBelief",
    "BeliefLike",
    "Costs",
    "Option",
    "Ranking",
    "Tail",
    "Variant",
    "View",
    "ViewRanking",
    "assumed_belief",
    "costs",
    "rank",
]
