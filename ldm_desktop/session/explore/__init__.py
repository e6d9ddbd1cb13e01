"""Exploring as the views bind to it: sheets, variations, trajectories, morphs, families, seeds."""
