"""What the person sees and changes, as observable state between the worker and the views."""
