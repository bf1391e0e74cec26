"""Every page that is looked at in a browser, and as whom. Who adds a page to the site adds it here."""

from gateway.testing import samples
from gateway.testing.examination_samples import EXAMINED, PROMISED

NOBODY: tuple[str, ...] | None = None
CITIZEN: tuple[str, ...] = ()
DOSSIER = "/dossiers/PAR-2026-004200"
PAGES: list[tuple[str, tuple[str, ...] | None]] = [
    ("/", NOBODY),
    ("/aide", NOBODY),
    ("/accessibilite", NOBODY),
    ("/mentions-legales", NOBODY),
    ("/confidentialite", NOBODY),
    ("/donnees", NOBODY),
    ("/donnees/dictionnaire", NOBODY),
    ("/transparence", NOBODY),
    ("/une-page-qui-manque", NOBODY),
    ("/compte/connexion", NOBODY),
    ("/compte/nouveau", NOBODY),
    ("/compte/nouveau/envoye", NOBODY),
    ("/compte/confirmer/secret", NOBODY),
    ("/compte/confirme", NOBODY),
    ("/compte/mot-de-passe", NOBODY),
    ("/compte/mot-de-passe/envoye", NOBODY),
    ("/compte/mot-de-passe/secret", NOBODY),
    ("/compte/carte", NOBODY),
    ("/moi", CITIZEN),
    ("/moi/compte", CITIZEN),
    ("/moi/compte/acces", CITIZEN),
    ("/idees", NOBODY),
    ("/idees?q=arbre&theme=nature&lieu=75012", NOBODY),
    ("/idees?vue=carte", NOBODY),
    (DOSSIER, NOBODY),
    (DOSSIER, CITIZEN),
    (f"{DOSSIER}/registre", NOBODY),
    (f"{DOSSIER}/deposee", CITIZEN),
    ("/idees/nouvelle", CITIZEN),
    (f"/idees/relire/{samples.IDEA}", CITIZEN),
    ("/moi/brouillons", CITIZEN),
    (f"/messages/{samples.COMMENT}", NOBODY),
    (f"/messages/{samples.COMMENT}/signaler", CITIZEN),
    ("/bureau/moderation", ("moderator",)),
    ("/bureau/signalements", ("moderator",)),
    ("/bureau/etude/retard", ("examiner",)),
    (f"/bureau{DOSSIER}", ("examiner",)),
    ("/bureau/etude/avis", ("examiner",)),
    (f"/bureau/dossiers/{EXAMINED}", ("examiner",)),
    (f"/bureau/dossiers/{PROMISED}", ("examiner",)),
    (f"/dossiers/{EXAMINED}", NOBODY),
    (f"/dossiers/{PROMISED}", NOBODY),
]
