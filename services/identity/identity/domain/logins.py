"""What one signs in with, in one spelling; card numbers and codes given at counters; weak passwords."""

import unicodedata
from collections.abc import Iterator

_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
CARD_DIGITS = 10
CODE_LETTERS = 12
_COMMON = ("motdepasse", "password", "azerty", "qwerty", "123456", "abcdef", "bienvenue", "soleil", "bonjour")
_FEWEST_CHARACTERS = 5


def normalised(login: str) -> str:
    """One spelling for all spellings of a login: an address in lower case, a card number as its digits."""
    text = unicodedata.normalize("NFKC", login).strip()
    return text.casefold() if "@" in text else "".join(character for character in text if character.isdecimal())


def card_number(chance: int) -> str:
    """A card number of ten digits, written to be read aloud: ``482-193-7705``."""
    digits = f"{chance % 10**CARD_DIGITS:0{CARD_DIGITS}d}"
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"


def code(chance: bytes) -> str:
    """A code of twelve letters and digits that are not taken for each other: ``k7fm-2q9x-w4td``."""
    number = int.from_bytes(chance, "big")
    letters = []
    for _ in range(CODE_LETTERS):
        number, position = divmod(number, len(_LETTERS))
        letters.append(_LETTERS[position])
    text = "".join(letters)
    return f"{text[:4]}-{text[4:8]}-{text[8:]}"


def code_as_typed(text: str) -> str:
    """A code without what people add or leave out when they type it."""
    return "".join(character for character in text.casefold() if character in _LETTERS)


def plain(text: str) -> str:
    """Letters and digits only, without case and accents."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if character.isalnum())


def objections(password: str, about_person: tuple[str, ...]) -> Iterator[str]:
    """Codes of what makes a password easy to guess, beside its length."""
    bare = plain(password)
    if len(set(password)) < _FEWEST_CHARACTERS:
        yield "too-few-different-characters"
    if len(_without_common(bare)) < _FEWEST_CHARACTERS:
        yield "too-common"
    if any(len(word) > 3 and word in bare for word in map(plain, about_person)):
        yield "contains-your-name"


def _without_common(bare: str) -> str:
    for word in _COMMON:
        bare = bare.replace(word, "")
    return bare
