"""Morphs on their way out: frames become an animation that carries its path, and is read back."""
