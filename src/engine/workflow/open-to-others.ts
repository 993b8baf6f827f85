/** What of a workflow others than the one who looks may do to a case now, and who: so that nobody waits for the wrong one. */

import type { Actor, EntityTree } from "../access/permissions.js";
import { type RoleCode, roleCodes } from "../access/roles.js";
import { actionFacts } from "../rules/fact-catalogue.js";
import type { Bilingual } from "../text/text.js";
import { type Performer, performerNames } from "./performers.js";
import { type Asked, performersOf, refusalOf } from "./refusal.js";

export interface OthersAction {
  readonly name: Bilingual;
  readonly who: readonly Bilingual[];
}

/** Somebody with this seat at the very case, who has not had a hand in it. */
function somebody(role: RoleCode, { programme, entity, sector }: Asked["theCase"]): Actor {
  return { kind: "user", userId: 0, name: "", seats: [{ role, programme, entity, sector }] };
}

/** @param mine as what the one who looks stands before the case: their own actions are no others' */
export function openToOthers(
  a: Omit<Asked, "actor"> & { readonly mine: ReadonlySet<Performer>; readonly entities: EntityTree },
): OthersAction[] {
  const { workflow, theCase, facts, mine, entities } = a;
  const others: readonly (readonly [Performer, Actor])[] = [
    ...roleCodes.map((role) => [role, somebody(role, theCase)] as const),
    ["applicant", { kind: "applicant" }],
  ];
  const may = others
    .filter(([performer]) => !mine.has(performer))
    .map(([performer, actor]) => ({
      performer,
      asked: {
        ...{ workflow, theCase, actor, performers: performersOf(actor, theCase, entities) },
        facts: { ...facts, ...actionFacts(theCase, actor, {}) },
      },
    }));
  return Object.values(workflow.actions)
    .filter(({ by }) => !by.some((performer) => mine.has(performer)))
    .flatMap((action) => {
      const who = may.filter(({ asked }) => refusalOf(action, asked) === null);
      return who.length === 0
        ? []
        : [{ name: action.name, who: who.map(({ performer }) => performerNames[performer]) }];
    });
}
