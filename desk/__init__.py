"""The office's screen: pages read, forms make the same acts that the chat's words become; the door lets people in."""
