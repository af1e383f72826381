"""Proper scores beside simple baselines, on folds that keep campaigns together and on splits in time."""
