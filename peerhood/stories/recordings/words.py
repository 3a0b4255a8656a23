"""Words: the chapters of a recording and what is said in it, read from what people paste. Pure.

>>> chapters_of("0:00 Welcome\\n1:02:03 Questions")
[Chapter(seconds=0, title='Welcome'), Chapter(seconds=3723, title='Questions')]
>>> transcript_of("WEBVTT\\n\\n00:01.000 --> 00:03.000\\n<v Ada>Hello &amp; welcome.\\n\\n2\\n00:03.000 --> 00:04.000\\nSit down.")
'Hello & welcome.\\nSit down.'
"""

import html
import re
from dataclasses import dataclass

CLOCK = r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})"
CHAPTER = re.compile(rf"\s*[-–•(\[]?\s*{CLOCK}[)\]]?\s*[-–:]?\s+(\S.*)")
CUE = re.compile(r"\s*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{3}\s*-->")
TAG = re.compile(r"<[^<>]*>")
# What a caption file says about itself.
ASIDE = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class Chapter:
    seconds: int
    title: str

    @property
    def clock(self) -> str:
        hours, minutes = divmod(self.seconds // 60, 60)
        begun = f"{hours}:{minutes:02}" if hours else str(minutes)
        return f"{begun}:{self.seconds % 60:02}"


def chapters_of(text: str) -> list[Chapter]:
    """A time and a title on each line, in the order of time.

    Raises:
        ValueError: with the first line that has no time.
    """
    chapters = []
    for line in filter(str.strip, text.splitlines()):
        found = CHAPTER.fullmatch(line.rstrip())
        if not found or int(found[3]) > 59:
            raise ValueError(line.strip()[:80])
        hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
        chapters.append(Chapter(hours * 3600 + minutes * 60 + seconds, found[4].strip()))
    return sorted(chapters, key=lambda chapter: chapter.seconds)


def transcript_of(text: str) -> str:
    """The words alone: a caption file (WebVTT, SubRip) without its times, names and styles; anything else as it is."""
    if not any(CUE.match(line) for line in text.splitlines()):
        return text.strip()
    said: list[str] = []
    for block in re.split(r"\n\s*\n", text.replace("\r\n", "\n").removeprefix("\ufeff")):
        lines = block.split("\n")
        at = next((number for number, line in enumerate(lines) if CUE.match(line)), None)
        if at is None or lines[0].startswith(ASIDE):
            continue
        words = [html.unescape(TAG.sub("", line)).strip() for line in lines[at + 1 :]]
        said += [word for word in words if word and (not said or said[-1] != word)]
    return "\n".join(said)
