"""Processes and the database are killed while dossiers are filed; afterwards everything acknowledged is true."""
