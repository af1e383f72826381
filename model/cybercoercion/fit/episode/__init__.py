"""Intent, kind, signalling and their facts, learnt from coded episodes with soft labels."""
