"""An amendment by articles: which work each of them is about, what it orders, and the plan that comes of it."""
