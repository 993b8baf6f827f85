import { register } from "node:module";

// Jest loads this file as it is; what it imports is TypeScript.
register("./native-hooks.mjs", import.meta.url);

/** What a run of the projects with a database or a browser shares, made once: a cluster, programs, and which browser it drives. */
export default async function globalSetup() {
  await import("../../src/platform/messages/load-messages.ts");
  const { chooseBrowser, chosenIn } = await import("./browser.ts");
  const chosen = await chooseBrowser();
  process.env[chosenIn] = JSON.stringify(chosen);
  process.stdout.write(`browser: ${chosen.kind === "system" ? chosen.path : "the packed Chromium"}\n`);
  const { buildPrograms } = await import("./built-program.ts");
  const { startCluster } = await import("./cluster.ts");
  const [cluster] = await Promise.all([startCluster(), buildPrograms()]);
  process.env.DIWAN_TEST_DATABASE = cluster.base;
  globalThis.diwanCluster = cluster;
}
