/** What the contact centre did: for its lead and the operation room, and for each agent the own part. */

import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";
import { readsContactFigures } from "./contact-figures.service.js";

export const contactFiguresPage = definePage({
  name: "contact-figures",
  label: msg("contact-centre.contactFigures.title"),
  group: "cases",
  icon: "chart",
  order: 8,
  component: "ContactFigures",
  access: ({ actor }) => readsContactFigures(actor),
  query: ["programme", "days", "from", "to"],
  read: ({ official, now, query, services }) =>
    services.contactCentre.figures({ ...query, actor: official.actor, now }),
});
