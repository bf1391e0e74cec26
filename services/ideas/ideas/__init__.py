"""Ideas, petitions and suggestions: dossiers from deposit to delivery, their supports, discussion and record."""
