"""PDF files: opening with refusals in words, blanks, looks, signatures, stored evidence. Only incremental updates."""
