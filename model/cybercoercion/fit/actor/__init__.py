"""Which actor, given the victim: a hierarchical logit with regions, rivalry and few cues."""
