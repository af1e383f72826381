"""What the fields of a case file are called on screen where their own names say too little, and their units."""

from __future__ import annotations

# the words of a field: table and field -> entry of the data dictionary
WORDS = {
    ("Case", "frame"): "frame",
    ("Target", "kind"): "target_kind",
    ("Actor", "kind"): "kind",
    ("Actor", "capability"): "capability",
    ("Actor", "relationship"): "relationship",
    ("Actor", "alternatives"): "alternatives",
    ("Demand", "polarity"): "polarity",
    ("Demand", "content"): "content",
    ("Demand", "held_by"): "holding",
}

LABELS = {
    ("Case", "frame"): "How did the case come to attention?",
    ("Case", "as_of"): "As known on",
    ("Target", "name"): "Who was hit",
    ("Target", "kind"): "What it is",
    ("Actor", "kind"): "What it is",
    ("Actor", "track_record"): "Has it coerced before?",
    ("Actor", "interdependence"): "How much it depends on the country",
    ("Actor", "norm_adherence"): "How far it keeps to norms",
    ("Actor", "alternatives"): "Other ways to inflict pain",
    ("Actor", "relationship"): "How it stands to the target's country",
    ("Demand", "text"): "What is wanted",
    ("Demand", "polarity"): "Do, stop or refrain",
    ("Demand", "content"): "Politics or money",
    ("Demand", "long_standing"): "Long made, and in public?",
    ("Demand", "cost_of_conceding"): "Cost of conceding, USD",
    ("Pending", "fact"): "What it would tell",
    ("Pending", "about"): "About whom",
    ("Pending", "origin"): "Who would stand behind it",
    ("Pending", "expected_date"): "Expected on",
    ("Pending", "cost"): "Cost, USD",
    ("Stakes", "harm_now"): "Harm of this episode, USD",
    ("Stakes", "avoidable"): "Share of it not yet sunk",
    ("Stakes", "resilience"): "Resilience now",
    ("Stakes", "harm_at_resilience"): "Resilience at which harms are stated",
    ("Stakes", "escalation"): "Risk of escalation, times",
    ("Stakes", "country_gdp"): "GDP of the country, USD",
    ("Stakes", "pending_harm"): "Harm threatened and still to come, USD",
    ("Stakes", "meant"): "Probability that the threat is meant",
    ("Stakes", "recurrence_target"): "Further episodes at the target, a year",
    ("Stakes", "recurrence_nation"): "Further episodes in the country, a year",
    ("Stakes", "harm_next"): "Harm of one further episode, USD",
    ("Stakes", "bilateral_trade"): "Trade with the actor's country, USD a year",
    ("Stakes", "delay_cost"): "Cost of a day of waiting, USD",
    ("Stakes", "margin"): "Smallest difference that matters, USD",
    ("Stakes", "price_of_escalation"): "Price of escalation, times",
}

HELP = {
    ("Case", "frame"): "It sets the base rates, which differ by two orders of magnitude between frames.",
    ("Demand", "held_by"): "How visibly it holds the demand.",
    ("Demand", "polarity"): "To make the target do or stop something is compellence; to make it refrain, deterrence.",
    ("Pending", "grade"): "The grade it would have, such as B2.",
    ("Actor", "country"): "Its country, for region and rivalry.",
    ("Target", "country"): "Its country.",
}

# unit by field
UNITS = {
    "harm_now": "USD",
    "avoidable": "share",
    "resilience": "share",
    "harm_at_resilience": "share",
    "escalation": "factor",
    "country_gdp": "USD",
    "pending_harm": "USD",
    "meant": "probability",
    "recurrence_target": "1/yr",
    "recurrence_nation": "1/yr",
    "harm_next": "USD",
    "bilateral_trade": "USD/yr",
    "delay_cost": "USD/day",
    "margin": "USD",
    "price_of_escalation": "factor",
    "interdependence": "share",
    "norm_adherence": "share",
    "cost_of_conceding": "USD",
    "cost": "USD",
}

TRADE = "bilateral_trade"  # stated once for all candidates, or for each
OF_EACH = "Trade with the country of each candidate, USD a year"

# the stakes by what they are about; what is new in the schema and stands nowhere here comes last
STAKES = {
    "What it costs": ("harm_now", "avoidable", "pending_harm", "meant", "harm_next"),
    "How much the target withstands": ("resilience", "harm_at_resilience"),
    "What may follow": ("escalation", "price_of_escalation", "recurrence_target", "recurrence_nation"),
    "The country, waiting and ties": ("country_gdp", TRADE, "delay_cost", "margin"),
}
