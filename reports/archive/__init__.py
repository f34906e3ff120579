"""What is kept for later: the evidence file and the proof sheet."""
