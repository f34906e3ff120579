"""The pictures: what each shows, how it is laid out, and how it is drawn."""
