"""Technical facts given the objective, learnt from DCID."""
