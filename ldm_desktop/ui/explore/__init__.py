"""The pages on which seeds are explored; each takes the pictures one was looking at."""
