"""What happened to one obligation, in words: events, messages, how its dates came about."""
