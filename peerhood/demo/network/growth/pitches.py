"""Pitches of a minute, and the cards that peers wrote about them or have not yet."""

from datetime import timedelta

from peerhood.demo.network.content import read
from peerhood.demo.network.planted import Planted
from peerhood.demo.network.rows import plant
from peerhood.growth.models import Pitch, PitchCard


def plant_pitches(planted: Planted) -> str:
    told = read("pitches")["pitch"]
    pitches = plant(
        Pitch(
            person=planted.people[each["person"]],
            title=each["title"],
            text=each["text"],
            changed_at=planted.at - timedelta(days=each["days_ago"]),
        )
        for each in told
    )
    cards = plant(
        PitchCard(
            pitch=pitch,
            peer=planted.people[said["peer"]],
            heard=said.get("heard", ""),
            stayed=said.get("stayed", ""),
            to_try=said.get("to_try", ""),
            asked_at=pitch.changed_at,
            written_at=pitch.changed_at + timedelta(days=1) if "heard" in said else None,
        )
        for pitch, each in zip(pitches, told, strict=True)
        for said in each.get("card", [])
    )
    return f"{len(pitches)} pitches, {len(cards)} cards about them"
