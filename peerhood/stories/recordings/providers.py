"""Providers: what an address of a recording is, and from where it is shown inside a page. Pure.

>>> found = told_by("https://youtu.be/dQw4w9WgXcQ?t=42")
>>> found.kind, found.embed(90)
('youtube', 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=90')
>>> told_by("https://cloud.example.org/s/talk.mp4").embed(0)
''
>>> told_by("https://vimeo.com:99999/1").kind
'link'
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

NAMES = r"[\w-]{1,64}"


@dataclass(frozen=True)
class Provider:
    """``address`` finds the recording's name in its address without the scheme; ``{}`` in ``frame`` is that name.

    A provider that runs in many places, as PeerTube does, is framed from where it runs: ``{host}``.
    """

    kind: str
    address: re.Pattern[str]
    frame: str
    begins_at: str


PROVIDERS = (
    Provider(
        "youtube",
        re.compile(
            rf"(?:(?:www\.|m\.)?youtube(?:-nocookie)?\.com/(?:watch\?(?:.*&)?v=|embed/|live/|shorts/)|youtu\.be/)"
            rf"(?P<name>{NAMES})"
        ),
        "https://www.youtube-nocookie.com/embed/{name}",
        "?start={seconds}",
    ),
    Provider(
        "vimeo",
        re.compile(r"(?:www\.|player\.)?vimeo\.com/(?:video/)?(?P<name>\d{1,12})"),
        "https://player.vimeo.com/video/{name}?dnt=1",
        "#t={seconds}s",
    ),
    Provider(
        "peertube",
        re.compile(rf"(?P<host>[a-z0-9.-]+\.[a-z]+)/(?:w|videos/watch|videos/embed)/(?P<name>{NAMES})"),
        "https://{host}/videos/embed/{name}?p2p=0",
        "&start={seconds}s",
    ),
)


@dataclass(frozen=True)
class Shown:
    """``frame`` is "" for an address that is only followed."""

    kind: str
    frame: str = ""
    begins_at: str = ""

    @property
    def origin(self) -> str:
        """The one place a page may frame."""
        at = urlsplit(self.frame)
        return f"{at.scheme}://{at.netloc}" if self.frame else ""

    def embed(self, seconds: int) -> str:
        return self.frame + self.begins_at.format(seconds=seconds) if seconds and self.frame else self.frame


def told_by(url: str) -> Shown:
    """What an address is; whatever nobody here knows is a link."""
    try:
        at = urlsplit(url)
        is_plain = at.scheme == "https" and not at.username and at.port in (None, 443)
    except ValueError:
        # A port beyond all ports passes for an address, and is none.
        return Shown("link")
    if is_plain:
        said = f"{(at.hostname or '')}{at.path}{f'?{at.query}' if at.query else ''}"
        for provider in PROVIDERS:
            if found := provider.address.match(said):
                return Shown(provider.kind, provider.frame.format(**found.groupdict()), provider.begins_at)
    return Shown("link")
