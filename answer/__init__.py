"""The page on which a piece of work is answered by a link: an app beside the screen, without sessions or cookies.

Whoever has the address may look at one obligation and answer for it once; nothing of who looked is kept.
"""
