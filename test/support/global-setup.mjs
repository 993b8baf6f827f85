// Jest loads this file as it is, so TypeScript is taught first.
import { tsImport } from "tsx/esm/api";

/** What a run of the projects with a database or a browser shares, made once: a cluster, and which browser it drives. */
export default async function globalSetup() {
  const { chooseBrowser, chosenIn } = await tsImport("./browser.ts", import.meta.url);
  const chosen = await chooseBrowser();
  process.env[chosenIn] = JSON.stringify(chosen);
  process.stdout.write(`browser: ${chosen.kind === "system" ? chosen.path : "the packed Chromium"}\n`);
  const { startCluster } = await tsImport("./cluster.ts", import.meta.url);
  const cluster = await startCluster();
  process.env.DIWAN_TEST_DATABASE = cluster.base;
  globalThis.diwanCluster = cluster;
}
