"""Coded episodes: the case files that ship with the package."""
