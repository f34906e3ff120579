"""What words are about: an obligation, a task and its agencies, a period."""
