"""A played year: the whole office on its phones from January to February, and the figures that must come out."""
