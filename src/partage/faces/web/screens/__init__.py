"""One file per page; each file here is imported, which puts its pages in the table."""

from importlib import import_module
from pkgutil import iter_modules

ALL = tuple(import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
