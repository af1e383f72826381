"""Refit the tables from data: importers, models in PyMC, checks, scores, and the fit as one file."""
