/**
 * A plain text in `${}` of `sql` is sent as a value, also where only SQL can stand: a column of `order by ${name}` sorts by a
 * constant, and nobody hears of it. Looked for are texts of a module anywhere, and any text where no value can stand.
 */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "@jest/globals";
import ts from "typescript";

/** What stands before a place for SQL only. */
const beforeSql =
  /(\b((?<!distinct |epoch )from|join|into|update|order by|group by|as|set|with|where|and|or|on|using|partition by)\s+|\w\.)$/i;

function isText(node: ts.Node | undefined): boolean {
  if (node === undefined) return false;
  if (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) return true;
  if (ts.isConditionalExpression(node)) return isText(node.whenTrue) || isText(node.whenFalse);
  if (ts.isParenthesizedExpression(node) || ts.isAsExpression(node)) return isText(node.expression);
  // Several texts as one.
  return (
    ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) && node.expression.name.text === "join"
  );
}

const isTextType = (type: ts.TypeNode | undefined): boolean => type?.kind === ts.SyntaxKind.StringKeyword;

/** Whether a constant, a function or a parameter is a text or gives one. */
function givesText(declared: ts.Node): boolean {
  if (ts.isParameter(declared)) return isTextType(declared.type);
  if (ts.isFunctionDeclaration(declared)) return isTextType(declared.type);
  if (!ts.isVariableDeclaration(declared)) return false;
  const { initializer } = declared;
  if (initializer !== undefined && ts.isArrowFunction(initializer))
    return isTextType(initializer.type) || isText(initializer.body);
  return isTextType(declared.type) || isText(initializer);
}

type Scopes = Map<ts.Node, Map<string, boolean>>;

/** The function around a node, or the module. */
function scopeOf(node: ts.Node): ts.Node {
  const around = node.parent;
  return around === undefined || ts.isFunctionLike(around) || ts.isSourceFile(around)
    ? (around ?? node)
    : scopeOf(around);
}

/** What is declared in each function and in the module, and whether it is a text or gives one. */
function declaredIn(source: ts.SourceFile): Scopes {
  const scopes: Scopes = new Map();
  const visit = (node: ts.Node): void => {
    const declares = ts.isVariableDeclaration(node) || ts.isFunctionDeclaration(node) || ts.isParameter(node);
    if (declares && node.name !== undefined && ts.isIdentifier(node.name)) {
      const scope = scopeOf(node);
      scopes.set(scope, (scopes.get(scope) ?? new Map()).set(node.name.text, givesText(node)));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return scopes;
}

const textsOfModule = (source: ts.SourceFile): Set<string> =>
  new Set([...(declaredIn(source).get(source) ?? [])].flatMap(([name, text]) => (text ? [name] : [])));

/** Where a name is declared; null: elsewhere. */
function declarationOf(name: string, from: ts.Node, scopes: Scopes): { scope: ts.Node; text: boolean } | null {
  const scope = scopeOf(from);
  const text = scopes.get(scope)?.get(name);
  if (text !== undefined) return { scope, text };
  return ts.isSourceFile(scope) ? null : declarationOf(name, scope, scopes);
}

/** Texts of other modules that a file imports, by their names there. */
function importedTexts(source: ts.SourceFile, textsIn: (module: string) => ReadonlySet<string>): Set<string> {
  const names = new Set<string>();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const texts = textsIn(statement.moduleSpecifier.text);
    for (const { name, propertyName } of bindings.elements)
      if (texts.has((propertyName ?? name).text)) names.add(name.text);
  }
  return names;
}

/** Texts that stand in `sql` of a file, as they are written. @param textsIn which names of a module that it imports are texts */
function plainTexts(
  source: ts.SourceFile,
  textsIn: (module: string) => ReadonlySet<string> = () => new Set(),
): string[] {
  const scopes = declaredIn(source);
  const imported = importedTexts(source, textsIn);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node) && node.tag.getText() === "sql" && ts.isTemplateExpression(node.template)) {
      let before = node.template.head.text;
      for (const { expression, literal } of node.template.templateSpans) {
        const called = ts.isCallExpression(expression);
        const name = (called ? expression.expression : expression).getText();
        const declared = declarationOf(name, expression, scopes);
        const text = declared?.text ?? imported.has(name);
        const ofModule = text && !called && (declared === null || declared.scope === source);
        const wrong = ofModule || (beforeSql.test(before) && (text || isText(expression)));
        if (wrong) found.push(`${source.fileName}: ${expression.getText()}`);
        before = literal.text;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const parsed = (file: string, text: string): ts.SourceFile =>
  ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);

describe("a text in a statement", () => {
  it("is a value, and stands where a value can", () => {
    const files = (readdirSync("src", { recursive: true }) as string[]).filter((name) => name.endsWith(".ts"));
    const texts = new Map(files.map((name) => [name, readFileSync(join("src", name), "utf8")]));
    const writing = files.filter((name) => texts.get(name)?.includes('from "sql-template-tag"'));
    expect(writing.length).toBeGreaterThan(50);
    const known = new Map<string, ReadonlySet<string>>();
    function textsIn(name: string): ReadonlySet<string> {
      const names = known.get(name) ?? textsOfModule(parsed(name, texts.get(name) ?? ""));
      known.set(name, names);
      return names;
    }
    const found = writing.flatMap((name) =>
      plainTexts(parsed(name, texts.get(name) ?? ""), (module) =>
        textsIn(join(dirname(name), module.replace(/\.js$/, ".ts"))),
      ),
    );
    expect(found).toEqual([]);
  });

  const written = (declared: string, before: string, inside: string): ts.SourceFile =>
    parsed("a.ts", [declared, "; sql`select ", before, " ${", inside, "}`;"].join(""));

  it.each([
    ["columns of the module", 'const columns = "a, b"', "", "columns", 1],
    ["columns as SQL", "const columns = sql`a, b`", "", "columns", 0],
    ["an order", "let order: string", "a from t order by", "order", 1],
    ["an order as SQL", "let order: Sql", "a from t order by", "order", 0],
    ["a condition", "", "a from t where", 'some ? "b > 1" : "true"', 1],
    ["conditions", "", "a from t where a = 1 and", 'all.join(" and ")', 1],
    ["a function", "function name(): string {}", "a from", "name()", 1],
    ["a value", "", "a from t where code =", "a.code", 0],
    ["a value made of others", "", "a from t where code like", "`$" + "{code}%`", 0],
  ])("is found or not: %s", (_, declared, before, inside, count) =>
    expect(plainTexts(written(declared, before, inside))).toHaveLength(count),
  );

  it("is found in another module", () => {
    const source = written('import { columns as named } from "./b.js"', "", "named");
    expect(plainTexts(source, () => new Set(["columns"]))).toEqual(["a.ts: named"]);
  });
});
