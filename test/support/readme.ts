/** The README as tests read it: its blocks of commands, and what stands between backquotes. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const text = readFileSync(fileURLToPath(new URL("../../README.md", import.meta.url)), "utf8");
const block = /^```(\w*)\n([\s\S]*?)^```$/gm;

/** Blocks of shell commands below a heading of the second level, in order; Error where there is no such heading. */
export function commandsUnder(heading: string): readonly string[] {
  const section = text.split(/^## /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`README.md has no heading “${heading}”`);
  return [...section.matchAll(block)].flatMap(([, language, commands]) => (language === "sh" ? [commands ?? ""] : []));
}

/** Everything between single backquotes, outside of blocks. */
export function inlineCode(): readonly string[] {
  return [...text.replace(block, "").matchAll(/`([^`\n]+)`/g)].map(([, code]) => code ?? "");
}
