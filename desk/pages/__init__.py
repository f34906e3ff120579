"""The pages: each shows what its viewer may see, and holds the forms of what they may do."""
