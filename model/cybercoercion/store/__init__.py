"""The case store: every revision of every case, who filed it, when and why; nothing is ever overwritten."""
