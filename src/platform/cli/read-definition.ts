import { readFile } from "node:fs/promises";
import { faultsOfText } from "../../engine/text/faults-of-text.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

async function readObject(file: string): Promise<{ text: string; value: Record<string, unknown> }> {
  try {
    // Some editors begin a file with a mark of its encoding, which is no part of what it says.
    const text = (await readFile(file, "utf8")).replace(/^\ufeff/, "");
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value))
      return { text, value: value as Record<string, unknown> };
  } catch (error) {
    // What the system or the parser says of it.
    throw unreadable(file, error instanceof Error ? error.message : "");
  }
  throw unreadable(file, msg("cli.readDefinition.noObject"));
}

function unreadable(file: string, why: string | Bilingual): Problem {
  const reason = msg("cli.readDefinition.text", { file, why });
  return new Problem("invalid-input", reason, [{ field: file, reason }]);
}

/** A definition out of a file. Problem invalid-input where it is none, or says something twice or in a form that nobody can store. */
export async function readDefinition(file: string): Promise<Record<string, unknown>> {
  const { text, value } = await readObject(file);
  const { faults } = faultsOfText(text, value);
  if (faults.length === 0) return value;
  throw new Problem(
    "invalid-input",
    msg("cli.readDefinition.correctThePlaces", { file }),
    faults.map(({ field, reason }) => ({ field: `${file}#${field}`, reason })),
  );
}
