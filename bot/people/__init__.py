"""People and their chats: invited, linked, absent, moved, handed over, revoked, erased."""
