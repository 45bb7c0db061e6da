// The documentation page as a developer uses it, in headless Chromium: log in, authorise, order; nothing is left behind
// in the browser, nothing is asked of another host, and the console stays silent.
//
// `tests/browser` starts a server with demo data and sets BASE, EMAIL, PASSWORD and CHROMIUM.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";

const { BASE, EMAIL, PASSWORD, CHROMIUM, SHOTS } = process.env;
const PATIENCE = 120_000;

let browser, page, profile;
const complaints = [];
const foreign = [];

before(async () => {
  profile = mkdtempSync(join(tmpdir(), "waybill-browser-"));
  browser = await chromium.launchPersistentContext(profile, {
    executablePath: CHROMIUM,
    headless: true,
    args: [
      "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ],
  });
  page = await browser.newPage();
  page.setDefaultTimeout(PATIENCE);
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(BASE) && !url.startsWith("data:") && !url.startsWith("blob:")) foreign.push(url);
  });
});

after(async () => {
  await browser?.close();
  rmSync(profile, { recursive: true, force: true });
});

/** Opens an operation, fills it in and executes it; returns the status and the body that the page shows. */
async function execute(operationId, { body, fields = {} } = {}) {
  const block = page.locator(`.opblock[id$="-${operationId}"]`);
  if (!(await block.getAttribute("class")).includes("is-open")) {
    await block.locator(".opblock-summary-control").first().click();
  }
  const tryOut = block.locator(".try-out__btn:not(.cancel)");
  if (await tryOut.count()) await tryOut.click();
  for (const [name, value] of Object.entries(fields)) {
    await block.locator(`tr[data-param-name="${name}"] input`).first().fill(value);
  }
  if (body) await block.locator("textarea.body-param__text").fill(JSON.stringify(body));
  await block.locator(".execute").click();
  const live = block.locator(".live-responses-table");
  await live.waitFor();
  const status = (await live.locator("tbody .response-col_status").first().innerText()).trim();
  const shown = live.locator("tbody .response-col_description .highlight-code, tbody .response-col_description .microlight");
  const text = await shown.first().innerText();
  return { status: status.split(/\s/)[0], text };
}

function field(text, name) {
  return new RegExp(`"${name}":\\s*"([^"]+)"`).exec(text)?.[1];
}

/** Pastes a token into the dialog *Authorize*. */
async function authorise(token) {
  await page.locator(".auth-wrapper .authorize").first().click();
  const dialog = page.locator(".modal-ux");
  await dialog.locator('input[type="text"], input[type="password"]').first().fill(token);
  await dialog.locator("button.authorize").first().click();
  await dialog.locator("button.btn-done").first().click();
}

/** Opens the page as somebody who comes back. */
async function open() {
  await page.goto("about:blank");
  await page.goto(`${BASE}/docs/`);
  await page.locator(".opblock").first().waitFor();
}

/** Leaves a picture for whoever wants to see the page: `SHOTS=folder tests/browser`. */
async function photograph(name, what) {
  if (!SHOTS) return;
  await what.scrollIntoViewIfNeeded();
  await page.screenshot({ path: join(SHOTS, `${name}.png`) });
}

/** Everything that the browser keeps for this origin. */
const kept = () => page.evaluate(() => JSON.stringify({ ...localStorage }) + JSON.stringify({ ...sessionStorage }));

async function logIn() {
  const login = await execute("login", { body: { email: EMAIL, password: PASSWORD } });
  assert.equal(login.status, "200", login.text);
  const token = field(login.text, "accessToken");
  assert.ok(token, login.text);
  return token;
}

test("a developer logs in, authorises and places an order, all on the page", async () => {
  await open();
  const token = await logIn();
  await authorise(token);

  const topUp = await execute("topUpWallet", {
    fields: { "Idempotency-Key": "browser-top-up" },
    body: { amount: 100_000, currency: "USD", source: "sandbox-card" },
  });
  assert.equal(topUp.status, "201", topUp.text);

  const products = await (await fetch(`${BASE}/api/v1/products?inStock=true&limit=1`)).json();
  const order = await execute("createOrder", {
    fields: { "Idempotency-Key": "browser-order" },
    body: { productId: products.data[0].id, quantity: 1 },
  });
  assert.equal(order.status, "201", order.text);
  assert.match(order.text, /"status":\s*"PENDING"/);
  await photograph("order", page.locator('.opblock[id$="-createOrder"] .live-responses-table'));
});

test("nothing of it is kept, nothing is fetched from elsewhere, and the console is silent", async () => {
  assert.equal(await kept(), "{}{}");
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);

  // A page that is opened anew knows no token any more.
  await open();
  const wallet = await execute("getWallet");
  assert.equal(wallet.status, "401", wallet.text);
});

test("whoever asks for it keeps the authorization, until they take it back", async () => {
  await open();
  const token = await logIn();
  await authorise(token);
  const box = page.locator("#keep-authorization");
  assert.equal(await box.isChecked(), false);
  await box.check();
  assert.ok((await kept()).includes(token), "what was authorised before counts too");

  await open();
  assert.equal(await page.locator("#keep-authorization").isChecked(), true);
  assert.equal((await execute("getWallet")).status, "200");
  await photograph("kept", page.locator("#keep-authorization"));

  await page.locator("#keep-authorization").uncheck();
  assert.equal(await kept(), "{}{}");
  await open();
  assert.equal((await execute("getWallet")).status, "401");
  // The 401s are what was asked for; Chromium reports each as a failed load.
  assert.deepEqual(complaints.filter((text) => !text.includes("401")), []);
});
