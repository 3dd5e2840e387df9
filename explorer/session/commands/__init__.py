"""All that can be done with a document and its view, by name: `COMMANDS`. Menus, keys, lessons and tests speak it."""

from explorer.session.commands.command import Call, Command, apply, named
from explorer.session.commands.comparing import COMPARING
from explorer.session.commands.editing import EDITING, networks
from explorer.session.commands.holding import HOLDING
from explorer.session.commands.looking import LOOKING
from explorer.session.commands.opening import OPENING
from explorer.session.commands.sequences import SEQUENCES
from explorer.session.commands.stepping import STEPPING
from explorer.session.commands.training import TRAINING

COMMANDS: dict[str, Command] = named(COMPARING, EDITING, HOLDING, LOOKING, OPENING, SEQUENCES, STEPPING, TRAINING)
"""Every command that needs no window, by its id."""

__all__ = ["COMMANDS", "Call", "Command", "apply", "named", "networks"]
