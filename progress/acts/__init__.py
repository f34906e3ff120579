"""What people do, as values: `may` says whether, `do` does it and says what came of it."""
