"""From what people can say to distributions: quantiles, mode and mass, chips; pools of experts."""

from cybercoercion.fit.elicitation.elicit import dirichlet_from_mode, from_chips, from_mode, from_quantiles
from cybercoercion.fit.elicitation.elicited import ElicitationError, Elicited, ElicitedRow
from cybercoercion.fit.elicitation.overlay import Proposal, overlay_text, write_overlay
from cybercoercion.fit.elicitation.pool import Pool, linear_pool, log_pool
from cybercoercion.fit.elicitation.predictive import (
    count_range,
    implied_answers,
    implied_coercion,
    implied_counts,
    without_reports,
)
from cybercoercion.fit.elicitation.rows import RowPool, pool_rows
from cybercoercion.fit.elicitation.summary import Summary, summarise

__all__ = [
    "ElicitationError",
    "Elicited",
    "ElicitedRow",
    "Pool",
    "Proposal",
    "RowPool",
    "Summary",
    "count_range",
    "dirichlet_from_mode",
    "from_chips",
    "from_mode",
    "from_quantiles",
    "implied_answers",
    "implied_coercion",
    "implied_counts",
    "linear_pool",
    "log_pool",
    "overlay_text",
    "pool_rows",
    "summarise",
    "without_reports",
    "write_overlay",
]
