"""Say what a new window opens with: `FIRST`, the plain network of fig. 10.3 on a task whose steps are soon walked."""

from explorer.session.document import Document
from explorer.training.settings import NetworkSettings

FIRST = Document(network=NetworkSettings("hidden_to_hidden"), feedback=None, length=4, example=1)
