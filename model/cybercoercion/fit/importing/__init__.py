"""Reading official data files and coded episodes: every row a training episode, or named and kept out."""
