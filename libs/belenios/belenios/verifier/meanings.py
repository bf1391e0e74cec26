"""What each check looks at, in plain words, for somebody who reads that it failed."""

import re

from belenios.refusal import Check

_FRENCH = {
    Check.TAR: "le fichier n'a pas la forme d'une archive, octet par octet",
    Check.HEADER: "le premier enregistrement ou une date n'est pas ce qu'il doit être",
    Check.RECORD_HASH: "un enregistrement ne porte pas l'empreinte de son contenu",
    Check.EVENT: "un événement ne désigne pas exactement ce qui le précède",
    Check.CHAIN: "un événement ne suit pas celui d'avant : quelque chose a été retiré ou glissé",
    Check.ORDER: "les étapes de l'élection ne sont pas dans l'ordre",
    Check.STRAY: "un enregistrement n'appartient à aucun événement, ou il en manque un",
    Check.UNFINISHED: "l'élection n'est pas allée jusqu'à son résultat",
    Check.CONTINUITY: "quelque chose de la copie antérieure a été retiré ou changé",
    Check.FORM: "un champ manque, est de trop, ou n'est pas du type attendu",
    Check.CANONICAL: "le même contenu est écrit d'une autre façon que la seule permise",
    Check.NUMBER: "un nombre est mal écrit ou hors limites",
    Check.ELEMENT: "un nombre du chiffrement est mal écrit",
    Check.MEMBERSHIP: "un nombre du chiffrement n'appartient pas au groupe : il pourrait tromper les preuves",
    Check.GROUP: "ce groupe mathématique n'est pas connu",
    Check.QUESTION: "une question n'a pas de sens ou n'est pas d'un genre connu",
    Check.UUID: "l'identifiant de l'élection est mal formé ou celui d'une autre",
    Check.TRUSTEE_PROOF: "un dépositaire ne prouve pas qu'il connaît sa clé",
    Check.TRUSTEE_SIGNATURE: "un message n'est pas signé par le dépositaire dont il porte le nom",
    Check.THRESHOLD: "les clés des dépositaires ne vont pas ensemble",
    Check.VERIFICATION_KEY: "la clé d'un dépositaire n'est pas celle que donne la cérémonie",
    Check.SHARE: "une part de clé ne s'ouvre pas ou ne correspond pas à ce qui a été publié",
    Check.ELECTION_KEY: "la clé de l'élection n'est pas celle que font ensemble les dépositaires",
    Check.CREDENTIAL_LIST: "la liste des droits de vote a un doublon ou un intrus",
    Check.CREDENTIAL: "un bulletin vient de quelqu'un qui n'est pas sur la liste",
    Check.ELECTION_HASH: "un bulletin a été fait pour d'autres règles",
    Check.DUPLICATE: "le même bulletin est deux fois dans l'urne",
    Check.TRACKER: "aucun bulletin de l'urne ne porte ce numéro de suivi",
    Check.BALLOT_HASH: "l'empreinte signée n'est pas celle du bulletin",
    Check.BALLOT_SIGNATURE: "un bulletin n'est pas signé par son droit de vote",
    Check.ANSWERS: "un bulletin n'a pas autant de choix ou de preuves qu'il en faut",
    Check.DISJUNCTION: "un bulletin ne prouve pas que ses choix sont permis",
    Check.BLANK_PROOF: "un bulletin ne prouve pas qu'il est blanc, ou qu'il ne l'est pas",
    Check.OVERALL_PROOF: "un bulletin ne prouve pas que le nombre de ses choix est permis",
    Check.TALLY: "la somme chiffrée n'est pas celle des bulletins comptés",
    Check.OWNER: "un déchiffrement ne vient de personne, ou deux fois de la même personne",
    Check.DECRYPTION_PROOF: "un dépositaire ne prouve pas qu'il a bien déchiffré",
    Check.MISSING_DECRYPTION: "trop peu de dépositaires ont déchiffré",
    Check.RESULT: "le résultat n'est pas ce que contient la somme chiffrée",
}

