"""Everything that runs an engine on behalf of a front end."""
