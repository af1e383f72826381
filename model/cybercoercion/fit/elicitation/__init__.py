"""From what people can say to distributions: quantiles, mode and mass, chips; pools of experts."""
