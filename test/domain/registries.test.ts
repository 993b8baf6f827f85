/**
 * One fact, one place: a table by the codes of a registry names the registry's type, so that a new row does not compile until
 * the table has it. Looked for is what looks past the compiler: `Record<string, …>` and `Set<string>` with some of its codes.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";
import { roleCodes } from "../../src/engine/access/roles.js";
import { auditTypeNames } from "../../src/engine/audit/audit-types.js";
import { jobNames } from "../../src/engine/jobs/job-definitions.js";
import { messageKinds } from "../../src/engine/letters/message-kinds.js";
import { searchedEvents } from "../../src/engine/lifecycle/case-event.js";
import { kpis } from "../../src/engine/measures/kpi.js";
import { codesOf } from "../../src/engine/registry.js";
import { ruleSetNames } from "../../src/engine/rules/rule-set.js";
import { channelKindNames } from "../../src/engine/setup/channel-kinds.js";
import { setupTableNames } from "../../src/engine/setup/tables/setup-registry.js";
import { effectNames } from "../../src/engine/workflow/effects.js";

const registries: Readonly<Record<string, readonly string[]>> = {
  roles: roleCodes,
  "kinds of channels": codesOf(channelKindNames),
  effects: effectNames,
  "events of cases": searchedEvents,
  "events of the record": auditTypeNames,
  jobs: jobNames,
  messages: codesOf(messageKinds),
  KPIs: codesOf(kpis),
  "rule sets": ruleSetNames,
  "tables of the set-up": setupTableNames,
};

/** Whose codes all of these are; null where they are of none, or too few to tell. */
function registryOf(codes: readonly string[]): string | null {
  if (codes.length < 2) return null;
  return Object.entries(registries).find(([, all]) => codes.every((code) => all.includes(code)))?.[0] ?? null;
}

const byAnyText = /(Record|Map)<\s*string\s*,|Set<\s*string\s*>/;

function textOf(name: ts.Node | undefined): string | null {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteralLike(name)) ? name.text : null;
}

/** The codes that an initialiser lists: keys of an object, or members of an array, wherever a function wraps it. */
function codesIn(node: ts.Expression): readonly string[] {
  if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(({ name }) => textOf(name) ?? []);
  if (ts.isArrayLiteralExpression(node)) {
    return node.elements.flatMap((one) => (ts.isStringLiteralLike(one) ? [one.text] : []));
  }
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return (node.arguments ?? []).flatMap(codesIn);
  return ts.isAsExpression(node) || ts.isSatisfiesExpression(node) ? codesIn(node.expression) : [];
}

/** `file: name (registry)` for each table by any text whose keys are codes. */
function loose(file: string, text: string): string[] {
  const found: string[] = [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.initializer !== undefined && node.type !== undefined) {
      const registry = byAnyText.test(node.type.getText()) ? registryOf(codesIn(node.initializer)) : null;
      if (registry !== null) found.push(`${file}: ${node.name.getText()} (${registry})`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const sources = (readdirSync("src", { recursive: true }) as string[]).filter((name) => /\.tsx?$/.test(name));

describe("tables by the codes of a registry", () => {
  it("name its type", () => {
    expect(sources.length).toBeGreaterThan(900);
    expect(sources.flatMap((name) => loose(name, readFileSync(join("src", name), "utf8")))).toEqual([]);
  });

  it.each([
    ["an object", "const a: Readonly<Record<string, number>> = { auditor: 1, minister: 2 };", 1],
    ["a set", 'const a: ReadonlySet<string> = new Set(["web", "mobile"]);', 1],
    ["a table in a function", "const a: Record<string, number> = ownTable({ sla: 1, routing: 2 });", 1],
    ["a table by its type", "const a: Record<RoleCode, number> = { auditor: 1, minister: 2 };", 0],
    ["other words", "const a: Record<string, number> = { red: 1, minister: 2 };", 0],
  ])("%s", (_, text, count) => expect(loose("a.ts", text)).toHaveLength(count));
});
