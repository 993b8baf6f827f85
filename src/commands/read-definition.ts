import { readFile } from "node:fs/promises";
import { Problem } from "../domain/problems.js";

/** A definition out of a file. Problem invalid-input where it is none. */
export async function readDefinition(file: string): Promise<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(await readFile(file, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
    throw new SyntaxError("it is no JSON object");
  } catch (error) {
    const why = error instanceof Error ? error.message : "";
    const reason = { en: `${file}: ${why}`, ar: `تعذّرت قراءة الملف ${file}: ${why}` };
    throw new Problem("invalid-input", reason, [{ field: file, reason }]);
  }
}
