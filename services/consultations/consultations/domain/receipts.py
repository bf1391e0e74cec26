"""Receipts: a word to quote to the city, and a fingerprint that tells whether an answer is still what was given."""

import hashlib
import json

from consultations.domain.form import Values

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def receipt(random: int) -> str:
    """``XXXX-XXXX-XXXX`` from a random whole number of at least 64 bits, without letters that look alike."""
    letters = []
    for _ in range(_LENGTH):
        random, position = divmod(random, len(_ALPHABET))
        letters.append(_ALPHABET[position])
    word = "".join(letters)
    return f"{word[:4]}-{word[4:8]}-{word[8:]}"


def fingerprint(version: int, values: Values) -> str:
    """SHA-256, in hexadecimal, of ``{"values": …, "version": …}`` as compact JSON in UTF-8 with sorted keys."""
    content = {"values": dict(values), "version": version}
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
