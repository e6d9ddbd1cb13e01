"""What the gallery knows, in its database: rows by their files, and what a person says of them."""
