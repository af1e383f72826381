"""What each view of the app says: frozen values from the core, so that a notebook can show the same without the app."""
