/** The state of the machinery, and the sweeps that hold until somebody of their operation room lets them go on. */

import type { HeldSweepView } from "../../engine/lifecycle/held-sweep.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";
import { numberOf } from "../setup/chosen-programme.page.js";
import type { HealthView } from "./health-view.js";

export interface HealthPageView extends HealthView {
  readonly heldSweeps: readonly HeldSweepView[];
}

async function read({ services, official: { actor }, now }: Call): Promise<HealthPageView> {
  const { health, heldSweeps } = services.operation;
  const view = await health({ actor, now });
  return { ...view, heldSweeps: await heldSweeps.list({ actor }) };
}

/** The moment that the page showed. */
function asOfOf({ input }: Call): Date {
  const asOf = new Date(typeof input.asOf === "string" ? input.asOf : "");
  if (!Number.isNaN(asOf.getTime())) return asOf;
  const reason = msg("operations.healthPage.loadThePageAgain");
  throw new Problem("invalid-input", reason, [{ field: "/asOf", reason }]);
}

export const healthPage = definePage({
  name: "health",
  label: msg("operations.healthPage.systemHealth"),
  group: "operation",
  icon: "pulse",
  order: 30,
  component: "Health",
  access: "health.read",
  read,
  acts: {
    /** `{ id, asOf, reason }`: lets a sweep go on with what was due then. */
    release: async (call): Promise<HealthPageView> => {
      const { services, official, now, input } = call;
      await services.operation.heldSweeps.release({
        id: numberOf(call, "id"),
        asOf: asOfOf(call),
        reason: typeof input.reason === "string" ? input.reason : "",
        actor: official.actor,
        now,
      });
      return read(call);
    },
  },
});
