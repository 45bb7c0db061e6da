#!/usr/bin/env python3
"""Prints the figures of `operations` as tables: the median of the rounds, each against its reference."""

import statistics
import sys

NAMES = {
    "list": "`GET /products` (cached)",
    "item": "`GET /products/{id}` (cached)",
    "read": "`GET /orders/{id}`",
    "create": "`POST /orders`",
    "pay": "`POST /orders/{id}/pay`",
    "login": "`POST /auth/login`",
    "mixed": "mixed",
}
MODES = {"sqlite": "SQLite alone", "postgres": "PostgreSQL and Redis"}
TICK_MICROS = 10_000


def read(path):
    figures, bad = {}, []
    for line in open(path, encoding="utf-8"):
        subject, operation, *numbers = line.split()
        requests, micros, failed, broken, p50, p99, server, postgres = map(int, numbers)
        if failed or broken:
            bad.append(f"{subject} {operation}: {failed} of {requests} answers were no success, {broken} broken connections")
        figures.setdefault((subject, operation), []).append({
            "rate": requests / micros * 1_000_000,
            "p50": p50 / 1000,
            "p99": p99 / 1000,
            "server": server * TICK_MICROS / requests,
            "postgres": postgres * TICK_MICROS / requests,
        })
    return {key: {name: statistics.median(each[name] for each in rounds) for name in rounds[0]}
            for key, rounds in figures.items()}, bad


def whole(number):
    return f"{number:,.0f}".replace(",", " ")


def main():
    figures, bad = read(sys.argv[1])
    for mode, title in MODES.items():
        rows = [operation for operation in NAMES if (mode, operation) in figures]
        if not rows:
            continue
        print(f"\n### {title}\n")
        print("| | requests/s | p50 | p99 | CPU, server | CPU, PostgreSQL | reference | ratio |")
        print("|---|---|---|---|---|---|---|---|")
        for operation in rows:
            own = figures[mode, operation]
            reference = figures.get(("bare", operation)) or (mode == "postgres" and figures.get(("pgbench", operation))) or None
            name = "bare poem" if ("bare", operation) in figures else "pgbench"
            postgres = f"{own['postgres']:.0f} µs" if mode == "postgres" else "–"
            against = f"{name} {whole(reference['rate'])}/s" if reference else "–"
            ratio = f"**{own['rate'] / reference['rate']:.2f}**" if reference else "–"
            print(f"| {NAMES[operation]} | {whole(own['rate'])} | {own['p50']:.1f} ms | {own['p99']:.1f} ms | "
                  f"{own['server']:.0f} µs | {postgres} | {against} | {ratio} |")
    rows = [key for key in figures if key[0] == "pgbench"]
    if rows:
        print("\n### pgbench, the same statements\n")
        print("| | transactions/s | p50 | p99 | CPU, PostgreSQL |\n|---|---|---|---|---|")
        for _, script in sorted(rows):
            own = figures["pgbench", script]
            name = script.replace("_call", ", all in one function call")
            print(f"| {name} | {whole(own['rate'])} | {own['p50']:.1f} ms | {own['p99']:.1f} ms | {own['postgres']:.0f} µs |")
    print("\n### Memory of the server\n")
    print("| | idle | highest | while |\n|---|---|---|---|")
    lines = [line.split() for line in open(sys.argv[2], encoding="utf-8")]
    for mode, title in MODES.items():
        idle = [line[2] for line in lines if line[:2] == ["idle", mode]]
        peaks = sorted((float(line[3]), line[2]) for line in lines if line[:2] == ["peak", mode])
        if idle and peaks:
            print(f"| {title} | {idle[0]} MiB | {peaks[-1][0]:.0f} MiB | {peaks[-1][1]} |")
    for line in bad:
        print(f"\n**{line}**")
    sys.exit(1 if bad else 0)


main()
