"""One named number that the decision hangs on, and every such number of a case."""
