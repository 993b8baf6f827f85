import { describe, expect, it } from "@jest/globals";
import { errorSummary, errorWords } from "../../src/platform/error-summary.js";

const name = "Rana Haddad";
const driver = () =>
  Object.assign(new Error(`Failing row contains (7, ${name}, …)\n    at ${name} in a message`), {
    name: "error",
    code: "23514",
    constraint: "name_length",
    detail: `Failing row contains (${name})`,
  });

describe("what is written down of an error", () => {
  it.each([
    ["the driver's own", driver()],
    ["wrapped by Sequelize", Object.assign(new Error(name), { name: "SequelizeDatabaseError", parent: driver() })],
    ["a cause", new Error("the batch was undone", { cause: driver() })],
    ["Sequelize's own check", Object.assign(new Error(`${name} is too long`), { name: "SequelizeValidationError" })],
    ["of a parser", new SyntaxError(`Unexpected token 'R', "${name}" is not valid JSON`)],
    ["of no error at all", name],
  ])("is without values: %s", (_, error) => {
    expect(JSON.stringify(errorSummary(error))).not.toMatch(/Rana|Haddad/);
    expect(errorWords(error)).not.toMatch(/Rana|Haddad/);
  });

  it("names kind, code, constraint and place of the database's", () => {
    const wrapped = Object.assign(new Error(name), { name: "SequelizeForeignKeyConstraintError", parent: driver() });
    expect(errorSummary(wrapped)).toMatchObject({
      kind: "SequelizeForeignKeyConstraintError",
      errorCode: "23514",
      constraint: "name_length",
      at: expect.arrayContaining([expect.stringContaining("error-summary.test")]),
    });
    expect(errorWords(wrapped)).toBe("SequelizeForeignKeyConstraintError 23514 name_length");
    expect(errorWords(driver())).toBe("database error 23514 name_length");
  });

  it("keeps the words of any other", () => {
    expect(errorWords(new Error("the cupboard is locked"))).toBe("the cupboard is locked");
    expect(errorSummary(new TypeError("x is not a function"))).toMatchObject({
      kind: "TypeError",
      message: "x is not a function",
    });
    expect(errorWords(Object.assign(new AggregateError([]), { code: "ECONNREFUSED" }))).toBe(
      "AggregateError ECONNREFUSED",
    );
  });
});
