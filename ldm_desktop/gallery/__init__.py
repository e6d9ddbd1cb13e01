"""Picture files and their records; no Qt, no torch."""
