/** `--reset`: says what it would erase, asks, and leaves an empty data folder with its keys. */
import { existsSync, rmSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { eraseEmbedded, useEmbedded } from "../../platform/db/embedded.js";
import { hasEmbedded } from "../../platform/db/server-state.js";
import { makeSecrets } from "../../platform/secrets.js";
import { loginsFile } from "./logins.js";

/** What belongs to a database, beside it in the folder. */
const besideIt = ["files", "exports"];

interface Found {
  readonly cases: number;
  readonly newest: Date | null;
  readonly bytes: string;
}

async function countIn(url: string): Promise<Found> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ there: boolean; bytes: string }>(
      "select to_regclass('cases') is not null as there, pg_database_size(current_database())::text as bytes",
    );
    const none = { cases: 0, newest: null, bytes: rows[0]?.bytes ?? "0" };
    if (rows[0]?.there !== true) return none;
    const counted = await client.query<{ cases: number; newest: Date | null }>(
      "select count(*)::integer as cases, max(received_at) as newest from cases",
    );
    return { ...none, ...counted.rows[0] };
  } finally {
    await client.end();
  }
}

/** In words: the folder, how many cases and of when. Of a database that cannot be opened: why. */
async function whatIsThere(home: string, say: (words: Bilingual) => void): Promise<Bilingual> {
  const folder = path.resolve(home);
  try {
    const database = await useEmbedded(home, { say });
    try {
      const { cases, newest, bytes } = await countIn(database.ownerUrl);
      const day = newest?.toISOString().slice(0, 10) ?? "–";
      return msg("programs.demo.erases", { folder, n: cases, day, megabytes: Math.ceil(Number(bytes) / 1e6) });
    } finally {
      await database.release();
    }
  } catch (error) {
    const why = error instanceof Problem ? error.detail : { en: String(error), ar: String(error) };
    return msg("programs.demo.erasesUnread", { folder, why });
  }
}

/** One line from the terminal. Ctrl-C ends the program, as everywhere. */
async function answered(question: string): Promise<string> {
  process.stdout.write(question);
  const lines = createInterface({ input: process.stdin, terminal: false });
  try {
    for await (const line of lines) return line.trim();
    return "";
  } finally {
    lines.close();
  }
}

/**
 * Empties a data folder. Nothing is asked where there is nothing. Problem `not-now` when it is not wished, when no one can be asked and
 * `yes` was not said before, or while it is in use.
 */
export async function resetFolder(
  home: string,
  a: { yes: boolean; say: (words: Bilingual) => void; inWords: (words: Bilingual) => string },
): Promise<void> {
  const kept = [loginsFile(home), ...besideIt.map((name) => path.join(home, name))].filter((file) => existsSync(file));
  if (!hasEmbedded(home) && kept.length === 0) return;
  a.say(await whatIsThere(home, a.say));
  if (!a.yes) {
    if (!process.stdin.isTTY) throw new Problem("not-now", msg("programs.demo.sayYes"));
    const answer = await answered(`${a.inWords(msg("programs.demo.reallyErase"))} `);
    if (!Object.values(msg("programs.demo.yes")).includes(answer.toLowerCase()))
      throw new Problem("not-now", msg("programs.demo.nothingErased"));
  }
  a.say(msg("programs.demo.erasing"));
  await eraseEmbedded(home);
  for (const file of kept) rmSync(file, { recursive: true, force: true });
  // Of an empty folder: nothing is left that others would have closed.
  if (!existsSync(path.join(home, "secrets.json"))) makeSecrets(home);
}
