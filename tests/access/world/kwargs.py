"""What a URL is made with: by the name of the route, or by its namespace for all that are not named."""

Kwargs = dict[str, dict[str, object]]
