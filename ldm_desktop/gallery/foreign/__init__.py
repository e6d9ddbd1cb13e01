"""What other programs write into their pictures."""
