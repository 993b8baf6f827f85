import { caseByReference } from "../db/case-queries.js";
import type { Case } from "../domain/case.js";
import { parseReference } from "../domain/case-reference.js";
import { type Actor, can } from "../domain/permissions.js";
import { Problem } from "../domain/problems.js";
import type { Setup } from "../domain/setup.js";
import type { Opened } from "./command.js";

/**
 * The case behind a reference for whoever may read it. Who works at the machine itself needs no name, except for a
 * confidential case: that is shown to its handlers alone.
 *
 * Problem not-found, in the same words for what does not exist and what is not theirs to see.
 */
export async function readableCase(
  { services, db }: Pick<Opened, "services" | "db">,
  typed: string,
  as: string | undefined,
): Promise<{ theCase: Case; setup: Setup }> {
  const reference = parseReference(typed);
  const loaded = reference === null ? null : await caseByReference(db, reference);
  if (loaded === null) throw notShown();
  const { theCase } = loaded;
  const setup = await services.setup.of(theCase.programme);
  const actor: Actor =
    as === undefined
      ? { kind: "system", job: "command line" }
      : await services.cases.actorOf({ email: as, now: services.now() });
  const theirs = can(actor, "case.read", { case: theCase, entities: setup.entities });
  if (!theirs || (theCase.confidential && actor.kind !== "user")) throw notShown();
  return { theCase, setup };
}

function notShown(): Problem {
  return new Problem("not-found", {
    en: "There is no such case here. (A confidential case is shown with --as to those who handle it.)",
    ar: "لا توجد معاملة كهذه هنا. (تُعرض المعاملة السرية مع ‎--as لمن يعالجها.)",
  });
}
