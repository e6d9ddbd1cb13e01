"""The widgets, one file per view: they build, bind and show; decisions live in the session."""
