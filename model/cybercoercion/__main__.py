"""``python -m cybercoercion``."""

from cybercoercion.cli import main

main()
