"""What the answer would be had the reports been otherwise."""
