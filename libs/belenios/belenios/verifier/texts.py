"""What decider-verify says, in French and in English; what each check means is in `meanings`.

Names of checks and reasons of refusals stay in English: they are what one searches for in docs/protocol.md.
"""

import os

LANGUAGES = ("fr", "en")

FRENCH = {
    "program": "Vérifie une élection à bulletins scellés (archive .bel) et dit ce qui a été vérifié.",
    "file": "l'archive à vérifier, UUID.bel",
    "json": "écrire le rapport en JSON",
    "ballot": "expliquer le bulletin de ce numéro de suivi",
    "previous": "vérifier que rien n'a été retiré depuis cette copie antérieure",
    "jobs": "nombre de processus (1 par défaut)",
    "unfinished": "admettre une élection qui n'a pas encore de résultat",
    "lang": "langue du rapport (fr ou en)",
    "unreadable": "Le fichier {file} ne peut pas être lu : {reason}",
    "reading": "vérification",
    "archive": "Archive : {file}, {size} octets",
    "election": "Élection : {name} ({uuid}), groupe {group}",
    "fingerprints": "Empreintes, à comparer à celles qui ont été annoncées :",
    "fingerprint.election": "règles du vote",
    "fingerprint.voters": "liste des votants",
    "fingerprint.trustee": "dépositaire {number}",
    "checked": "Ce qui a été vérifié :",
    "check.records": "enregistrements reconstruits octet par octet",
    "check.events": "événements dans le bon ordre, chacun lié au précédent",
    "check.questions": "questions",
    "check.trustees": "clés de dépositaires, avec leurs preuves",
    "check.credentials": "droits de vote distincts sur la liste",
    "check.ballots": "bulletins, leur forme et leur signature",
    "check.ballot proofs": "preuves et signatures dans les bulletins",
    "check.tally cells": "sommes chiffrées recalculées à partir des bulletins",
    "check.partial decryptions": "déchiffrements partiels",
    "check.decryption proofs": "preuves de déchiffrement",
    "check.result cells": "nombres du résultat",
    "count": "{ballots} bulletins déposés, {counted} comptés (poids total {weight}), {voters} votants inscrits",
    "blank": "vote blanc",
    "result": "Résultat :",
    "no result": "L'élection n'a pas encore de résultat.",
    "previous kept": "Les {count} enregistrements de la copie antérieure sont tous là, inchangés.",
    "ballot found": "Bulletin n° {number} ({tracker}), droit de vote {credential}, poids {weight}.",
    "ballot counted": "Il est valide et il est compté.",
    "ballot replaced": "Il est valide ; un vote ultérieur avec le même droit l'a remplacé : {replaced_by}.",
    "accepted": "TOUT EST EXACT.",
    "refused": "REFUSÉ : cette archive ne tient pas.",
    "refused.tracker": "BULLETIN INTROUVABLE. L'archive elle-même tient.",
    "refused.continuity with the earlier copy": "REFUSÉ : l'archive ne continue pas la copie antérieure.",
    "refusal.meaning": "ce qui ne va pas",
    "refusal.record": "où",
    "refusal.check": "vérification",
    "refusal.reason": "détail technique",
}

ENGLISH = {
    "program": "Verify an election with sealed ballots (.bel archive) and say what was checked.",
    "file": "the archive to verify, UUID.bel",
    "json": "write the report as JSON",
    "ballot": "explain the ballot that bears this tracker",
    "previous": "prove that nothing was withdrawn since this earlier copy",
    "jobs": "number of processes (default: 1)",
    "unfinished": "admit an election that has no result yet",
    "lang": "language of the report (fr or en)",
    "unreadable": "The file {file} cannot be read: {reason}",
    "reading": "verifying",
    "archive": "Archive: {file}, {size} bytes",
    "election": "Election: {name} ({uuid}), group {group}",
    "fingerprints": "Fingerprints, to compare with those that were announced:",
    "fingerprint.election": "rules of the vote",
    "fingerprint.voters": "list of voters",
    "fingerprint.trustee": "trustee {number}",
    "checked": "What was checked:",
    "check.records": "records rebuilt byte for byte",
    "check.events": "events in the right order, each tied to the one before",
    "check.questions": "questions",
    "check.trustees": "trustees' keys, with their proofs",
    "check.credentials": "distinct rights to vote on the list",
    "check.ballots": "ballots, their form and their signature",
    "check.ballot proofs": "proofs and signatures in the ballots",
    "check.tally cells": "encrypted sums computed again from the ballots",
    "check.partial decryptions": "partial decryptions",
    "check.decryption proofs": "proofs of decryption",
    "check.result cells": "numbers of the result",
    "count": "{ballots} ballots cast, {counted} counted (total weight {weight}), {voters} voters on the list",
    "blank": "blank vote",
    "result": "Result:",
    "no result": "The election has no result yet.",
    "previous kept": "The {count} records of the earlier copy are all there, unchanged.",
    "ballot found": "Ballot no. {number} ({tracker}), right to vote {credential}, weight {weight}.",
    "ballot counted": "It is valid and it is counted.",
    "ballot replaced": "It is valid; a later vote with the same right replaced it: {replaced_by}.",
    "accepted": "EVERYTHING HOLDS.",
    "refused": "REFUSED: this archive does not hold.",
    "refused.tracker": "BALLOT NOT FOUND. The archive itself holds.",
    "refused.continuity with the earlier copy": "REFUSED: the archive does not continue the earlier copy.",
    "refusal.meaning": "what is wrong",
    "refusal.record": "where",
    "refusal.check": "check",
    "refusal.reason": "technical detail",
}

TEXTS = {"fr": FRENCH, "en": ENGLISH}


def default_language() -> str:
    """French where the system speaks French, English elsewhere."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "fr" if os.environ[name].startswith("fr") else "en"
    return "en"
