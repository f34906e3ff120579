"""What bytes are: kinds by content, archives, pictures. Knows no SQL and no platform."""
