"""``python -m partage`` is the command ``partage``."""

from partage.faces.cli.main import main

if __name__ == "__main__":
    main()
