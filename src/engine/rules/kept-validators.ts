/** Validators of JSON Schemas, kept by what the schema says: another set-up that allows the same needs no other. */
import { Ajv, type ValidateFunction } from "ajv";

/** Two programmes with their rule sets and workflows, as they are and as a few change-sets would have them. */
const maxKept = 40;
const kept = new Map<string, ValidateFunction>();

/**
 * What the code of a validator is made by. Made better, it would take twice as long to make and not less to run, and whoever
 * asks about a set-up with one entity more waits for five of them.
 */
const making = {
  allErrors: true,
  verbose: true,
  strict: false,
  inlineRefs: false,
  code: { optimize: false },
};

/** Making one costs some fifty milliseconds; those asked for last are kept. */
export function validatorFor(schema: object): ValidateFunction {
  const text = JSON.stringify(schema);
  const validate = kept.get(text) ?? new Ajv(making).compile(schema);
  kept.delete(text);
  kept.set(text, validate);
  const [oldest] = kept.keys();
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest);
  return validate;
}
