"""Two tiny services on the chassis, for its tests: ``giver`` records gifts and tells of them, ``keeper`` listens."""
