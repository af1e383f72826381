"""The desk on which a case is worked on: a walk of frozen cases with undo, experiments beside it, what is kept."""

from cybercoercion.desk.change import change_words
from cybercoercion.desk.desk import Desk, Kept, Moment, Place, opened

__all__ = ["Desk", "Kept", "Moment", "Place", "change_words", "opened"]
