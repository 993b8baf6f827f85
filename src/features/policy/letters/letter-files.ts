/**
 * Letters as files: a body is a list of lines there, so that a change of one line is one line in a difference. In the
 * database, and to everybody else, it is one text.
 */
import type { ConfigurationKind } from "../../setup/tables/create-models.js";

type Members = Readonly<Record<string, unknown>>;
const isMembers = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isLines = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((line) => typeof line === "string" && !line.includes("\n"));

function withBodies(definition: unknown, turn: (text: unknown) => unknown): unknown {
  if (!isMembers(definition) || !isMembers(definition.body)) return definition;
  const body = Object.fromEntries(Object.entries(definition.body).map(([language, text]) => [language, turn(text)]));
  return { ...definition, body };
}

/** As it is written into a file. */
export const inFile = (kind: ConfigurationKind, definition: unknown): unknown =>
  kind === "message"
    ? withBodies(definition, (text) => (typeof text === "string" ? text.split("\n") : text))
    : definition;

/** As a file says it; a body that is one text already is taken as it is. */
export const fromFile = (kind: ConfigurationKind, definition: unknown): unknown =>
  kind === "message" ? withBodies(definition, (text) => (isLines(text) ? text.join("\n") : text)) : definition;
