"""``peerhood``, and ``python -m peerhood``: the commands somebody types."""

import sys


def main() -> None:
    """Do what was typed."""
    if sys.argv[1:2] == ["mix"]:
        # Tables are mixed before the parser of the other commands would be imported.
        from peerhood.mixing.shell import command

        sys.exit(command.main(sys.argv[2:]))
    from peerhood.config.cli import app

    app()


if __name__ == "__main__":
    main()
