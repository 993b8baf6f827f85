/** What the page of a case asks: its call-backs, and one more. */

import { msg } from "../../engine/text/msg.js";
import { definePage } from "../../platform/admin/define-page.js";

export const callBackRequestPage = definePage({
  name: "call-back-request",
  label: msg("contact-centre.callBacksPage.request"),
  group: "cases",
  icon: "phone",
  order: 7,
  hidden: true,
  component: "CallBacks",
  access: "case.read",
  query: ["reference"],
  read: (call) =>
    call.services.contactCentre.callBacks.ofCase({
      reference: call.query.reference ?? "",
      actor: call.official.actor,
    }),
  acts: {
    /** `{ reference, note }` */
    ask(call) {
      const { reference, note } = call.input;
      const asked = { reference: typeof reference === "string" ? reference : "", note };
      return call.services.contactCentre.callBacks.ask({ ...asked, actor: call.official.actor, now: call.now });
    },
  },
});
