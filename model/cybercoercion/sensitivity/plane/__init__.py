"""Two inputs at once: which option is cheapest where."""
