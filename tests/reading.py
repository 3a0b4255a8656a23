"""What an answer says to whoever reads it: a page its text, a PDF what is printed in it, a stream nothing."""

from peerhood.gatherings.tests.reading_paper import pages_of


def said_in(response) -> str:
    if getattr(response, "streaming", False):
        return ""
    if response.headers.get("Content-Type") == "application/pdf":
        return "\n".join(pages_of(response.content))
    return response.content.decode(errors="replace")
