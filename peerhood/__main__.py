"""``python -m peerhood``: the commands an operator types."""

from peerhood.config.cli import app

app()
