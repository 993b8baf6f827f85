/** What somebody wants to be told of figures: their own alerts, and those of their positions. */

import { figureReach } from "../../../engine/access/permissions.js";
import type { AlertTrial, AudienceTrial, FigureAlertsView, SavedAlerts } from "../../../engine/measures/alert-views.js";
import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/define-resource.js";

const askedOf = ({ official, now }: Call) => ({ actor: official.actor, now });

/** Null: a new one; what is no number of an alert finds none. */
function numberOf({ input }: Call): number | null {
  const id = Object.hasOwn(input, "id") ? input.id : null;
  if (id === null) return null;
  return typeof id === "number" && Number.isInteger(id) && id > 0 && id < 2 ** 31 ? id : 0;
}

export interface FigureAlertsPageView extends FigureAlertsView {
  /** Programmes in which the reader may ask entities. */
  readonly directs: readonly string[];
}

export const figureAlertsPage = definePage({
  name: "figure-alerts",
  label: msg("reports.alerts.title"),
  group: "home",
  icon: "chart",
  order: 6,
  // It is opened from the figures and from letters.
  hidden: true,
  component: "FigureAlertsPage",
  access: ({ actor }) => figureReach(actor, "kpi.read").length > 0,
  async read(call): Promise<FigureAlertsPageView> {
    const list = await call.services.figureAlerts.list(askedOf(call));
    const { actor } = call.official;
    const programmes = [...new Set([...list.own, ...list.audience].map(({ programme }) => programme))];
    const addressable = await Promise.all(
      programmes.map((programme) => call.services.orders.addressable({ actor, programme })),
    );
    return { ...list, directs: programmes.filter((_, i) => addressable[i]?.length !== 0) };
  },
  acts: {
    /** `input`: programme, scope, and the condition: kpi, condition, value, unit, periods, least. */
    try: (call): Promise<AlertTrial> => call.services.figureAlerts.try({ ...askedOf(call), given: call.input }),
    /** The same, with `id` where one is changed. */
    async save(call): Promise<SavedAlerts> {
      const saved = await call.services.figureAlerts.save({ ...askedOf(call), id: numberOf(call), given: call.input });
      return { ...(await call.services.figureAlerts.list(askedOf(call))), ...saved };
    },
    async remove(call): Promise<FigureAlertsView> {
      await call.services.figureAlerts.remove({ ...askedOf(call), id: numberOf(call) ?? 0 });
      return call.services.figureAlerts.list(askedOf(call));
    },
    /** `input`: programme, audiences, the condition, and `scope` for one of the places of the answer before. */
    audience: (call): Promise<AudienceTrial> =>
      call.services.figureAlerts.tryForAudience({ ...askedOf(call), given: call.input }),
  },
});
