"""The whole order workflow with the generated client, against a running server: BASE, ADMIN_EMAIL, ADMIN_PASSWORD.

Ends with an error when an answer cannot be decoded, or when an operation of the document was never called.
"""

from __future__ import annotations

import json
import os
import urllib.request
from uuid import UUID, uuid4

from caller import BASE, Caller, calls, header, must_be, must_be_unchanged, must_fail
from waybill_client import (
    ApiKeyScope,
    ErrorCode,
    LoginCredentials,
    LogoutOptions,
    NewApiKey,
    NewOrder,
    NewProduct,
    NewTopUp,
    NewUser,
    Order,
    OrderCancellation,
    OrderExpansion,
    OrderQuoteResponse,
    OrderResponse,
    OrderSort,
    OrderStatus,
    OrderStatusChange,
    PasswordChange,
    PaymentEntry,
    Product,
    ProductChanges,
    ProductSort,
    Registration,
    Role,
    TokenRefresh,
    UserChanges,
    WalletEntry,
)

PASSWORD = "correct horse battery staple"
nobody = Caller()


def log_in(email: str, password: str) -> str:
    session = nobody.auth.login(LoginCredentials(email=email, password=password)).data
    assert session.refresh_token, "the token comes in the body unless a cookie is asked for"
    renewed = nobody.auth.refresh_token(token_refresh=TokenRefresh(refresh_token=session.refresh_token))
    return renewed.data.access_token


def catalogue(admin: Caller) -> Product:
    sku = f"SDK-{str(uuid4())[:8].upper()}"
    new = NewProduct(sku=sku, name="Brass desk lamp", price=4900, currency="USD", stock=50)
    product = admin.products.create_product(new, idempotency_key=f"create-{sku}").data
    must_fail(409, ErrorCode.SKU_ALREADY_EXISTS, lambda: admin.products.create_product(new))

    page = nobody.products.list_products(
        q=sku, min_price=4000, max_price=5000, in_stock=True, sort=ProductSort.MINUS_PRICE, page=1, limit=1
    )
    assert [found.id for found in page.data] == [product.id] and not page.meta.has_next

    tag = header(nobody.products.get_product_with_http_info(product.id), "ETag")
    assert tag
    must_be_unchanged(lambda: nobody.products.get_product(product.id, if_none_match=tag))
    change = ProductChanges(description=None, stock_delta=10)
    changed = admin.products.update_product(product.id, change, if_match=tag).data
    assert (changed.description, changed.stock) == (None, 60)
    must_fail(
        412, ErrorCode.PRECONDITION_FAILED, lambda: admin.products.update_product(product.id, change, if_match=tag)
    )
    return changed


def wallet(customer: Caller) -> None:
    top_up = NewTopUp(amount=50_000, currency="USD", source="sandbox-card")
    first = customer.wallet.top_up_wallet_with_http_info("sdk-top-up", top_up)
    second = customer.wallet.top_up_wallet_with_http_info("sdk-top-up", top_up)
    assert header(second, "Idempotency-Replayed") == "true"
    assert second.data.data.id == first.data.data.id
    balance = customer.wallet.get_wallet().data
    assert (balance.balance, balance.currency) == (50_000, "USD")


def place_order(customer: Caller, product: UUID) -> Order:
    new = NewOrder(product_id=product, quantity=2)
    quote = must_be(OrderQuoteResponse, customer.orders.create_order(new, dry_run=True)).data
    assert quote.total == 9800
    order = must_be(OrderResponse, customer.orders.create_order(new, idempotency_key=f"order-{uuid4()}")).data
    assert order.status == OrderStatus.PENDING
    return order


def orders(customer: Caller, admin: Caller, product: Product) -> UUID:
    order = place_order(customer, product.id)
    paid = customer.orders.pay_order(order.id, f"pay-{order.id}").data
    assert (paid.status, paid.payment.amount) == (OrderStatus.PAID, 9800)
    must_fail(409, ErrorCode.ORDER_ALREADY_PAID, lambda: customer.orders.pay_order(order.id, f"again-{order.id}"))

    move = admin.administration.update_order_status
    for status in (OrderStatus.PROCESSING, OrderStatus.SHIPPED, OrderStatus.DELIVERED):
        assert move(order.id, OrderStatusChange(status=status)).data.status == status
    back = OrderStatusChange(status=OrderStatus.PENDING)
    refused = must_fail(422, ErrorCode.ORDER_STATUS_INVALID, lambda: move(order.id, back))
    assert refused.details[0].reason == "not_allowed"

    detail = customer.orders.get_order(order.id, expand=list(OrderExpansion)).data
    assert detail.payments and detail.payments[0].status == "COMPLETED"
    assert detail.timeline and detail.timeline[-1].status == OrderStatus.DELIVERED
    assert detail.product and detail.product.sku == product.sku

    other = place_order(customer, product.id)
    reason = OrderCancellation(reason="The wrong colour")
    assert customer.orders.cancel_order(other.id, order_cancellation=reason).data.status == OrderStatus.CANCELLED
    ended = customer.orders.list_orders(status=[OrderStatus.DELIVERED, OrderStatus.CANCELLED], sort=OrderSort.MINUS_TOTAL)
    assert ended.meta.total == 2
    assert admin.administration.list_all_orders(product_id=product.id, limit=1).meta.has_next
    must_fail(404, ErrorCode.ORDER_NOT_FOUND, lambda: customer.orders.get_order(uuid4()))
    return order.id


