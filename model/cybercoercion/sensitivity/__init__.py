"""What would change the decision: thresholds, tornado, map, curves, value of information, attitudes, robustness."""
