"""The document that is to become a plan, as the screen shows it: its questions, its work, the words they are about."""
