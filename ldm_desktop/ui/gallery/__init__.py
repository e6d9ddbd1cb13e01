"""The gallery's page: all pictures as a grid, one of them large, several side by side."""
