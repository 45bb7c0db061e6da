"""Gives every case of Schemathesis that is meant to be accepted a thing of its own to work on.

The document's examples speak of one order, one product, one account. No server has them, and what Schemathesis finds in
earlier answers was paid, cancelled or registered before: most cases would end at 404, 409 or 422 and test nothing behind
it. Here each of them finds an order that can still be paid, an address that is free, a key that nobody has used.
What is new to the server goes out as Schemathesis made it up, and cases that are meant to be refused are left alone.

One thing more: Schemathesis makes header values of letters and digits whatever their pattern says, and calls them valid.
An `If-Match` without quotes becomes the tag that it stands for.

`tests/schemathesis` loads this file through SCHEMATHESIS_HOOKS and sets WAYBILL_URL and ADMIN_TOKEN.
"""

from __future__ import annotations

import itertools
import json
import os
import urllib.error
import urllib.request
from typing import Any

import schemathesis

URL = os.environ["WAYBILL_URL"]
TOKEN = os.environ["ADMIN_TOKEN"]

# What the document's examples call things.
ORDER = "01964d3c-5a10-7f31-b6d4-90c2e1a7f583"
PRODUCT = "01964d38-02f4-7a9d-8c65-1e7b4f20d9a3"
CURSOR = "eyJzIjoxMjgzfQ"
TAG = '"7b1f0c2a94d85e36"'
ADDRESS, PASSWORD = "ada@example.com", "correct horse battery staple"
REFRESH_TOKEN = "rt_Zk3vQ0cJH1w8nYpTq5bXs7mLrE2dUa9fGiK4oWyNxBM"

numbers = itertools.count(1)
# Addresses, SKUs and keys that the server knows. Ada has an account to log in to.
used: set[tuple[str, str]] = {("email", ADDRESS)}
made: dict[str, str] = {}


def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
    """Calls the API as the administrator and returns the open answer. One that is no success ends the run."""
    request = urllib.request.Request(
        URL + path,
        method=method,
        data=None if body is None else json.dumps(body).encode(),
        headers={"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/json", **headers},
    )
    return urllib.request.urlopen(request, timeout=30)


def call(method: str, path: str, body: Any = None, **headers: str) -> Any:
    with ask(method, path, body, **headers) as answer:
        return json.load(answer)


def new_product() -> str:
    sku = f"HOOK-{next(numbers)}"
    product = {"sku": sku, "name": "A product of its own", "price": 100, "currency": "USD", "stock": 100_000}
    return call("POST", "/api/v1/products", product)["data"]["id"]


def new_order() -> str:
    return call("POST", "/api/v1/orders", {"productId": product_to_order(), "quantity": 1})["data"]["id"]


def new_paid_order() -> str:
    order = new_order()
    call("POST", f"/api/v1/orders/{order}/pay", **{"Idempotency-Key": f"hook-{order}"})
    return order


def new_api_key() -> str:
    return call("POST", "/api/v1/api-keys", {"name": "hook", "scopes": ["orders:read"]})["data"]["id"]


def new_refresh_token() -> str:
    return call("POST", "/api/v1/auth/login", {"email": ADDRESS, "password": PASSWORD})["data"]["refreshToken"]


def new_address() -> str:
    return f"hook-{next(numbers)}@example.com"


def new_user() -> str:
    return call("POST", "/api/v1/users", {"email": new_address(), "name": "Hook", "role": "member"})["data"]["id"]


def cursor_of(path: str) -> str:
    product_to_order()
    return call("GET", f"{path}?limit=1")["meta"]["nextCursor"]


def product_to_order() -> str:
    """The product that all orders are for. With it the wallet is filled that pays for them."""
    if "product" not in made:
        for _ in range(2):
            top_up = {"amount": 50_000_000, "currency": "USD", "source": "sandbox-card"}
            call("POST", "/api/v1/wallet/top-ups", top_up, **{"Idempotency-Key": f"hook-top-up-{next(numbers)}"})
        made["product"] = new_product()
    return made["product"]


def is_new(kind: str, value: str) -> bool:
    known = (kind, value) in used
    used.add((kind, value))
    return not known


def in_place_of(name: str, value: str, operation: str) -> str:
    """What a parameter or a member of a body becomes; most stay what they are."""
    match name:
        case "orderId" if operation in ("payOrder", "cancelOrder"):
            return new_order()
        case "orderId" if operation == "updateOrderStatus":
            return new_paid_order()
        case "orderId" | "entityId" if value == ORDER:
            return new_order()
        case "productId" if operation == "createOrder":
            return product_to_order()
        case "productId" if operation == "updateProduct" or value == PRODUCT:
            return new_product()
        case "keyId":
            return new_api_key()
        case "userId" if operation == "updateUser":
            # Changing oneself would take the role away that all the other cases need.
            return new_user()
        case "cursor" if value == CURSOR and operation == "listWalletEntries":
            return cursor_of("/api/v1/wallet/entries")
        case "cursor" if value == CURSOR and operation == "listAuditLogs":
            return cursor_of("/api/v1/admin/audit-logs")
        case "refreshToken" | "waybill_refresh" if value == REFRESH_TOKEN:
            return new_refresh_token()
        case "currency" if operation == "topUpWallet":
            # A wallet takes its own currency only.
            return "USD"
        case "email" if operation in ("register", "createUser") and not is_new("email", value):
            return new_address()
        case "sku" if not is_new("sku", value):
            return f"HOOK-{next(numbers)}"
        case _:
            return value


def tag_of(path: str) -> str:
    """The version of what a call changes; a call that changes nothing that exists keeps its tag."""
    thing = path.removeprefix("/api/v1").removeprefix("/admin").removesuffix("/status").removesuffix("/cancel")
    try:
        with ask("GET", f"/api/v1{thing}") as answer:
            return answer.headers["ETag"]
    except urllib.error.HTTPError:
        return TAG


@schemathesis.hook
def before_call(context: schemathesis.HookContext, case: schemathesis.Case, kwargs: dict[str, Any]) -> None:
    if case.meta is None or not case.meta.generation.mode.is_positive:
        return
    operation = case.operation.definition.raw.get("operationId", "")
    for container in (case.path_parameters, case.query, case.cookies, case.body):
        if isinstance(container, dict):
            for name, value in container.items():
                if isinstance(value, str):
                    container[name] = in_place_of(name, value, operation)
    for name, value in list((case.headers or {}).items()):
        match name.lower():
            case "idempotency-key" if not is_new("key", value):
                case.headers[name] = f'"hook-{next(numbers)}"'
            case "if-match" if value == TAG or (value != "*" and '"' not in value):
                case.headers[name] = tag_of(case.formatted_path)
