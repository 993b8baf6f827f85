import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "@jest/globals";
import { EnvironmentError, type EnvironmentFault, readConfig } from "../../src/platform/config.js";

const production = {
  DATABASE_URL: "postgres://diwan:s3cret-word@db:5432/diwan",
  SESSION_SECRET: "0123456789abcdef0123456789abcdef",
  SEAL_KEY: "fedcba9876543210fedcba9876543210",
  PUBLIC_URL: "https://diwan.example.jo",
};

function faultsOf(environment: Record<string, string>, inProduction = false): readonly EnvironmentFault[] {
  try {
    readConfig(environment, { production: inProduction });
  } catch (error) {
    if (error instanceof EnvironmentError) return error.faults;
    throw error;
  }
  return [];
}

describe("the environment", () => {
  it("needs nothing outside production", () => {
    expect(readConfig({}, { production: false })).toEqual({
      production: false,
      port: 3000,
      host: "127.0.0.1",
      home: "./var",
      files: "var/files",
      databaseUrl: null,
      databaseOwnerUrl: null,
      sessionSecret: null,
      sealKey: null,
      publicUrl: null,
      smtpUrl: null,
      sms: null,
      clamdSocket: null,
      trustProxy: false,
      now: null,
      logLevel: "info",
    });
  });

  it("takes an empty variable for one that is not set", () => {
    expect(readConfig({ PORT: "", DATABASE_URL: "", SMTP_URL: "" }, { production: false }).port).toBe(3000);
    expect(faultsOf({ ...production, SEAL_KEY: "" }, true).map(({ variable }) => variable)).toEqual(["SEAL_KEY"]);
  });

  it("reads every variable", () => {
    const config = readConfig(
      {
        ...production,
        PORT: "8080",
        HOST: "::1",
        DIWAN_HOME: "/srv/diwan",
        DATABASE_OWNER_URL: "postgres://diwan_owner:x@db/diwan",
        SMTP_URL: "smtps://u:p@mail:465",
        CLAMD_SOCKET: "/run/clamav/clamd.ctl",
        TRUST_PROXY: "1",
        DIWAN_NOW: "2026-11-25T08:00:00+03:00",
        LOG_LEVEL: "warn",
      },
      { production: false },
    );
    expect(config).toMatchObject({ port: 8080, host: "::1", home: "/srv/diwan", trustProxy: 1, logLevel: "warn" });
    expect(config.now?.toISOString()).toBe("2026-11-25T05:00:00.000Z");
    expect(config.databaseOwnerUrl).toBe("postgres://diwan_owner:x@db/diwan");
    expect(config.smtpUrl).toBe("smtps://u:p@mail:465");
    expect(config.clamdSocket).toBe("/run/clamav/clamd.ctl");
    for (const given of ["127.0.0.1:3310", "clamd:3310", "[::1]:3310"])
      expect(readConfig({ CLAMD_SOCKET: given }, { production: false }).clamdSocket).toBe(given);
  });

  it.each([
    ["true", true],
    ["false", false],
    ["2", 2],
    ["loopback", "loopback"],
    ["10.0.0.0/8, ::1", "10.0.0.0/8, ::1"],
  ])("trusts proxies as TRUST_PROXY=%s says", (given, expected) => {
    expect(readConfig({ TRUST_PROXY: given }, { production: false }).trustProxy).toBe(expected);
  });

  it.each([
    ["PORT", "hunter2", "port number"],
    ["PORT", "0", "port number"],
    ["PORT", "65536", "port number"],
    ["PORT", "-1", "port number"],
    ["PORT", "3000.5", "port number"],
    ["PORT", "0x1f90", "port number"],
    ["HOST", "http://hunter2/", "address"],
    ["HOST", "a b", "address"],
    ["DIWAN_HOME", "   ", "folder"],
    ["DIWAN_HOME", "a\0hunter2", "folder"],
    ["DATABASE_URL", "hunter2", "postgres://"],
    ["DATABASE_URL", "mysql://u:hunter2@db/diwan", "postgres://"],
    ["DATABASE_URL", "postgres://u:hunter2@db:5432", "name a database"],
    ["DATABASE_URL", "postgres://u:hunter2@db:99999/diwan", "postgres://"],
    ["DATABASE_OWNER_URL", "postgres:///", "postgres://"],
    ["SESSION_SECRET", "hunter2", "32 characters"],
    ["SEAL_KEY", "hunter2hunter2hunter2hunter2", "32 characters"],
    ["PUBLIC_URL", "diwan.example.jo/hunter2", "https://"],
    ["PUBLIC_URL", "ftp://hunter2.example.jo", "https://"],
    ["SMTP_URL", "mail.example.jo:hunter2", "smtps://"],
    ["SMTP_URL", "https://u:hunter2@mail", "smtps://"],
    ["CLAMD_SOCKET", "hunter2", "/run/clamav/clamd.ctl"],
    ["CLAMD_SOCKET", "tcp://hunter2:3310", "host:port"],
    ["TRUST_PROXY", "yes", "proxies"],
    ["TRUST_PROXY", "loopback;hunter2", "proxies"],
    ["TRUST_PROXY", "999", "proxies"],
    ["TRUST_PROXY", "10.0.0.0/33", "proxies"],
    ["TRUST_PROXY", "loopback,,::1", "proxies"],
    ["DIWAN_NOW", "soon", "2026-11-25T08:00:00+03:00"],
    ["DIWAN_NOW", "2026-02-30", "2026-11-25T08:00:00+03:00"],
    ["DIWAN_NOW", "2026-11-25T08:00:00", "2026-11-25T08:00:00+03:00"],
    ["DIWAN_NOW", "2026-13-01T00:00:00Z", "2026-11-25T08:00:00+03:00"],
    ["LOG_LEVEL", "loud", "debug, info"],
    ["LOG_LEVEL", "INFO", "debug, info"],
  ])("refuses %s=%j and says what to do", (variable, value, hint) => {
    const faults = faultsOf({ [variable]: value });
    const own = faults.filter((fault) => fault.variable === variable);
    expect(own).toHaveLength(1);
    expect(own[0]?.reason.en).toContain(hint);
    expect(new EnvironmentError(faults).message).not.toContain(value.includes("hunter2") ? "hunter2" : `“${value}”`);
  });

  it("names every fault at once and no value", () => {
    const wrong = { PORT: "hunter2", SESSION_SECRET: "hunter2", SMTP_URL: "hunter2", LOG_LEVEL: "hunter2" };
    const message = new EnvironmentError(faultsOf(wrong)).message;
    expect(message.split("\n")).toHaveLength(5);
    for (const variable of Object.keys(wrong)) expect(message).toContain(`  ${variable}: `);
    expect(message).not.toContain("hunter2");
  });

  it("wants the owner's address beside the running role's, and another role", () => {
    expect(faultsOf({ DATABASE_OWNER_URL: "postgres://o:x@db/diwan" }).map(({ variable }) => variable)).toEqual([
      "DATABASE_URL",
    ]);
    const same = "postgres://diwan:x@db/diwan";
    expect(faultsOf({ DATABASE_URL: same, DATABASE_OWNER_URL: same })[0]?.reason.en).toContain("another role");
    const samePerson = "postgres://diwan:y@db/diwan?sslmode=require";
    expect(faultsOf({ DATABASE_URL: same, DATABASE_OWNER_URL: samePerson })[0]?.reason.en).toContain("another role");
  });
});

