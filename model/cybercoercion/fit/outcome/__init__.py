"""How episodes end: concession, recurrence, response in kind, with reference classes."""
