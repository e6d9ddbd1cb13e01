"""Pictures for others: files, contact sheets, tables."""
