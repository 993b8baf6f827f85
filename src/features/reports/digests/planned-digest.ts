/** A digest of the settings by its name; where a programme has none with a letter that is being written, one as it ships. */

import { type DigestLetter, digestLetterNames } from "../../../engine/letters/message-kinds.js";
import { codesOf } from "../../../engine/registry.js";
import type { Setup } from "../../../engine/setup/setup.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Digest } from "./digest-receivers.js";

type Shape = Pick<Digest, "audience" | "scope" | "period">;

/** To whom each letter is written, where nobody says otherwise: to look at it before anybody is sent one. */
const asShipped: Readonly<Record<DigestLetter, Shape>> = {
  "digest-focal-point": { audience: ["focal_point"], scope: "own", period: "day" },
  "digest-executive": { audience: ["minister"], scope: "own", period: "week" },
  "digest-committee": { audience: ["steering_committee"], scope: "programme", period: "week" },
  "digest-cabinet": { audience: ["prime_minister"], scope: "programme", period: "month" },
};

/** @param name a digest's code, or the name of a letter. Problem invalid-input, with the names that there are. */
export function plannedDigest(setup: Setup, name: string): Digest {
  const digests = [...setup.scheduledDigests.values()];
  const short = name.replace(/^digest-/, "");
  const found =
    digests.find(({ code }) => code === name || code === short) ?? digests.find(({ letter }) => letter === name);
  if (found !== undefined) return found;
  const letter = codesOf(digestLetterNames).find((one) => one === name || one === `digest-${short}`);
  if (letter === undefined) {
    const names = digests.map(({ code }) => code).join(", ");
    const reason = msg("reports.digests.thereIsNoDigestThere", { name, names });
    throw new Problem("invalid-input", reason, [{ field: "name", reason }]);
  }
  const timing = { weekday: "sun", monthDay: 1, hour: 8, leastChange: 5, leastCases: 30 } as const;
  return {
    code: short,
    name: digestLetterNames[letter],
    order: 0,
    retired: false,
    letter,
    ...asShipped[letter],
    ...timing,
  };
}
