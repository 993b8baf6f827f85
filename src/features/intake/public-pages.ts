/** What the public pages may take in: which programmes are open, as which channel, and what is wrong with what was typed. */

import { publicChannel } from "../../engine/applicant/public-pages.js";
import type { Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { type FieldFault, Problem } from "../../engine/text/problems.js";
import type { ChannelKey } from "../people/channel-key-store.js";
import type { Policies } from "../setup/policies.js";
import { checkApplicationInput } from "./application-input.js";

export interface PublicPages {
  /** Programmes that are open, in their order. */
  programmes(): Promise<readonly Setup[]>;
  /** Problem not-found where its pages are closed. */
  setupOf(programme: string): Promise<Setup>;
  /** As which channel an application comes. Problem not-found where the pages are closed. */
  keyOf(programme: string): Promise<ChannelKey>;
  /** Faults of what was typed so far, as intake would find them; none: it can be sent. */
  check(a: { programme: string; input: unknown; now: Date }): Promise<readonly FieldFault[]>;
}

/** For whoever would send at pages that are closed. */
export function pagesClosed(): Problem {
  return new Problem("not-found", msg("intake.publicPages.applicationsToThisProgrammeAre"));
}

export function createPublicPages(parts: {
  policies: Policies;
  programmes: () => Promise<readonly string[]>;
}): PublicPages {
  const { policies } = parts;
  const setupOf = async (programme: string): Promise<Setup> => {
    const { setup } = await policies.fresh(programme);
    if (publicChannel(setup) === null) throw pagesClosed();
    return setup;
  };
  return {
    async programmes() {
      const codes = await parts.programmes();
      const setups = await Promise.all(codes.map(async (code) => (await policies.fresh(code)).setup));
      return setups
        .filter((setup) => publicChannel(setup) !== null)
        .sort((a, b) => a.programme.order - b.programme.order);
    },
    setupOf,
    async keyOf(programme) {
      const channel = publicChannel(await setupOf(programme));
      if (channel === null) throw pagesClosed();
      return { id: null, programme, channel: channel.code };
    },
    async check({ programme, input, now }) {
      const checked = checkApplicationInput(input, await setupOf(programme), now);
      return checked.ok ? [] : checked.faults;
    },
  };
}
