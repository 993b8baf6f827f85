/** Whether a digest's letter can be written to its audience: a list of a day's work is of entities, and of one day. */

import { placeOfRole, type RoleCode } from "../../../engine/access/roles.js";
import { digestLetterNames } from "../../../engine/letters/message-kinds.js";
import { msg } from "../../../engine/text/msg.js";
import type { Report } from "../setup-fault.js";
import type { SetupFiles } from "./setup-files.js";

export function checkDigests({ digests }: SetupFiles, report: Report): void {
  digests.forEach(({ letter, audience, scope, period }, i) => {
    if (letter !== "digest-focal-point") return;
    const of = { letter: digestLetterNames[letter] };
    if (audience.some((role) => placeOfRole[role as RoleCode] !== "entity"))
      report("digests", [i, "audience"], msg("setup.checkDigests.listIsOfEntities", of));
    if (scope !== "own") report("digests", [i, "scope"], msg("setup.checkDigests.listIsOfEntities", of));
    if (period !== "day") report("digests", [i, "period"], msg("setup.checkDigests.listIsOfDay", of));
  });
}
