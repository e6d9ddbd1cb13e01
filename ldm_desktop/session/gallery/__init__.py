"""The gallery as the views bind to it: threads, item model, verbs; no widgets."""
