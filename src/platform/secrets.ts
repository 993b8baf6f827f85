/** Secrets of a data folder, made once and kept readable for its owner only: what production is given as variables. */
import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

export interface Secrets {
  readonly sessionSecret: string;
  readonly sealKey: string;
}

/** Reads `secrets.json` of the data folder or makes it. */
export function secretsOf(home: string): Secrets {
  const file = path.join(home, "secrets.json");
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Secrets;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  mkdirSync(home, { recursive: true });
  const secrets = { sessionSecret: randomBytes(32).toString("hex"), sealKey: randomBytes(32).toString("hex") };
  // Written whole beside its place and then given its name: nobody reads half of it, whatever is killed meanwhile.
  const fresh = `${file}.${process.pid}`;
  try {
    writeFileSync(fresh, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
    linkSync(fresh, file);
    return secrets;
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return JSON.parse(readFileSync(file, "utf8")) as Secrets;
    throw error;
  } finally {
    rmSync(fresh, { force: true });
  }
}
