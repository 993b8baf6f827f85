/** Acts of the policy page that try a text: over one case, and over all of a time. They change nothing of any case. */

import { dayNumberOf } from "../../../engine/calendar/civil-date.js";
import { shiftDate, startOfDay } from "../../../engine/calendar/civil-days.js";
import type { ReplayDetail, ReplayView } from "../../../engine/replay/replay-view.js";
import type { Trial } from "../../../engine/replay/trial-view.js";
import type { Facts } from "../../../engine/rules/fact-catalogue.js";
import { msg } from "../../../engine/text/msg.js";
import { Problem } from "../../../engine/text/problems.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import { changeSetOf, textOf } from "../../setup/chosen-programme.page.js";

/** Replays of what is opened, newest first; `run`: the one that was asked for with all that it found. */
export interface ReplaysOfPolicy {
  readonly runs: readonly ReplayView[];
  readonly run: ReplayDetail | null;
}

/** The beginning of a civil day of the programme; `next`: of the day after it. */
export async function dayOf(call: Call, name: "from" | "to"): Promise<Date> {
  const day = call.input[name];
  if (typeof day === "string" && dayNumberOf(day) !== null) {
    const { timeZone } = (await call.services.setup.of(textOf(call, "programme"))).programme;
    return startOfDay(name === "to" ? shiftDate(day, 1) : day, timeZone);
  }
  const reason =
    typeof day === "string" && day !== ""
      ? msg("policy-replay.policyTrialPage.dayNotFound")
      : msg("policy-replay.policyTrialPage.chooseADay");
  throw new Problem("invalid-input", reason, [{ field: `/${name}`, reason }]);
}

const thingOf = (call: Call) => ({
  actor: call.official.actor,
  programme: textOf(call, "programme"),
  kind: textOf(call, "kind"),
  name: textOf(call, "name"),
});

export const trialActs = {
  /** `{ programme, name, definition, facts, changeSet, n }`: the answer brings the number along, so that the last one asked wins. */
  try: async (call: Call): Promise<Trial & { n: unknown }> => {
    const { definition, facts, n } = call.input;
    const { actor, programme, name } = thingOf(call);
    const asked = { actor, programme, name, definition, facts, changeSet: changeSetOf(call), now: call.now };
    const trial = await call.services.work.trial.ask(asked);
    return { ...trial, n };
  },
  /** `{ programme, name, reference, changeSet }`. */
  "try-case": async (call: Call): Promise<{ facts: Facts }> => {
    const { actor, programme, name } = thingOf(call);
    const reference = textOf(call, "reference");
    const asked = { actor, programme, name, reference, changeSet: changeSetOf(call), now: call.now };
    return { facts: await call.services.work.trial.factsOf(asked) };
  },
  /** `{ programme, kind, name, definition, changeSet, run }`. */
  replays: async (call: Call): Promise<ReplaysOfPolicy> => {
    const { definition, run } = call.input;
    const thing = thingOf(call);
    const { replays } = call.services.work;
    const now = { definition, changeSet: changeSetOf(call) };
    const runs = await replays.of({ ...thing, ...now });
    if (typeof run !== "string" || run === "") return { runs, run: null };
    return { runs, run: await replays.one({ actor: thing.actor, id: run, ...now }) };
  },
  /** `{ programme, kind, name, definition, changeSet, from, to }`: days of the programme, both inclusive. */
  "replay-start": async (call: Call): Promise<ReplayView> => {
    const [from, to] = [await dayOf(call, "from"), await dayOf(call, "to")];
    const { definition } = call.input;
    const asked = { ...thingOf(call), definition, changeSet: changeSetOf(call), from, to, now: call.now };
    return call.services.work.replays.start(asked);
  },
  "replay-cancel": (call: Call): Promise<ReplayView> =>
    call.services.work.replays.cancel({ actor: call.official.actor, id: textOf(call, "id"), now: call.now }),
};
