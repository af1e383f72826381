"""What is believed before any report: tables, quantities, their sources and their draws."""

from cybercoercion.knowledge.entry import Quantity, Source, Table
from cybercoercion.knowledge.faults import KnowledgeError, KnowledgeFault
from cybercoercion.knowledge.fitted import Fitted
from cybercoercion.knowledge.knowledge import Knowledge, load_knowledge

__all__ = [
    "Fitted",
    "Knowledge",
    "KnowledgeError",
    "KnowledgeFault",
    "Quantity",
    "Source",
    "Table",
    "load_knowledge",
]