_ENGLISH = {
    Check.TAR: "the file does not have the form of an archive, byte for byte",
    Check.HEADER: "the first record or a date is not what it must be",
    Check.RECORD_HASH: "a record does not bear the digest of its content",
    Check.EVENT: "an event does not name exactly what comes before it",
    Check.CHAIN: "an event does not follow the one before: something was taken out or slipped in",
    Check.ORDER: "the steps of the election are not in order",
    Check.STRAY: "a record belongs to no event, or one is missing",
    Check.UNFINISHED: "the election did not go on to its result",
    Check.CONTINUITY: "something of the earlier copy was withdrawn or changed",
    Check.FORM: "a field is missing, one too many, or not of the expected type",
    Check.CANONICAL: "the same content is written in another way than the only one allowed",
    Check.NUMBER: "a number is badly written or out of range",
    Check.ELEMENT: "a number of the encryption is badly written",
    Check.MEMBERSHIP: "a number of the encryption is outside the group: it could deceive the proofs",
    Check.GROUP: "this mathematical group is not known",
    Check.QUESTION: "a question makes no sense or is not of a known kind",
    Check.UUID: "the election's identifier is malformed or that of another",
    Check.TRUSTEE_PROOF: "a trustee does not prove to know their key",
    Check.TRUSTEE_SIGNATURE: "a message is not signed by the trustee whose name it bears",
    Check.THRESHOLD: "the trustees' keys do not belong together",
    Check.VERIFICATION_KEY: "a trustee's key is not the one that the ceremony gives",
    Check.SHARE: "a share of a key does not open or does not fit what was published",
    Check.ELECTION_KEY: "the election's key is not the one that the trustees make together",
    Check.CREDENTIAL_LIST: "the list of rights to vote has a repeat or a stranger",
    Check.CREDENTIAL: "a ballot comes from somebody who is not on the list",
    Check.ELECTION_HASH: "a ballot was made for other rules",
    Check.DUPLICATE: "the same ballot is twice in the box",
    Check.TRACKER: "no ballot in the box bears this tracker",
    Check.BALLOT_HASH: "the signed digest is not that of the ballot",
    Check.BALLOT_SIGNATURE: "a ballot is not signed by its right to vote",
    Check.ANSWERS: "a ballot does not have as many choices or proofs as it must",
    Check.DISJUNCTION: "a ballot does not prove that its choices are allowed",
    Check.BLANK_PROOF: "a ballot does not prove that it is blank, or that it is not",
    Check.OVERALL_PROOF: "a ballot does not prove that the number of its choices is allowed",
    Check.TALLY: "the encrypted sum is not that of the counted ballots",
    Check.OWNER: "a decryption comes from nobody, or twice from the same person",
    Check.DECRYPTION_PROOF: "a trustee does not prove to have decrypted correctly",
    Check.MISSING_DECRYPTION: "too few trustees decrypted",
    Check.RESULT: "the result is not what the encrypted sum holds",
}

MEANINGS = {"fr": _FRENCH, "en": _ENGLISH}

# The words by which the checks locate a record, where French has others.
_PLACES = {
    "partial decryption of trustee": "déchiffrement partiel du dépositaire",
    "encrypted tally": "somme chiffrée",
    "earlier copy": "copie antérieure",
    "shares of trustee": "parts du dépositaire",
    "ballot": "bulletin",
    "answer": "réponse",
    "event": "événement",
    "item": "élément",
    "result": "résultat",
}
_PLACE = re.compile(r"(?:^|(?<=, ))(" + "|".join(_PLACES) + r")\b")


def place(record: str, language: str) -> str:
    """Say in a language where a check failed."""
    return record if language == "en" else _PLACE.sub(lambda found: _PLACES[found[1]], record)
