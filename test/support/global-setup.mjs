// Jest loads this file as it is, so TypeScript is taught first.
import { tsImport } from "tsx/esm/api";

export default async function globalSetup() {
  const { startCluster } = await tsImport("./cluster.ts", import.meta.url);
  const cluster = await startCluster();
  process.env.DIWAN_TEST_DATABASE = cluster.base;
  globalThis.diwanCluster = cluster;
}
