"""What an entry of a table would have to be for the answer to change."""
