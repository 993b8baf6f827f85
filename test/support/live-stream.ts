/** A stream of `/admin/live` as a browser holds it: what came, and whether it was ended. */

import { type ClientRequest, get } from "node:http";
import type { AddressInfo } from "node:net";
import type { LiveNews } from "../../src/engine/lifecycle/live-news.js";
import type { AdminApp, Visitor } from "./admin-app.js";

export interface OpenStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** All that came so far. */
  readonly news: LiveNews[];
  /** Everything that travelled, as it was. */
  text(): string;
  ended(): boolean;
  close(): void;
}

interface Jar {
  getCookies(access: object): { toValueString(): string };
}

/** The cookies that a visitor's browser would send. */
function cookieOf(visitor: Visitor): string {
  const { jar } = visitor.agent as unknown as { jar: Jar };
  return jar.getCookies({ domain: "127.0.0.1", path: "/admin", secure: false, script: false }).toValueString();
}

/** Opens it and waits until the server answers; `hello` has then come where it was let in. */
export async function openStream(app: AdminApp, visitor: Visitor | null): Promise<OpenStream> {
  const { port } = app.server.address() as AddressInfo;
  const cookie = visitor === null ? "" : cookieOf(visitor);
  const news: LiveNews[] = [];
  let text = "";
  let ended = false;
  return new Promise((resolve, reject) => {
    const request: ClientRequest = get(
      { port, host: "127.0.0.1", path: "/admin/live", headers: { cookie, accept: "text/event-stream" } },
      (response) => {
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => {
          text += chunk;
          const lines = text.split("\n").filter((line) => line.startsWith('data: {"cases"'));
          news.splice(0, news.length, ...lines.map((line) => JSON.parse(line.slice("data: ".length)) as LiveNews));
        });
        response.on("close", () => {
          ended = true;
        });
        const stream: OpenStream = {
          status: response.statusCode ?? 0,
          headers: response.headers,
          news,
          text: () => text,
          ended: () => ended,
          close: () => request.destroy(),
        };
        resolve(stream);
      },
    );
    request.on("error", (error) => (ended ? undefined : reject(error)));
  });
}

/** Waits until `holds`, at most so long; whether it came to that. */
export async function until(holds: () => boolean, ms = 4000): Promise<boolean> {
  for (const end = Date.now() + ms; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (holds()) return true;
  }
  return holds();
}
