"""The rules of consultations as pure functions: no database, no bus, no clock of their own."""
