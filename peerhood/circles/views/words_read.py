"""Which version of an agreement the page showed on which somebody pressed the button."""


def version_read(request) -> int | None:
    said = request.POST.get("agreed_to", "")
    return int(said) if said.isdecimal() and len(said) < 6 else None
