"""Take lessons without a window: do what a page asks for, in its own commands, and train in this process."""

import re
from collections.abc import Iterable

from explorer.lessons.course import Course
from explorer.lessons.page import Page
from explorer.session.commands import COMMANDS, Call, named, networks
from explorer.session.session import Session
from explorer.session.training_plan import plan_runs
from explorer.training.loop import train
from explorer.training.run import Run
from explorer.training.settings import changed, problem_of


def train_here(session: Session, iterations: int | None = None) -> None:
    """What Run does, for as many iterations as are planned, or for fewer."""
    plan = session.document.plan
    if iterations is not None:
        plan = changed(plan, iterations=iterations, evaluate_every=max(1, iterations // 2), seeds=1)
    settings = plan_runs(problem_of(session.document), plan)
    session.runs.start(settings)
    for messages in train([Run(one) for one in settings]):
        session.runs.take(messages)


def perform(session: Session, calls: Iterable[Call], iterations: int | None = 2) -> None:
    """Do commands one after another; those of the window that concern lessons as well."""
    commands = {**COMMANDS, **named(networks())}
    for call in calls:
        if call.id == "train":
            train_here(session, iterations)
        else:
            commands[call.id].run(session, call.arguments)


def words(page: Page) -> int:
    """How many words it has, a formula or a number of the computation counting as one."""
    said = " ".join((page.text, page.do, page.ask, *page.choices, page.after))
    return len(re.sub(r"\$\$?.*?\$\$?|\[\[.*?\]\]", "x", said, flags=re.DOTALL).split())


def complete(course: Course, session: Session, page: Page) -> None:
    """Enter a page and do what it asks for, or answer rightly."""
    course.enter(page)
    if page.ask:
        course.answer(page.right)
    perform(session, page.show)
    course.judge()
