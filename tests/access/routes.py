"""The named routes of the site, and what each takes."""

from django.urls import URLPattern, URLResolver, get_resolver


def named_routes(
    resolver: URLResolver | None = None, namespace: str = "", parameters: tuple = ()
) -> list[tuple[str, list[str]]]:
    """Every named route of the site with the names of its parameters, in the order of the line of steps."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        names = (*parameters, *pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            found += named_routes(pattern, pattern.namespace or namespace, names)
        elif isinstance(pattern, URLPattern):
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            found.append((name, list(names)))
    return found
