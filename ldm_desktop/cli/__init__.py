"""The command line: the same engine and gallery as the window's, without one."""
