"""From a query as it is typed to the numbers of the rows that answer it."""
