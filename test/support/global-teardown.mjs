export default async function globalTeardown() {
  await globalThis.diwanCluster?.stop();
}
