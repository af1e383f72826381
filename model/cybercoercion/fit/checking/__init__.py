"""Is a fit fit for use? Sampler, predictive checks, calibration, sensitivity to priors, what the data moved."""
