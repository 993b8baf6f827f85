/**
 * Where a data folder is, so that a copy is known from the original. A copy has its own files: none of its mark has the number (inode) and
 * the time of birth that the original's has, however faithfully the rest was copied. A folder that was renamed keeps both.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { msg } from "../../engine/text/msg.js";

export interface Place {
  readonly path: string;
  /** Number and birth of the file `place.txt` in it. */
  readonly mark: string;
  /** Of the machine; empty where it has no number of its own. */
  readonly host: string;
}

/** `real`: it sends. `copy`: someone said so, it never does. `unsure`: moved or copied, and no one said which; messages wait. */
export type Standing = "real" | "copy" | "unsure";

const markText = (): string => `${Object.values(msg("db.folder.mark")).join("\n")}\n`;

const machineFiles = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

function hostMark(): string {
  for (const file of machineFiles) {
    try {
      const id = readFileSync(file, "utf8").trim();
      if (id !== "") return createHash("sha256").update(`diwan ${id}`).digest("hex").slice(0, 16);
    } catch {
      // Machines and containers without one are told apart by the mark alone.
    }
  }
  return "";
}

function markOf(file: string): string {
  const { ino, birthtimeNs, ctimeNs } = statSync(file, { bigint: true });
  // Where a disk keeps no time of birth: nothing changes the file, so that its last change is its birth.
  return `${ino}-${birthtimeNs > 0n ? birthtimeNs : ctimeNs}`;
}

/** The place of a folder that is there. Its mark is made where it is missing. */
export function placeOf(home: string): Place {
  mkdirSync(home, { recursive: true });
  const file = path.join(home, "place.txt");
  try {
    writeFileSync(file, markText(), { flag: "wx", mode: 0o644 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return { path: realpathSync(home), mark: markOf(file), host: hostMark() };
}

/** Whether it is the very folder that was noted: there still, under another name, or another one. */
export function comparePlaces(here: Place, noted: Place): "same" | "renamed" | "other" {
  if (here.mark !== noted.mark || here.host !== noted.host) return "other";
  return here.path === noted.path ? "same" : "renamed";
}
