"""What finding out is worth: of a state, of a number, of a report that could still come."""
