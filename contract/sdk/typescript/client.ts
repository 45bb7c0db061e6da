// A client as an application would keep one: the generated types, the session, and what each call needs around it.

import createClient, { type Client, type Middleware } from "openapi-fetch";
import type { components, paths } from "./waybill.js";

export type ApiClient = Client<paths>;
export type Schemas = components["schemas"];
export type Failure = Schemas["ErrorResponse"];

/** `GET /api/v1/products` → how often it was called. */
export type Calls = Map<string, number>;

/** Who calls: nobody, a session or a program. */
export type Credential = { bearer: string } | { apiKey: string } | undefined;

/** A client of one caller that notes what it calls. */
export function clientOf(baseUrl: string, calls: Calls, credential?: Credential): ApiClient {
  // The types do not know how a list travels in a query. Here all of them are separated by commas (`explode: false`).
  const querySerializer = { array: { style: "form", explode: false } } as const;
  const client = createClient<paths>({ baseUrl, querySerializer });
  client.use(noting(calls), authorising(credential));
  return client;
}

function noting(calls: Calls): Middleware {
  return {
    onRequest({ request, schemaPath }) {
      const operation = `${request.method} ${schemaPath}`;
      calls.set(operation, (calls.get(operation) ?? 0) + 1);
    },
  };
}

function authorising(credential: Credential): Middleware {
  return {
    onRequest({ request }) {
      if (credential === undefined) return;
      if ("bearer" in credential) request.headers.set("Authorization", `Bearer ${credential.bearer}`);
      else request.headers.set("X-API-Key", credential.apiKey);
    },
  };
}

/** What openapi-fetch answers with: `data` below 400, `error` from 400 on. */
interface Answer<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The body of an answer that must have this status. */
export async function must<Data>(status: number, call: Promise<Answer<Data>>): Promise<NonNullable<Data>> {
  const { data, error, response } = await call;
  if (response.status !== status || data === undefined || data === null) {
    throw new Error(`${response.url}: ${response.status} in place of ${status}: ${JSON.stringify(error)}`);
  }
  return data;
}

/** The same, with the answer's headers. */
export async function mustWithHeaders<Data>(
  status: number,
  call: Promise<Answer<Data>>,
): Promise<{ body: NonNullable<Data>; headers: Headers }> {
  let headers = new Headers();
  const body = await must(
    status,
    call.then((answer) => {
      headers = answer.response.headers;
      return answer;
    }),
  );
  return { body, headers };
}

/** An answer without a body: 204, 304. */
export async function mustBeEmpty(status: number, call: Promise<Answer<unknown>>): Promise<Response> {
  const { error, response } = await call;
  if (response.status !== status) throw new Error(`${response.url}: ${response.status}: ${JSON.stringify(error)}`);
  return response;
}

/** The failure that a call must end with. The codes are those of the document: a typo does not compile. */
export async function mustFail(
  status: number,
  code: Schemas["ErrorCode"],
  call: Promise<Answer<unknown> & { error?: unknown }>,
): Promise<Schemas["ErrorBody"]> {
  const { error, response } = await call;
  if (!isFailure(error)) throw new Error(`${response.url}: ${response.status}, and no envelope: ${JSON.stringify(error)}`);
  if (response.status !== status || error.error.code !== code) {
    throw new Error(`${response.url}: ${response.status} ${error.error.code} in place of ${status} ${code}`);
  }
  return error.error;
}

function isFailure(body: unknown): body is Failure {
  return typeof body === "object" && body !== null && "success" in body && body.success === false && "error" in body;
}
