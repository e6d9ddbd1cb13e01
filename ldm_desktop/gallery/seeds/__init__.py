"""The memory of seeds and contact sheets: what was tried and said of a seed, picture or not."""
