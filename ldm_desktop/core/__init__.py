"""Values every layer speaks in; standard library and platformdirs only."""
