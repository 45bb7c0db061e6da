// The whole order workflow with the generated client, against a running server: BASE, ADMIN_EMAIL, ADMIN_PASSWORD.
// Ends with an error when an answer is not what the types say, or when an operation of the document was never called.

import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { type ApiClient, type Calls, type Schemas, clientOf, must, mustBeEmpty, mustFail, mustWithHeaders } from "./client.js";

function env(name: string): string {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set`);
  return value;
}

const base = env("BASE");
const calls: Calls = new Map();
const nobody = clientOf(base, calls);
const password = "correct horse battery staple";

async function accounts(): Promise<{ customer: ApiClient; admin: ApiClient; email: string; userId: string }> {
  const email = `sdk-${randomUUID()}@example.com`;
  const user = await must(201, nobody.POST("/api/v1/auth/register", { body: { email, password, name: "Ada" } }));
  assert.equal(user.data.role, "member");
  const wrong = { email, password: "not this one, surely" };
  await mustFail(401, "INVALID_CREDENTIALS", nobody.POST("/api/v1/auth/login", { body: wrong }));

  const session = await must(200, nobody.POST("/api/v1/auth/login", { body: { email, password } }));
  assert.ok(session.data.refreshToken, "the token comes in the body unless a cookie is asked for");
  const { refreshToken } = session.data;
  const renewed = await must(200, nobody.POST("/api/v1/auth/refresh", { body: { refreshToken } }));
  const admin = await must(
    200,
    nobody.POST("/api/v1/auth/login", { body: { email: env("ADMIN_EMAIL"), password: env("ADMIN_PASSWORD") } }),
  );
  return {
    customer: clientOf(base, calls, { bearer: renewed.data.accessToken }),
    admin: clientOf(base, calls, { bearer: admin.data.accessToken }),
    email,
    userId: user.data.id,
  };
}

async function catalogue(admin: ApiClient): Promise<Schemas["Product"]> {
  const sku = `SDK-${randomUUID().slice(0, 8).toUpperCase()}`;
  const body = { sku, name: "Brass desk lamp", price: 4900, currency: "USD", stock: 50 };
  const header = { "Idempotency-Key": `create-${sku}` };
  const { data: product } = await must(201, admin.POST("/api/v1/products", { body, params: { header } }));
  await mustFail(409, "SKU_ALREADY_EXISTS", admin.POST("/api/v1/products", { body }));

  const query = { q: sku, minPrice: 4000, maxPrice: 5000, inStock: true, sort: "-price", page: 1, limit: 1 } as const;
  const page = await must(200, nobody.GET("/api/v1/products", { params: { query } }));
  assert.deepEqual([page.data[0]?.id, page.meta.total, page.meta.hasNext], [product.id, 1, false]);

  const path = { productId: product.id };
  const read = await mustWithHeaders(200, nobody.GET("/api/v1/products/{productId}", { params: { path } }));
  const tag = read.headers.get("ETag");
  assert.ok(tag);
  const again = nobody.GET("/api/v1/products/{productId}", { params: { path, header: { "If-None-Match": tag } } });
  await mustBeEmpty(304, again);

  const change = { body: { description: null, stockDelta: 10 }, params: { path, header: { "If-Match": tag } } };
  const changed = await must(200, admin.PATCH("/api/v1/products/{productId}", change));
  assert.deepEqual([changed.data.description, changed.data.stock], [null, 60]);
  await mustFail(412, "PRECONDITION_FAILED", admin.PATCH("/api/v1/products/{productId}", change));
  return changed.data;
}

async function wallet(customer: ApiClient): Promise<void> {
  const call = () =>
    mustWithHeaders(
      201,
      customer.POST("/api/v1/wallet/top-ups", {
        body: { amount: 50_000, currency: "USD", source: "sandbox-card" },
        params: { header: { "Idempotency-Key": "sdk-top-up" } },
      }),
    );
  const first = await call();
  const second = await call();
  assert.equal(second.headers.get("Idempotency-Replayed"), "true");
  assert.equal(second.body.data.id, first.body.data.id);
  const { data } = await must(200, customer.GET("/api/v1/wallet"));
  assert.deepEqual([data.balance, data.currency], [50_000, "USD"]);
}

async function placeOrder(customer: ApiClient, productId: string): Promise<Schemas["Order"]> {
  const body = { productId, quantity: 2 };
  const quote = await must(200, customer.POST("/api/v1/orders", { body, params: { query: { dryRun: true } } }));
  assert.ok(!("id" in quote.data), "a quote is no order");
  assert.equal(quote.data.total, 9800);
  const header = { "Idempotency-Key": `order-${randomUUID()}` };
  const placed = await must(201, customer.POST("/api/v1/orders", { body, params: { header } }));
  assert.ok("id" in placed.data, "an order is no quote");
  assert.equal(placed.data.status, "PENDING");
  return placed.data;
}

async function orders(customer: ApiClient, admin: ApiClient, product: Schemas["Product"]): Promise<string> {
  const order = await placeOrder(customer, product.id);
  const path = { orderId: order.id };
  const header = { "Idempotency-Key": `pay-${order.id}` };
  const paid = await must(200, customer.POST("/api/v1/orders/{orderId}/pay", { params: { path, header } }));
  assert.deepEqual([paid.data.status, paid.data.payment.amount], ["PAID", 9800]);
  const twice = { path, header: { "Idempotency-Key": `pay-again-${order.id}` } };
  await mustFail(409, "ORDER_ALREADY_PAID", customer.POST("/api/v1/orders/{orderId}/pay", { params: twice }));

  for (const status of ["PROCESSING", "SHIPPED", "DELIVERED"] as const) {
    const moved = await must(200, admin.PATCH("/api/v1/admin/orders/{orderId}/status", { params: { path }, body: { status } }));
    assert.equal(moved.data.status, status);
  }
  const back = admin.PATCH("/api/v1/admin/orders/{orderId}/status", { params: { path }, body: { status: "PENDING" } });
  const refused = await mustFail(422, "ORDER_STATUS_INVALID", back);
  assert.equal(refused.details[0]?.reason, "not_allowed");

  const query = { expand: ["payments", "timeline", "product"] satisfies Schemas["OrderExpansion"][] };
  const { data } = await must(200, customer.GET("/api/v1/orders/{orderId}", { params: { path, query } }));
  assert.equal(data.payments?.[0]?.status, "COMPLETED");
  assert.equal(data.timeline?.at(-1)?.status, "DELIVERED");
  assert.equal(data.product?.sku, product.sku);

  const cancelled = await placeOrder(customer, product.id);
  const cancel = { params: { path: { orderId: cancelled.id } }, body: { reason: "The wrong colour" } };
  const end = await must(200, customer.POST("/api/v1/orders/{orderId}/cancel", cancel));
  assert.equal(end.data.status, "CANCELLED");

  const mine = { query: { status: ["DELIVERED", "CANCELLED"] satisfies Schemas["OrderStatus"][], sort: "-total" } } as const;
  assert.equal((await must(200, customer.GET("/api/v1/orders", { params: mine }))).meta.total, 2);
  const all = { query: { productId: product.id, limit: 1 } };
  assert.equal((await must(200, admin.GET("/api/v1/admin/orders", { params: all }))).meta.hasNext, true);
  await mustFail(404, "ORDER_NOT_FOUND", customer.GET("/api/v1/orders/{orderId}", { params: { path: { orderId: randomUUID() } } }));
  return order.id;
}

/** Every entry of the wallet, page by page. The union is told apart by `kind`. */
async function entries(customer: ApiClient, orderId: string): Promise<void> {
  const seen: Schemas["WalletEntry"][] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 1, ...(cursor === undefined ? {} : { cursor }) };
    const feed = await must(200, customer.GET("/api/v1/wallet/entries", { params: { query } }));
    seen.push(...feed.data);
    cursor = feed.meta.nextCursor ?? undefined;
  } while (cursor !== undefined);
  assert.deepEqual(seen.map((entry) => entry.kind), ["PAYMENT", "TOPUP"]);
  const payment = seen.find((entry) => entry.kind === "PAYMENT");
  assert.equal(payment?.orderId, orderId);
  const lost = customer.GET("/api/v1/wallet/entries", { params: { query: { cursor: "nowhere" } } });
  await mustFail(400, "INVALID_CURSOR", lost);
}

async function keys(customer: ApiClient): Promise<void> {
  const body = { name: "export", scopes: ["orders:read"] satisfies Schemas["ApiKeyScope"][] };
  const issued = await must(201, customer.POST("/api/v1/api-keys", { body }));
  const program = clientOf(base, calls, { apiKey: issued.data.key });
  await must(200, program.GET("/api/v1/orders"));
  await mustFail(403, "INSUFFICIENT_SCOPE", program.GET("/api/v1/wallet"));
  assert.equal((await must(200, customer.GET("/api/v1/api-keys"))).data[0]?.id, issued.data.id);
  const path = { keyId: issued.data.id };
  await mustBeEmpty(204, customer.DELETE("/api/v1/api-keys/{keyId}", { params: { path } }));
  await mustFail(401, "INVALID_API_KEY", program.GET("/api/v1/orders"));
}

async function staff(admin: ApiClient, userId: string, orderId: string): Promise<void> {
  const body = { email: `staff-${randomUUID()}@example.com`, name: "Lin", role: "viewer" } as const;
  await must(201, admin.POST("/api/v1/users", { body }));
  assert.ok((await must(200, admin.GET("/api/v1/users", { params: { query: { role: "viewer" } } }))).meta.total >= 1);
  const path = { userId };
  await must(200, admin.GET("/api/v1/users/{userId}", { params: { path } }));
  const renamed = await must(200, admin.PATCH("/api/v1/users/{userId}", { params: { path }, body: { name: "Ada King" } }));
  assert.equal(renamed.data.name, "Ada King");

  const trail = { query: { entityId: orderId, limit: 100 } };
  const logs = await must(200, admin.GET("/api/v1/admin/audit-logs", { params: trail }));
  assert.ok(logs.data.some((entry) => entry.action === "order.status_changed"));
  assert.equal((await must(200, admin.GET("/api/v1/admin/integrity"))).data.ok, true);
  assert.ok((await must(200, admin.GET("/health/detailed"))).pool.max >= 1);
  assert.equal((await must(200, nobody.GET("/health"))).status, "healthy");
}

async function refusals(customer: ApiClient): Promise<void> {
  await mustFail(401, "NO_TOKEN", nobody.GET("/api/v1/orders"));
  await mustFail(403, "FORBIDDEN", customer.GET("/api/v1/users"));
  const broken = { email: "nobody", password: "short", name: "" };
  const failure = await mustFail(400, "VALIDATION_ERROR", nobody.POST("/api/v1/auth/register", { body: broken }));
  assert.deepEqual([...new Set(failure.details.map((detail) => detail.field))].sort(), ["email", "name", "password"]);
}

async function goodbye(customer: ApiClient, email: string): Promise<void> {
  const newPassword = "seven quiet rivers run north";
  await mustBeEmpty(204, customer.POST("/api/v1/auth/password", { body: { currentPassword: password, newPassword } }));
  await mustBeEmpty(204, customer.POST("/api/v1/auth/logout", { body: { all: true } }));
  await mustFail(401, "INVALID_TOKEN", customer.GET("/api/v1/wallet"));
  await must(200, nobody.POST("/api/v1/auth/login", { body: { email, password: newPassword } }));
}

/** The operations of the document that were never called. */
async function uncalled(): Promise<string[]> {
  const document = (await (await fetch(`${base}/openapi/v1.json`)).json()) as { paths: Record<string, Record<string, unknown>> };
  const methods = ["get", "put", "post", "delete", "patch", "head", "options", "trace"];
  return Object.entries(document.paths)
    .flatMap(([path, item]) => methods.filter((method) => method in item).map((method) => `${method.toUpperCase()} ${path}`))
    .filter((operation) => !calls.has(operation));
}

const { customer, admin, email, userId } = await accounts();
const product = await catalogue(admin);
await wallet(customer);
const orderId = await orders(customer, admin, product);
await entries(customer, orderId);
await keys(customer);
await staff(admin, userId, orderId);
await refusals(customer);
await goodbye(customer, email);
assert.deepEqual(await uncalled(), []);
console.log(`typescript: ${calls.size} operations, ${[...calls.values()].reduce((sum, count) => sum + count)} calls`);
