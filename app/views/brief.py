"""Brief: the answer, three beliefs, four responses, for somebody who has three minutes."""

from cybercoercion.app import work
from cybercoercion.app.parts import answer, figure
from cybercoercion.app.parts.words import quietly

answer.show()
for section in work.now().sections:
    for one in section.figures:
        figure.show(one)
quietly(work.now().run_line)
