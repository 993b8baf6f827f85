/** The register of instructions: what concerns whoever reads, and what has to be done about it. */

import { can } from "../../engine/access/permissions.js";
import type { InstructionLine, InstructionView } from "../../engine/setup/instruction-views.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";
import { textOf } from "../setup/chosen-programme.page.js";

export interface InstructionsView {
  readonly programme: string;
  readonly programmes: readonly { readonly code: string; readonly name: Bilingual }[];
  readonly lines: readonly InstructionLine[];
  /** The one that the address names. */
  readonly opened: InstructionView | null;
  readonly mayEdit: boolean;
}

const programmesOf = ({ official }: Call): string[] => [
  ...new Set(official.actor.seats.map(({ programme }) => programme)),
];

/** Problem not-found for a programme in which they hold no seat. */
function theirs(call: Call, asked: string | undefined): string {
  const codes = programmesOf(call);
  const programme = asked ?? codes[0];
  if (programme !== undefined && codes.includes(programme)) return programme;
  throw new Problem("not-found", msg("instructions.instructionsPage.programmeNotFound"));
}

function actOn(call: Call) {
  const programme = theirs(call, textOf(call, "programme"));
  return { programme, code: textOf(call, "code"), by: call.official.actor, now: call.now };
}

export const instructionsPage = definePage({
  name: "instructions",
  label: msg("instructions.instructionsPage.instructions"),
  group: "policy",
  icon: "document",
  order: 60,
  component: "Instructions",
  // Everybody with a seat may be addressed; the service shows what is.
  access: ({ actor }) => actor.seats.length > 0,
  query: ["programme", "code"],
  async read(call): Promise<InstructionsView> {
    const { official, query, services, now } = call;
    const { actor } = official;
    const programme = theirs(call, query.programme);
    const { code } = query;
    const [lines, opened, setups] = await Promise.all([
      services.instructions.list({ actor, programme }),
      code === undefined ? null : services.instructions.one({ actor, programme, code, now }),
      Promise.all(programmesOf(call).map((one) => services.setup.of(one))),
    ]);
    return {
      programme,
      programmes: setups.map(({ programme: one }) => ({ code: one.code, name: one.name })),
      lines,
      opened,
      mayEdit: can(actor, "setup.edit", { programme }),
    };
  },
  acts: {
    /** `{ programme, code, entity }`. */
    acknowledge: (call) =>
      call.services.instructions
        .acknowledge({ ...actOn(call), entity: textOf(call, "entity") })
        .then(() => ({ done: true })),
    issue: (call) => call.services.instructions.issue(actOn(call)),
    remind: (call) => call.services.instructions.remind(actOn(call)),
    /** With `file`, the id of one that was staged for it. */
    attach: (call) =>
      call.services.instructions.attach({ ...actOn(call), file: textOf(call, "file") }).then(() => ({ done: true })),
  },
});
