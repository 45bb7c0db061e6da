"""The generated client as an application would hold it: one object for whoever calls, and what each call must end with."""

from __future__ import annotations

import os
from typing import Any, Callable, TypeVar

from waybill_client import (
    AdministrationApi,
    ApiClient,
    ApiException,
    ApiKeysApi,
    AuthApi,
    Configuration,
    ErrorBody,
    ErrorCode,
    ErrorResponse,
    HealthApi,
    OrdersApi,
    ProductsApi,
    UsersApi,
    WalletApi,
)

BASE = os.environ["BASE"]
R = TypeVar("R")

# What was called how often: `POST /api/v1/orders`.
calls: dict[str, int] = {}


class NotingClient(ApiClient):
    """Notes which operation each call is for."""

    def param_serialize(self, *positional: Any, **named: Any) -> Any:
        operation = f"{named['method']} {named['resource_path']}"
        calls[operation] = calls.get(operation, 0) + 1
        return super().param_serialize(*positional, **named)


class Caller:
    """Nobody, a session (`token`) or a program (`key`)."""

    def __init__(self, token: str | None = None, key: str | None = None) -> None:
        configuration = Configuration(host=BASE, access_token=token)
        if key is not None:
            configuration.api_key["apiKeyAuth"] = key
        client = NotingClient(configuration)
        self.administration = AdministrationApi(client)
        self.api_keys = ApiKeysApi(client)
        self.auth = AuthApi(client)
        self.health = HealthApi(client)
        self.orders = OrdersApi(client)
        self.products = ProductsApi(client)
        self.users = UsersApi(client)
        self.wallet = WalletApi(client)


def must_be(kind: type[R], answer: object) -> R:
    """The answer as one of several kinds that an operation has; the generator's types know only the first."""
    assert isinstance(answer, kind), f"{type(answer)} in place of {kind}"
    return answer


def must_fail(status: int, code: ErrorCode, call: Callable[[], object]) -> ErrorBody:
    """The failure that a call must end with, decoded as the document's envelope."""
    try:
        answer = call()
    except ApiException as refused:
        assert isinstance(refused.data, ErrorResponse), f"no envelope: {refused.status} {refused.body}"
        error = refused.data.error
        assert (refused.status, error.code) == (status, code), f"{refused.status} {error} in place of {status} {code}"
        assert refused.data.success is False and refused.data.data is None
        return error
    raise AssertionError(f"{answer} in place of {status} {code}")


def must_be_unchanged(call: Callable[[], object]) -> None:
    """304 comes as an exception without a body."""
    try:
        answer = call()
    except ApiException as unchanged:
        assert unchanged.status == 304, f"{unchanged.status} in place of 304"
        return
    raise AssertionError(f"{answer} in place of 304")


def header(answer: Any, name: str) -> str | None:
    """A header of an answer that came `with_http_info`."""
    found: str | None = next((value for key, value in answer.headers.items() if key.lower() == name.lower()), None)
    return found
