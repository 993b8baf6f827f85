/** The entities as a tree: who stands under whom, with seats, open cases and what is missing; add below, move. */

import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/define-resource.js";
import { readableProgrammes } from "../../setup/tables/readable-programmes.js";
import type { EntityTree } from "./entity-tree.service.js";

export interface EntityTreeView extends EntityTree {
  /** Codes of all that the viewer may choose from. */
  readonly programmes: readonly string[];
}

async function read(call: Call): Promise<EntityTreeView> {
  const { official, now, services, query } = call;
  const programmes = await readableProgrammes(call);
  const programme = query.programme ?? programmes[0];
  if (programme === undefined || !programmes.includes(programme)) {
    throw new Problem("not-found", msg("people.entityTreePage.programmeNotFound"));
  }
  return { ...(await services.entityTree({ programme, actor: official.actor, now })), programmes };
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");
const parentOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** `input`: programme, code, `parent` as it shall be and `before` as the viewer saw it. The answer is the tree as it is then. */
async function move(call: Call): Promise<EntityTreeView> {
  const { official, now, services, input } = call;
  const [programme, code] = [textOf(input.programme), textOf(input.code)];
  await services.setupEditor.update({
    programme,
    table: "entities",
    code,
    values: { parent: parentOf(input.parent) },
    before: { parent: parentOf(input.before) },
    by: official.actor,
    now,
  });
  return read({ ...call, query: { programme } });
}

export const entityTree = definePage({
  name: "entity-tree",
  label: msg("people.entityTreePage.entityTree"),
  group: "setup",
  icon: "tree",
  order: 10,
  component: "EntityTree",
  access: "configuration.read",
  query: ["programme", "show", "find"],
  read,
  acts: { move },
});
