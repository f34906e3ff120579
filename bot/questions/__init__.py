"""What the bot asks and needs to go on: each kind of question a value, all of them in `registry`."""
