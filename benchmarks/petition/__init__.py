"""The worst hour of the largest French petition again, twenty times as fast, against the suite that runs here."""
