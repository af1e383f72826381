"""What the answer takes for granted: assumptions, priors, no deception, no copying."""
