#!/usr/bin/env python3
"""Connections that dribble: dribble.py HOST PORT COUNT SECONDS

A third of them sends the head of a request a byte at a time, a third the body, a third asks for the catalogue over and
over and reads the answers a byte at a time. Whoever is cut off comes again. Prints how often that happened.
"""

import asyncio
import socket
import sys
import time

PAUSE_SECONDS = 0.5
HEAD = b"GET /api/v1/products HTTP/1.1\r\nhost: localhost\r\nx-slow: " + b"a" * 4000
BODY = (b"POST /api/v1/auth/login HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        b"content-length: 4000\r\n\r\n")
ASK = b"GET /api/v1/products HTTP/1.1\r\nhost: localhost\r\n\r\n" * 200

cuts = 0


async def send_slowly(loop, connection, first, rest):
    await loop.sock_sendall(connection, first)
    for place in range(len(rest)):
        await loop.sock_sendall(connection, rest[place:place + 1])
        await asyncio.sleep(PAUSE_SECONDS)


async def read_slowly(loop, connection):
    asking = asyncio.ensure_future(loop.sock_sendall(connection, ASK))
    try:
        while await loop.sock_recv(connection, 1):
            await asyncio.sleep(PAUSE_SECONDS)
    finally:
        asking.cancel()


async def dribble(number, host, port, until):
    global cuts
    loop = asyncio.get_running_loop()
    while time.monotonic() < until:
        connection = socket.socket()
        connection.setblocking(False)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        try:
            await loop.sock_connect(connection, (host, port))
            way = number % 3
            if way == 0:
                await asyncio.wait_for(send_slowly(loop, connection, b"", HEAD), until - time.monotonic())
            elif way == 1:
                await asyncio.wait_for(send_slowly(loop, connection, BODY, b" " * 4000), until - time.monotonic())
            else:
                await asyncio.wait_for(read_slowly(loop, connection), until - time.monotonic())
            cuts += 1
        except (TimeoutError, asyncio.TimeoutError):
            pass
        except OSError:
            cuts += 1
        finally:
            connection.close()
        await asyncio.sleep(0.05)


async def main():
    host, port, count, seconds = sys.argv[1], *map(int, sys.argv[2:])
    until = time.monotonic() + seconds
    await asyncio.gather(*(dribble(number, host, port, until) for number in range(count)))
    print(cuts)


asyncio.run(main())
