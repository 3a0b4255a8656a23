"""``peerhood mix`` within the test's own process, as if it were typed."""

import io
import sys
from typing import NamedTuple
from unittest import mock

from peerhood.mixing.shell import command


class Answer(NamedTuple):
    exit_code: object
    stdout: str
    stderr: str


def mix(*arguments, given=b""):
    """Type it, with these bytes on standard input."""
    stdin, stdout, stderr = (io.TextIOWrapper(io.BytesIO(content), "utf-8") for content in (given, b"", b""))
    with mock.patch.multiple(sys, stdin=stdin, stdout=stdout, stderr=stderr):
        try:
            code = command.main(arguments)
        except SystemExit as ended:
            code = ended.code
    stdout.flush()
    stderr.flush()
    return Answer(code, *(stream.buffer.getvalue().decode() for stream in (stdout, stderr)))
