"""Kind of actor and claim, with base rates that move over time, learnt from EuRepoC."""
