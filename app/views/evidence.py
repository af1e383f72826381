"""To be drawn."""

from cybercoercion.app.parts import answer

answer.show()