def entries(customer: Caller, order: UUID) -> None:
    """Every entry of the wallet, page by page. The union is told apart by `kind`."""
    seen: list[WalletEntry] = []
    cursor: str | None = None
    while True:
        feed = customer.wallet.list_wallet_entries(limit=1, cursor=cursor)
        seen.extend(feed.data)
        cursor = feed.meta.next_cursor
        if cursor is None:
            break
    kinds = [entry.actual_instance.kind for entry in seen if entry.actual_instance]
    assert kinds == ["PAYMENT", "TOPUP"], kinds
    payment = seen[0].actual_instance
    assert isinstance(payment, PaymentEntry) and payment.order_id == order
    must_fail(400, ErrorCode.INVALID_CURSOR, lambda: customer.wallet.list_wallet_entries(cursor="nowhere"))


def keys(customer: Caller) -> None:
    issued = customer.api_keys.create_api_key(NewApiKey(name="export", scopes=[ApiKeyScope.ORDERS_COLON_READ])).data
    program = Caller(key=issued.key)
    assert program.orders.list_orders().success
    must_fail(403, ErrorCode.INSUFFICIENT_SCOPE, program.wallet.get_wallet)
    assert [key.id for key in customer.api_keys.list_api_keys().data] == [issued.id]
    customer.api_keys.revoke_api_key(issued.id)
    must_fail(401, ErrorCode.INVALID_API_KEY, program.orders.list_orders)


def staff(admin: Caller, user: UUID, order: UUID) -> None:
    admin.users.create_user(NewUser(email=f"staff-{uuid4()}@example.com", name="Lin", role=Role.VIEWER))
    assert admin.users.list_users(role=Role.VIEWER).meta.total >= 1
    assert admin.users.get_user(str(user)).data.id == user
    assert admin.users.update_user(str(user), UserChanges(name="Ada King")).data.name == "Ada King"
    logs = admin.administration.list_audit_logs(entity_id=str(order), limit=100)
    assert any(entry.action == "order.status_changed" for entry in logs.data)
    assert admin.administration.check_integrity().data.ok
    assert admin.health.get_detailed_health().pool.max >= 1
    assert nobody.health.get_health().status == "healthy"


def refusals(customer: Caller) -> None:
    must_fail(401, ErrorCode.NO_TOKEN, nobody.orders.list_orders)
    must_fail(403, ErrorCode.FORBIDDEN, customer.users.list_users)
    # The client's own checks would refuse this one before it is sent.
    broken = Registration.model_construct(email="nobody", password="short", name="")
    failure = must_fail(400, ErrorCode.VALIDATION_ERROR, lambda: nobody.auth.register(broken))
    fields = sorted({detail.var_field for detail in failure.details})
    assert fields == ["email", "name", "password"], fields


def goodbye(customer: Caller, email: str) -> None:
    changed = "seven quiet rivers run north"
    customer.auth.change_password(PasswordChange(current_password=PASSWORD, new_password=changed))
    customer.auth.logout(logout_options=LogoutOptions(all=True))
    must_fail(401, ErrorCode.INVALID_TOKEN, customer.wallet.get_wallet)
    log_in(email, changed)


def uncalled() -> list[str]:
    """The operations of the document that were never called."""
    with urllib.request.urlopen(f"{BASE}/openapi/v1.json") as answer:
        paths: dict[str, dict[str, object]] = json.load(answer)["paths"]
    methods = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
    operations = [f"{method.upper()} {path}" for path, item in paths.items() for method in methods if method in item]
    return [operation for operation in operations if operation not in calls]


def main() -> None:
    email = f"sdk-{uuid4()}@example.com"
    user = nobody.auth.register(Registration(email=email, password=PASSWORD, name="Ada")).data
    assert user.role == Role.MEMBER
    wrong = LoginCredentials(email=email, password="not this one, surely")
    must_fail(401, ErrorCode.INVALID_CREDENTIALS, lambda: nobody.auth.login(wrong))
    customer = Caller(log_in(email, PASSWORD))
    admin = Caller(log_in(os.environ["ADMIN_EMAIL"], os.environ["ADMIN_PASSWORD"]))
    product = catalogue(admin)
    wallet(customer)
    order = orders(customer, admin, product)
    entries(customer, order)
    keys(customer)
    staff(admin, user.id, order)
    refusals(customer)
    goodbye(customer, email)
    assert not uncalled(), uncalled()
    print(f"python: {len(calls)} operations, {sum(calls.values())} calls")


main()
