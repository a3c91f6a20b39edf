"""What stands in a journal's PostgreSQL schema that is not its own: triggers, rules, tables beside it."""

from __future__ import annotations

import re

from partage.store.rows import Connection
from partage.store.schema import TABLES, columns, for_postgres
from partage.store.shape import outside

_RELATIONS = """SELECT c.relkind::text, c.relname::text FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = :schema AND c.relkind IN ('r', 'i', 'v', 'm', 'f', 'p')"""
_CODE = """SELECT 'trigger', t.tgname::text FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = :schema AND NOT t.tgisinternal
    UNION ALL SELECT 'rule', rulename::text FROM pg_rules WHERE schemaname = :schema
    UNION ALL SELECT 'policy', policyname::text FROM pg_policies WHERE schemaname = :schema
    UNION ALL SELECT 'function', proname::text FROM pg_proc p
    JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = :schema"""
_COLUMNS = """SELECT table_name::text, column_name::text, data_type::text
    FROM information_schema.columns WHERE table_schema = :schema"""
_NAMES = {"r": "table", "i": "index", "v": "view", "m": "view", "f": "table", "p": "table"}


def strays(conn: Connection, schema: str, head: int) -> list[str]:
    """Sentences on what is in the schema and should not be, or the other way; none if it is whole."""
    asked = {"schema": schema}
    there = {(_NAMES[kind], name) for kind, name in conn.execute(_RELATIONS, asked)}
    wanted = own_relations()
    extra = sorted((there - wanted) | {(k, n) for k, n in conn.execute(_CODE, asked)})
    said = [f"has a {kind} '{name}' that is not its own" for kind, name in extra]
    said += [f"lacks its {kind} '{name}'" for kind, name in sorted(wanted - there)]
    cells = {tuple(row) for row in conn.execute(_COLUMNS, asked)}
    said += [
        f"has a column '{table}.{name}' that is not its own"
        for table, name, kind in sorted(cells - own_columns())
        if ("table", table) in wanted
    ]
    return said + outside(conn, head)


def own_relations() -> set[tuple[str, str]]:
    """Kind and name of every table and index of a journal."""
    found = set()
    for statement in map(for_postgres, TABLES):
        kind, name = re.findall(r"CREATE (?:UNIQUE )?(TABLE|INDEX) (\w+)", statement)[0]
        found.add((kind.lower(), name))
        if "PRIMARY KEY" in statement:
            found.add(("index", f"{name}_pkey"))
        found |= {
            ("index", f"{name}_{column}_key")
            for column in re.findall(r"(\w+)[^,]* UNIQUE\b", statement.partition("(")[2])
            if kind == "TABLE"
        }
    return found | {("table", "format")}


def own_columns() -> set[tuple[str, str, str]]:
    """Table, name and type of every column."""
    types = {"TEXT": "text", "INTEGER": "bigint", "BLOB": "bytea"}
    found = {
        (t, name, types[kind]) for t, cells in columns().items() for name, kind in cells.items()
    }
    return found | {("format", "version", "bigint"), ("vault", "came", "bigint")}
