"""Files and database kept at one: looked through, rebuilt, verified, brought in, written beside."""
