/** Scripts, styles and typefaces of the back office: how they are built and how they are served. */
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import express from "express";
import supertest from "supertest";
import { allPages } from "../../src/app/office/all-pages.js";
import { allResources } from "../../src/app/office/all-resources.js";
import { buildAssets } from "../../src/platform/admin/build-assets.js";
import { type Assets, openAssets } from "../../src/platform/admin/serve-assets.js";
import { builtAssets } from "../support/built-assets.js";

let assets: Assets;
let agent: ReturnType<typeof supertest>;
let folder: string;
let server: Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "diwan-assets-test-"));
  assets = await builtAssets();
  const app = express().disable("x-powered-by").disable("etag");
  app.use(assets.router);
  server = createServer(app).listen(0);
  await once(server, "listening");
  agent = supertest(server);
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, accepted: string) => agent.get(path).set("accept-encoding", accepted).buffer(true);
/** The bytes as they travelled: supertest would unpack them. */
async function raw(path: string, accepted: string): Promise<{ headers: IncomingHttpHeaders; body: Buffer }> {
  const { port } = server.address() as AddressInfo;
  const asked = request({ port, path, headers: { "accept-encoding": accepted } }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  const parts: Buffer[] = [];
  for await (const part of answer) parts.push(part as Buffer);
  return { headers: answer.headers, body: Buffer.concat(parts) };
}

describe("served", () => {
  it("gives every address of a page its type and a cache that lasts", async () => {
    const { addresses } = assets;
    const areas = Object.values(addresses.areas);
    expect(areas.length).toBeGreaterThan(3);
    const scripts = [addresses.entry, ...areas].flatMap(({ script, imports }) => [script, ...imports]);
    const styles = [...addresses.styles, ...areas.flatMap(({ styles }) => styles)];
    const all = [
      ...scripts.map((address) => [address, "text/javascript; charset=utf-8"]),
      ...styles.map((address) => [address, "text/css; charset=utf-8"]),
      [addresses.icon, "image/svg+xml"],
      ...[...addresses.preload.ar, ...addresses.preload.en].map((address) => [address, "font/woff2"]),
    ] as [string, string][];
    for (const [address, type] of all) {
      expect(address).toMatch(/^\/admin\/assets\/[a-z0-9-]+\.([0-9a-f]{12}|[0-9A-Z]{8})\.[a-z0-9]+$/);
      const { status, headers } = await agent.head(address);
      expect({ address, status, type: headers["content-type"] }).toEqual({ address, status: 200, type });
      expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers.etag).toBeUndefined();
    }
  });

  it("sends what the browser can unpack, brotli before gzip", async () => {
    const { script } = assets.addresses.entry;
    const plain = await get(script, "identity");
    expect(plain.headers["content-encoding"]).toBeUndefined();
    const brotli = await raw(script, "gzip, deflate, br");
    expect(brotli.headers["content-encoding"]).toBe("br");
    expect(brotli.headers.vary).toBe("accept-encoding");
    expect(brotliDecompressSync(brotli.body).toString()).toBe(plain.text);
    expect(brotli.body.length).toBeLessThan(plain.text.length / 2);
    const gzip = await raw(script, "br;q=0, gzip");
    expect(gzip.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(gzip.body).toString()).toBe(plain.text);
  });

  it.each([
    "/admin/assets/",
    "/admin/assets/manifest.json",
    "/admin/assets/nothing.js",
    "/admin/assets/constructor",
    "/admin/assets/..%2f..%2fpackage.json",
    "/admin/assets/%2e%2e/%2e%2e/package.json",
    "/admin/assets/office.js.map",
    "/admin/assets/%00",
  ])("has nothing at %s", async (path) => {
    const answer = await agent.get(path);
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain("{");
    expect(answer.headers["cache-control"]).not.toContain("immutable");
  });

  it("names no place outside in any style sheet, and no source map", async () => {
    const { entry, areas, styles } = assets.addresses;
    for (const style of [...styles, ...Object.values(areas).flatMap((area) => area.styles)]) {
      const { text } = await get(style, "identity");
      expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg)|@import/);
    }
    for (const { script } of [entry, ...Object.values(areas)])
      expect((await get(script, "identity")).text).not.toContain("sourceMappingURL");
  });

  it("says what to do where nothing was built", () => {
    expect(() => openAssets(join(folder, "none"))).toThrow("npm run build");
  });
});

describe("built", () => {
  const entry = (source: string): string => {
    const file = join(folder, "entry.tsx");
    writeFileSync(file, source);
    return file;
  };
  const build = (source: string) => buildAssets({ outDir: join(folder, "out"), quick: true, entry: entry(source) });

  it("fails where a screen imports what is not there", async () => {
    await expect(build('import { nothing } from "./nowhere.js"; nothing();')).rejects.toThrow("nowhere.js");
    await expect(build('import nothing from "no-such-package"; nothing();')).rejects.toThrow("no-such-package");
    await expect(build('import { readFileSync } from "node:fs"; readFileSync("x");')).rejects.toThrow("node:fs");
  });

  it("brings React once: what several scripts need is in files that they share", async () => {
    const { addresses } = assets;
    const names = new Set(
      [addresses.entry, ...Object.values(addresses.areas)].flatMap(({ script, imports }) => [script, ...imports]),
    );
    const withReact: string[] = [];
    for (const name of names) {
      if ((await get(name, "identity")).text.includes("__SECRET_INTERNALS_DO_NOT_USE_OR_YOU_WILL_BE_FIRED="))
        withReact.push(name);
    }
    expect(withReact).toHaveLength(1);
    expect(addresses.entry.imports).toEqual(expect.arrayContaining(withReact));
  });

  it("names each screen of a resource or page once, and none that nothing leads to", () => {
    const { areas } = assets.addresses;
    const built = ["Home", ...Object.values(areas).flatMap(({ screens }) => screens)];
    const named = [
      ...allPages.map(({ component }) => component),
      ...allResources.flatMap(({ components = {}, actions = {} }) => [
        ...Object.values({ list: "SetupList", show: "SetupShow", form: "SetupForm", ...components }),
        ...Object.values(actions).flatMap(({ component }) => component ?? []),
      ]),
    ];
    expect([...built].sort()).toEqual([...new Set(named)].sort());
  });
});
