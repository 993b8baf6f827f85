// Jest loads this file as it is, so TypeScript is taught first.
import { tsImport } from "tsx/esm/api";

/** What a run of the projects with a database or a browser shares, made once: a cluster, and a browser where one is packed. */
export default async function globalSetup() {
  const { unpackBrowser, unpackedIn } = await tsImport("./browser.ts", import.meta.url);
  if (process.platform === "linux" && !process.env.CHROME_PATH) process.env[unpackedIn] = await unpackBrowser();
  const { startCluster } = await tsImport("./cluster.ts", import.meta.url);
  const cluster = await startCluster();
  process.env.DIWAN_TEST_DATABASE = cluster.base;
  globalThis.diwanCluster = cluster;
}
