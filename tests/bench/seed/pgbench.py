#!/usr/bin/env python3
"""Turns what one request made PostgreSQL do into scripts for pgbench: the same statements in the same transaction.

pgbench.py LOG NAME ORDER USER PRODUCT KEY KEYS OUT_FOLDER

LOG is PostgreSQL's log with log_statement = all; the request is what has the idempotency key KEY among its parameters. In the scripts every parameter stays a parameter, with the value that the server sent, except for the names
of rows: the order, its owner, the product and the key (KEYS and the number) follow from the number n of the transaction,
and an id that the server made gets n in the place of what is random. NAME.sql is the transaction, NAME_call.sql the same
statements as one function, which NAME_function.sql makes: one round trip.
"""

import re
import sys

# Client c does the transactions c, c + step, c + 2 step …: neighbours are of different members, as in requests.lua.
NUMBER = """\\set i :i + 1
\\set n :from + :client_id + :i * :step
\\set member :n % :members
\\set product :n % :products"""
UUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"


def entries(path):
    """Yields (session, text) for each line of the log with its continuations."""
    current = None
    with open(path, encoding="utf-8") as file:
        for line in file:
            head = re.match(r"\d{4}-\S+ \S+ \S+ \[(\d+)\] (\w+):  (.*)", line.rstrip("\n"))
            if head:
                if current:
                    yield current
                current = (head[1], head[2], head[3])
            elif current:
                current = (current[0], current[1], current[2] + "\n" + line.rstrip("\n"))
    if current:
        yield current


def sessions(path):
    """Gives the sessions: lists of (statement, parameters)."""
    open_ones = {}
    for session, level, text in entries(path):
        steps = open_ones.setdefault(session, [])
        if level == "LOG" and text.startswith("statement: "):
            steps.append((text.removeprefix("statement: "), []))
        elif level == "LOG" and re.match(r"execute [^:]*: ", text):
            steps.append((re.sub(r"^execute [^:]*: ", "", text), []))
        elif level == "DETAIL" and text.startswith("parameters: ") and steps:
            found = re.findall(r"\$\d+ = (NULL|'(?:[^']|'')*')", text)
            steps[-1] = (steps[-1][0], [None if value == "NULL" else value[1:-1].replace("''", "'") for value in found])
    return open_ones.values()


def is_control(step, word):
    return re.fullmatch(rf"(?:{word})\b.*", step[0].strip(), re.I | re.S)


def request(path, key):
    """Gives what ran between the first and the last statement with the key, with the transaction around it."""
    for steps in sessions(path):
        places = [place for place, (_, parameters) in enumerate(steps) if key in parameters]
        if places:
            first, last = places[0], places[-1]
            if first and is_control(steps[first - 1], "begin"):
                first -= 1
            if last + 1 < len(steps) and is_control(steps[last + 1], "commit"):
                last += 1
            return steps[first:last + 1]
    sys.exit(f"no statement in {path} has the parameter {key}")


def kind_of(value):
    if re.fullmatch(UUID, value):
        return "uuid"
    if re.fullmatch(r"-?\d+", value):
        return "bigint"
    return "bytea" if value.startswith("\\x") else "text"


def main():
    log, name, order, user, product, key, keys, folder = sys.argv[1:]
    steps = request(log, key)
    known = {
        order: "cast('%s' || lpad(cast(:n as text), 12, '0') as uuid)" % order[:24],
        user: "cast('%s' || lpad(cast(:member as text), 12, '0') as uuid)" % user[:24],
        product: "cast('%s' || lpad(cast(:product as text), 12, '0') as uuid)" % product[:24],
        key: "'%s' || cast(:n as text)" % keys,
    }
    variables = {}

    def expression(value):
        if value is None:
            return "null"
        if value in known:
            return known[value]
        if kind_of(value) == "uuid":
            number = len(known)
            known[value] = "cast('%s-%04d-%s' || lpad(cast(:n as text), 12, '0') as uuid)" % (value[:13], 7000 + number, "8009-")
            return known[value]
        variable = variables.setdefault(value, "v%d" % len(variables))
        return "cast(:%s as %s)" % (variable, kind_of(value))

    script = [NUMBER]
    body = []
    for text, parameters in steps:
        values = [expression(value) for value in parameters]
        text = re.sub(r"\$(\d+)", lambda found: values[int(found[1]) - 1], text)
        script.append(text + ";")
        if not is_control((text,), "begin|commit"):
            inside = re.sub(r":(n|member|product|v\d+)\b", r"\1", text)
            # What follows the last part of a `with`.
            main_part = re.split(r"\n\s*\)\s*\n", text)[-1].strip()
            gives_rows = re.match("select", main_part, re.I) or re.search(r"\breturning\s+[\w, ]+$", main_part, re.I)
            body.append(inside + (" into ignored" if gives_rows else "") + ";")
    names = list(variables.values())
    types = {variable: kind_of(value) for value, variable in variables.items()}
    arguments = ", ".join(["n bigint", "member bigint", "product bigint"] + ["%s %s" % (each, types[each]) for each in names])
    function = "create function bench_%s(%s) returns void language plpgsql as $body$\n#variable_conflict use_variable\ndeclare ignored record;\nbegin\n%s\nend\n$body$;\n" % (
        name, arguments, "\n".join(body))
    call = NUMBER + "\nselect bench_%s(%s);\n" % (
        name, ", ".join(["cast(:%s as bigint)" % each for each in ("n", "member", "product")] + ["cast(:%s as %s)" % (each, types[each]) for each in names]))
    with open(f"{folder}/{name}.sql", "w", encoding="utf-8") as file:
        file.write("\n".join(script) + "\n")
    with open(f"{folder}/{name}_call.sql", "w", encoding="utf-8") as file:
        file.write(call)
    with open(f"{folder}/{name}_function.sql", "w", encoding="utf-8") as file:
        file.write(function)
    with open(f"{folder}/{name}.args", "w", encoding="utf-8") as file:
        for value, variable in variables.items():
            file.write("-D\n%s=%s\n" % (variable, value.replace("\n", " ")))
    print(len(steps))


main()
