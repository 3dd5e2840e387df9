"""The command `generate`: let a network that has learnt a text write on from a prompt."""

from argparse import Namespace
from itertools import islice
from pathlib import Path

import numpy as np

from explorer.cli.interrupt import noting_ctrl_c
from explorer.cli.reading import is_document, session_of
from explorer.errors import ExplorerError
from explorer.graph.arrays import flat
from explorer.session.runs.runs import RunRecord
from explorer.session.session import Session
from explorer.session.training_plan import plan_runs
from explorer.tasks.next_symbol import NextSymbol
from explorer.training.generate import Writer
from explorer.training.problem import task_of

LONGEST = 1_000_000
"""Characters at most."""


def generate(options: Namespace) -> int:
    """Print the prompt and what the network writes after it, character by character, until that is enough."""
    path = Path(options.file)
    if not is_document(path):
        raise ExplorerError(f"{path} is no .rnnx file; train with --save FILE.rnnx, or save one in the window.")
    if not 1 <= options.count <= LONGEST:
        raise ExplorerError(f"--count is {options.count}; choose a whole number from 1 to {LONGEST:,}.")
    if not 0 <= options.seed < 2**63:
        raise ExplorerError(f"--seed is {options.seed}; choose a whole number from 0 on.")
    session = session_of(path)
    writer, task = _writer(session)
    prompt = options.prompt if options.prompt is not None else (task.text.strip() or task.text)[:3]
    steps = writer.write(prompt, np.random.default_rng(options.seed), options.temperature)
    with noting_ctrl_c() as pressed:
        print(prompt, end="", flush=True)
        for character in islice(steps, options.count):
            print(character, end="", flush=character == "\n")
            if pressed():
                break
        print(flush=True)
    if pressed():
        raise KeyboardInterrupt
    return 0


def _writer(session: Session) -> tuple[Writer, NextSymbol]:
    """What writes with the weights that the document shows, judged as its runs are."""
    document, parameters = session.shown.document, session.shown.trace.parameters
    runs: list[RunRecord] = session.runs.begun
    settings = runs[-1].settings if runs else plan_runs(document, document.plan)[-1]
    writer, task = Writer(settings, flat(parameters)), task_of(settings)
    assert isinstance(task, NextSymbol)  # or it could not write
    return writer, task
