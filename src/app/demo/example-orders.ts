/** What officials of the demo ask of each other, each step at its moment, through the services. */

import type { Actor } from "../../engine/access/permissions.js";
import { civilDate, shiftDate } from "../../engine/calendar/civil-days.js";
import type { Setup } from "../../engine/setup/setup.js";
import { inLanguage } from "../../engine/text/text.js";
import type { FieldType } from "../../engine/workflow/workflow-definition.js";
import type { CaseServices } from "../../features/cases/cases.services.js";
import type { OrderServices } from "../../features/orders/orders.services.js";
import type { Scheduled } from "./example-instructions.js";
import { actorOf } from "./lived-case.js";
import type { PopulationMaterial } from "./material.js";

type Story = PopulationMaterial["orders"][number];

const dayMs = 86_400_000;
/** At 08:30 in Amman, so that the first steps come within the day. */
const morning = 5.5 * 3_600_000;

export function exampleOrders(a: {
  readonly services: { readonly orders: OrderServices; readonly cases: Pick<CaseServices, "perform"> };
  readonly setup: Setup;
  readonly stories: readonly Story[];
  readonly to: Date;
}): Scheduled[] {
  const { services, setup, stories, to } = a;
  const { code: programme, defaultLanguage, timeZone } = setup.programme;

  /** Who holds the position then; null: it is empty, or not there. */
  const holderOf = (code: string, at: Date): Actor | null => {
    const seat = setup.seats.find((one) => one.code === code);
    return seat === undefined ? null : actorOf(seat, programme, at);
  };

  function planStep(story: Story, n: number, b: { reference: string; after: Date; plan: (later: Scheduled) => void }) {
    const step = story.steps[n];
    if (step === undefined) return;
    const at = new Date(b.after.getTime() + step.afterHours * 3_600_000);
    const actor = holderOf(step.by, at);
    if (actor === null || at >= to) return;
    const workflow = setup.workflows.get(setup.types.get(story.type)?.workflow ?? "")?.definition;
    const day = step.inDays === undefined ? undefined : shiftDate(civilDate(at, timeZone), step.inDays);
    const text = step.text && inLanguage(step.text, defaultLanguage);
    const said = (type: FieldType): string | undefined => (type === "date" ? day : type === "text" ? text : undefined);
    const asked = Object.entries(workflow?.actions[step.action]?.fields ?? {});
    const fields = Object.fromEntries(asked.map(([name, { type }]) => [name, said(type)]));
    const run: Scheduled["run"] = async (plan) => {
      await services.cases.perform({ reference: b.reference, action: step.action, fields, actor, now: at });
      planStep(story, n + 1, { reference: b.reference, after: at, plan });
    };
    b.plan({ at, run });
  }

  return stories.flatMap((story): Scheduled[] => {
    const midnight = new Date(to.getTime() - story.daysAgo * dayMs);
    midnight.setUTCHours(0, 0, 0, 0);
    const at = new Date(midnight.getTime() + morning);
    const actor = holderOf(story.from, at);
    if (actor === null || at >= to) return [];
    const run: Scheduled["run"] = async (plan) => {
      const { references } = await services.orders.issue({
        ...{
          actor,
          now: at,
          programme,
          type: story.type,
          entities: story.to,
          about: null,
          seen: null,
          page: null,
          error: null,
        },
        subject: inLanguage(story.subject, defaultLanguage),
        text: inLanguage(story.text, defaultLanguage),
        until: story.dueInDays === undefined ? null : shiftDate(civilDate(at, timeZone), story.dueInDays),
        actKey: story.code,
      });
      for (const reference of references) planStep(story, 0, { reference, after: at, plan });
    };
    return [{ at, run }];
  });
}
