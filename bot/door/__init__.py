"""What comes in: kept, read, allowed, and given to the command that it means."""