describe("production", () => {
  it("starts with the four that it needs", () => {
    expect(readConfig(production, { production: true })).toMatchObject({
      production: true,
      publicUrl: "https://diwan.example.jo",
    });
  });

  it("names all that is missing, each with what to do", () => {
    const faults = faultsOf({}, true);
    expect(faults.map(({ variable }) => variable).sort()).toEqual(Object.keys(production).sort());
    for (const { reason } of faults) expect(reason.en).toMatch(/is missing; (set it to|make one with)/);
  });

  it("names a wrong one beside a missing one, once each", () => {
    const faults = faultsOf({ ...production, DATABASE_URL: "", SESSION_SECRET: "short", PORT: "http" }, true);
    expect(faults.map(({ variable }) => variable).sort()).toEqual(["DATABASE_URL", "PORT", "SESSION_SECRET"]);
  });

  it("has no other time than the one it is", () => {
    expect(faultsOf({ ...production, DIWAN_NOW: "2026-11-25" }, true).map(({ variable }) => variable)).toEqual([
      "DIWAN_NOW",
    ]);
    expect(faultsOf({ DIWAN_NOW: "2026-11-25" })).toEqual([]);
  });
});

describe("secrets in files", () => {
  const folder = mkdtempSync(join(tmpdir(), "diwan-config-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };

  it("are taken for each variable that holds one, without the line break at the end", () => {
    const { PUBLIC_URL, ...secrets } = production;
    const all: Record<string, string> = {
      ...secrets,
      SEAL_KEY: `2027:${"n".repeat(32)}\nold:${secrets.SEAL_KEY}`,
      DATABASE_OWNER_URL: "postgres://owner:x@db:5432/diwan",
      SMTP_URL: "smtps://u:p@mail:465",
    };
    const files = Object.fromEntries(
      Object.entries(all).map(([variable, text]) => [`${variable}_FILE`, file(variable, `${text}\r\n`)]),
    );
    expect(readConfig({ PUBLIC_URL, ...files }, { production: true })).toMatchObject({
      databaseUrl: all.DATABASE_URL,
      databaseOwnerUrl: all.DATABASE_OWNER_URL,
      sessionSecret: all.SESSION_SECRET,
      sealKey: all.SEAL_KEY,
      smtpUrl: all.SMTP_URL,
    });
  });

  it.each([
    [
      "both are set",
      { SEAL_KEY_FILE: "/any", SEAL_KEY: production.SEAL_KEY },
      "SEAL_KEY_FILE",
      "is set beside SEAL_KEY",
    ],
    [
      "it is not there",
      { SMTP_URL_FILE: "/not/there" },
      "SMTP_URL_FILE",
      "the file /not/there cannot be read (ENOENT)",
    ],
    [
      "it is a folder",
      { DATABASE_URL_FILE: folder },
      "DATABASE_URL_FILE",
      `the file ${folder} cannot be read (EISDIR)`,
    ],
    ["it is empty", { SESSION_SECRET_FILE: file("empty", "\n") }, "SESSION_SECRET_FILE", "is empty"],
    ["the secret itself is written there", { SEAL_KEY_FILE: "hunter2".repeat(6) }, "SEAL_KEY_FILE", "whole path"],
    ["what is in it is short", { SEAL_KEY_FILE: file("short", "hunter2") }, "SEAL_KEY", "32 characters"],
  ])("are refused, once and without a value, where %s", (_what, given, variable, reason) => {
    const own = Object.fromEntries(
      Object.entries(production).filter(
        ([name]) => !Object.hasOwn(given, `${name}_FILE`) || Object.hasOwn(given, name),
      ),
    );
    const faults = faultsOf({ ...own, ...given } as Record<string, string>, true);
    expect(faults.map((fault) => fault.variable)).toEqual([variable]);
    expect(faults[0]?.reason.en).toContain(reason);
    expect(faults[0]?.reason.en).not.toContain("hunter2");
  });
});
