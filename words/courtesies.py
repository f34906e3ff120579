"""Words of courtesy: thanks, "đã rõ", a wish; nothing of an answer is in them."""

from words import short_words

MOST = 12


def is_one(text: str) -> bool:
    """Whether a text is courtesy and nothing else; an empty text is none."""
    words, known = short_words.words(text), short_words.lists()
    if not 0 < len(words) <= MOST or any(letter.isdigit() for letter in text) or "?" in text:
        return False
    left, said = f" {' '.join(words)} ", False
    for phrase in known.courtesy:
        said = said or f" {phrase} " in left
        left = left.replace(f" {phrase} ", " ")
    return said and set(left.split()) <= known.beside_courtesy | known.particles
