/** The launcher refuses a Node that is too old before anything else, with the version that package.json names. */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "@jest/globals";

function launchedBy(version: string) {
  const pretend = `Object.defineProperty(process,"versions",{value:{...process.versions,node:"${version}"}})`;
  const args = ["--import", `data:text/javascript,${encodeURIComponent(pretend)}`, "src/launch.mjs"];
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  return { status, stderr };
}

describe("the launcher", () => {
  it.each(["9.11.2", "18.20.8", "20.9.9"])("refuses Node %s", (version) => {
    expect(launchedBy(version)).toEqual({
      status: 1,
      stderr: `Diwan needs Node 20.10 or newer; this is ${version}.\n`,
    });
  });
  it.each(["20.10.0", "21.0.0", "22.1.0", "100.0.0"])("goes on with Node %s", (version) => {
    const { status, stderr } = launchedBy(version);
    expect(status).toBe(2);
    expect(stderr).toContain("Usage:");
  });
});
