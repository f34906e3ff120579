"""Documents that are asked for in the chat: reports, letters, evidence files, proof sheets."""
