"""Several people at the same moment: a thread for each of them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.core.exceptions import PermissionDenied
from django.db import connections

from peerhood.platform.refusals import Refusal

PATIENCE_SECONDS = 30
NO = (Refusal, PermissionDenied)


def at_once(*acts: Callable, may_raise: type[Exception] | tuple[type[Exception], ...] = NO) -> list:
    """Run the acts in threads that begin together; return what each gave or met, in their order.

    What an act meets is a no, or what the test expects instead; anything else that one raises is raised here, too.
    """
    start = Barrier(len(acts), timeout=PATIENCE_SECONDS)

    def run(act):
        try:
            start.wait()
            return act()
        except may_raise as met:
            return met
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))
