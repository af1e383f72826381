"""Tables, sources, coded episodes: the data of the package."""
