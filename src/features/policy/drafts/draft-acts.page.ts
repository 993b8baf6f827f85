/** The steps of whatever is drafted, submitted and published: drafts of policy and change-sets take the same, said the same way. */

import type { Call } from "../../../platform/admin/resource-definition.js";
import type { Services } from "../../../platform/services.js";
import { maybeText, numberOf, reasonOf, textOf } from "../../setup/chosen-programme.page.js";

/** Who takes which step of what, as it was seen. */
export const stepOf = (call: Call) => ({
  actor: call.official.actor,
  id: numberOf(call, "id"),
  revision: numberOf(call, "revision"),
  now: call.now,
});
const reasonsOf = (call: Call) => ({ reason: reasonOf(call), warningsReason: maybeText(call, "warningsReason") });

/** What is answered where there is nothing to tell. */
const done = { done: true } as const;

type Step = ReturnType<typeof stepOf>;
type Reasoned = Step & ReturnType<typeof reasonsOf>;

interface Steps<Published> {
  discard(step: Step): Promise<void>;
  submit(step: Reasoned): Promise<void>;
  takeBack(step: Step): Promise<void>;
  sendBack(step: Step & { note: string }): Promise<void>;
  publish(step: Reasoned): Promise<Published>;
}

/** @param stepsOf the service that takes them */
export function draftActs<Published>(stepsOf: (services: Services) => Steps<Published>) {
  return {
    async discard(call: Call) {
      await stepsOf(call.services).discard(stepOf(call));
      return done;
    },
    async submit(call: Call) {
      await stepsOf(call.services).submit({ ...stepOf(call), ...reasonsOf(call) });
      return done;
    },
    async takeBack(call: Call) {
      await stepsOf(call.services).takeBack(stepOf(call));
      return done;
    },
    async sendBack(call: Call) {
      await stepsOf(call.services).sendBack({ ...stepOf(call), note: textOf(call, "note") });
      return done;
    },
    publish: async (call: Call) => stepsOf(call.services).publish({ ...stepOf(call), ...reasonsOf(call) }),
  };
}
