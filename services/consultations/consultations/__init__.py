"""Consultations: questionnaires asked by the city or a district, answered by people, counted for everybody."""
