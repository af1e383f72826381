"""What each response would cost, and which costs least: terms, variants, ranking, what it rests on."""

from cybercoercion.response.assumed import AssumedBelief, assumed_belief
from cybercoercion.response.costs import Costs, costs
from cybercoercion.response.option import Option, Tail
from cybercoercion.response.portfolio import Portfolio
from cybercoercion.response.ranking import Ranking, rank
from cybercoercion.response.reference import Reference
from cybercoercion.response.table import ViewRanking
from cybercoercion.response.variant import VARIANTS, Variant, View
from cybercoercion.response.wait import Waiting
from cybercoercion.response.weights import BeliefLike
from cybercoercion.response.why import StateShare, why_this_cost

__all__ = [
    "VARIANTS",
    "AssumedBelief",
    "BeliefLike",
    "Costs",
    "Option",
    "Portfolio",
    "Ranking",
    "Reference",
    "StateShare",
    "Tail",
    "Variant",
    "View",
    "ViewRanking",
    "Waiting",
    "assumed_belief",
    "costs",
    "rank",
    "why_this_cost",
]
