"""How far the decision hangs on priors, intervals and places where it loses."""
