"""The conversation: `door` lets an update in, `commands` is its table of contents, the other rooms what it is about."""
