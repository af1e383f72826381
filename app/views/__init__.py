"""The views: each picks, asks the core, and shows, in at most sixty lines."""
