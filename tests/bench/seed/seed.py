#!/usr/bin/env python3
"""Fills a database that `waybill migrate up` made: seed.py DATABASE_URL SQL_FILE NAME=VALUE …

One SQL text serves both databases. What they write differently is a function here: made_id, house_id, char_of.
"""

import re
import sqlite3
import subprocess
import sys
import uuid

# An id as the server makes them (UUIDv7), with the kind and the number of its row in the place of what is random.
POSTGRES_FUNCTIONS = r"""
create function pg_temp.made_id(kind bigint, micros bigint, n bigint) returns uuid immutable parallel safe language sql
    return cast(lpad(to_hex(micros / 1000), 12, '0') || '7000' || '800' || cast(kind as text)
        || lpad(cast(n as text), 12, '0') as uuid);
create function pg_temp.house_id(kind text) returns uuid immutable parallel safe language sql
    return cast('00000000-0000-8000-8000-' || encode(convert_to(kind || 'USD', 'UTF8'), 'hex') as uuid);
create function pg_temp.char_of(code int) returns text immutable parallel safe language sql return chr(code);
set search_path = pg_temp, public;
set client_min_messages = warning;
set session_replication_role = replica;
set work_mem = '256MB';
"""


def made_id(kind, micros, n):
    return bytes.fromhex(f"{micros // 1000:012x}7000800{kind}{n:012d}")


def house_id(kind):
    return uuid.UUID("00000000-0000-8000-8000-" + (kind + "USD").encode().hex()).bytes


def statements(path, values):
    with open(path, encoding="utf-8") as file:
        return file.read().format(**values)


# The rows come without their triggers and checks of foreign keys, which take most of the time.
RECOUNT = """
delete from order_count_changes;
delete from order_counts;
insert into order_counts (status, orders) select status, count(*) from orders group by status;
"""


def fill_sqlite(path, sql):
    db = sqlite3.connect(path)
    db.create_function("made_id", 3, made_id, deterministic=True)
    db.create_function("house_id", 1, house_id, deterministic=True)
    db.create_function("char_of", 1, chr, deterministic=True)
    db.execute("pragma synchronous = off")
    db.execute("pragma cache_size = -400000")
    db.executescript("begin;\n" + sql + RECOUNT + "\ncommit;\nanalyze;\npragma wal_checkpoint(truncate);")
    db.close()


def fill_postgres(url, sql):
    # A call of the helper in each row is inlined by the planner: qualified names make that safe with search_path.
    sql = re.sub(r"\b(made_id|house_id|char_of)\(", r"pg_temp.\1(", sql)
    script = POSTGRES_FUNCTIONS + "begin;\n" + sql + RECOUNT + "\ncommit;\nvacuum analyze;\ncheckpoint;\n"
    subprocess.run(["psql", "-q", "-X", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null", "-f", "-", url],
                   input=script.encode(), check=True)


def main():
    url, path, *pairs = sys.argv[1:]
    values = dict(pair.split("=", 1) for pair in pairs)
    is_sqlite = url.startswith("sqlite:")
    values |= {"no": "0", "empty": "x''"} if is_sqlite else {"no": "false", "empty": "cast('' as bytea)"}
    sql = statements(path, values)
    if is_sqlite:
        fill_sqlite(url.removeprefix("sqlite://"), sql)
    else:
        fill_postgres(url, sql)


main()
