/** The state of the machinery. */
import type { HealthView } from "../../domain/health-view.js";
import { definePage } from "../guard/define-page.js";

export const healthPage = definePage({
  name: "health",
  label: { en: "System health", ar: "حالة النظام" },
  group: "operation",
  icon: "pulse",
  order: 30,
  component: "Health",
  access: "health.read",
  read: ({ services, official, now }): Promise<HealthView> => services.operation.health({ actor: official.actor, now }),
});
