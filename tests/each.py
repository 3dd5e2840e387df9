"""Many small cases in one test: as tests of their own, thousands of them would take longer to keep than to run."""

from collections.abc import Callable, Iterable
from functools import wraps
from inspect import signature
from typing import Any

from _pytest.mark import ParameterSet

Test = Callable[..., None]


def each(names: str | tuple[str, ...], cases: Iterable[Any]) -> Callable[[Test], Test]:
    """As `pytest.mark.parametrize`, in one test: it stops at the first case that fails, and says which.

    Fixtures are made once for all cases: what a case changes in them, it takes back itself.
    """
    fields = (names,) if isinstance(names, str) else names
    sets = [ParameterSet.extract_from(case, force_tuple=isinstance(names, str)) for case in cases]
    assert sets, "no case to test"

    def decorate(test: Test) -> Test:
        whole = signature(test)
        left = whole.replace(parameters=[p for name, p in whole.parameters.items() if name not in fields])
        assert len(left.parameters) == len(whole.parameters) - len(fields), f"{test.__name__} takes no {names}"

        @wraps(test)
        def every_case(*args: Any, **others: Any) -> None:
            shared = left.bind(*args, **others).arguments
            for case in sets:
                try:
                    test(**shared, **dict(zip(fields, case.values, strict=True)))
                except BaseException as error:
                    error.add_note(f"with {case.id or ', '.join(map(said, fields, case.values))}")
                    raise

        every_case.__signature__ = left  # type: ignore[attr-defined]
        return every_case

    return decorate


def said(name: str, value: object) -> str:
    """A case as a person tells it from others: a network by its id."""
    return f"{name} = {str(getattr(value, 'id', None) or repr(value))[:100]}"
