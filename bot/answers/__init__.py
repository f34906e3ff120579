"""What officers say about their work: done, progress, blocked, requests, corrections."""
