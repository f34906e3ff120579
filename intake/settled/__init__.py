"""What becomes of a draft: the questions it puts, the answers to them, and the plan that it is with them."""
