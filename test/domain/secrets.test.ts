import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { secretsOf } from "../../src/platform/secrets.js";

let home = "";
beforeEach(() => {
  home = path.join(mkdtempSync(path.join(tmpdir(), "diwan-secrets-")), "not", "there", "yet");
});
afterEach(() => rmSync(path.resolve(home, "../../.."), { recursive: true, force: true }));

describe("the secrets of a data folder", () => {
  it("are made once, for their owner's eyes only, and kept", () => {
    const made = secretsOf(home);
    expect(made.sessionSecret).toMatch(/^[0-9a-f]{64}$/);
    expect(made.sealKey).toMatch(/^[0-9a-f]{64}$/);
    expect(made.sealKey).not.toBe(made.sessionSecret);
    expect(secretsOf(home)).toEqual(made);
    const file = path.join(home, "secrets.json");
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(made);
    expect(readdirSync(home)).toEqual(["secrets.json"]);
  });

  it("differ from folder to folder", () => {
    expect(secretsOf(home)).not.toEqual(secretsOf(path.join(home, "other")));
    expect(existsSync(path.join(home, "other", "secrets.json"))).toBe(true);
  });
});
