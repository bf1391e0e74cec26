"""What decider-trustee says in its help, in French and in English."""

FRENCH = {
    "program": "La part d'un dépositaire : chaque commande lit des fichiers et écrit un message, sans réseau.",
    "single": "faire la clé publique d'un dépositaire dont la part est toujours nécessaire",
    "certificate": "cérémonie, étape 1 : se présenter",
    "shares": "cérémonie, étape 2 : distribuer les parts de son secret, chiffrées",
    "key": "cérémonie, étape 3 : vérifier les parts reçues et publier sa clé de vérification",
    "assemble": "cérémonie, étape 4 : réunir ce qui est public (n'importe qui peut le faire)",
    "decrypt": "vérifier toute l'archive, puis déchiffrer partiellement la somme des bulletins, et elle seule",
    "seed": "fichier de la graine de 22 caractères, à garder secret ; créé s'il n'existe pas",
    "group": "groupe mathématique de l'élection",
    "name": "nom à publier",
    "place": "son numéro, combien suffisent, combien ils sont : 2/3/5",
    "certificates": "messages de l'étape 1, dans l'ordre des dépositaires",
    "messages": "messages de l'étape 2, dans le même ordre",
    "keys": "messages de l'étape 3, dans le même ordre",
    "own": "son propre message de l'étape 3 (cérémonie)",
    "archive": "l'archive close, UUID.bel",
    "jobs": "nombre de processus (1 par défaut)",
    "decrypting": "Dépositaire {owner} ; {ballots} bulletins, {counted} comptés ; règles {fingerprint}.",
}

ENGLISH = {
    "program": "A trustee's part: each command reads files, writes one message, and uses no network.",
    "single": "make the public key of a trustee whose part is always needed",
    "certificate": "ceremony, step 1: introduce oneself",
    "shares": "ceremony, step 2: hand out the shares of one's secret, encrypted",
    "key": "ceremony, step 3: check the shares received and publish one's verification key",
    "assemble": "ceremony, step 4: gather what is public (anybody can)",
    "decrypt": "verify the whole archive, then decrypt partially the sum of the ballots, and only that",
    "seed": "file of the seed of 22 characters, to keep secret; made if it does not exist",
    "group": "mathematical group of the election",
    "name": "name to publish",
    "place": "one's number, how many are enough, how many there are: 2/3/5",
    "certificates": "messages of step 1, in the order of the trustees",
    "messages": "messages of step 2, in the same order",
    "keys": "messages of step 3, in the same order",
    "own": "one's own message of step 3 (ceremony)",
    "archive": "the closed archive, UUID.bel",
    "jobs": "number of processes (default: 1)",
    "decrypting": "Trustee {owner}; {ballots} ballots, {counted} counted; rules {fingerprint}.",
}

TEXTS = {"fr": FRENCH, "en": ENGLISH}
