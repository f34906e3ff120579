"""What waits for somebody: each thing as a card with its forms, many at once, and whether something changed."""
