"""One input moved over its range: tornado, curves, what the draws expect."""
