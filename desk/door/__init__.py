"""The door: signing in with a passphrase and a second thing, sessions that lock and end, signing out."""
