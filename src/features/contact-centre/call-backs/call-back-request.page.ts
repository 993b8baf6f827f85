/** Asking for a call from the page of a case, which shows those that there are in its own answer. */

import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";

export const callBackRequestPage = definePage({
  name: "call-back-request",
  label: msg("contact-centre.callBacksPage.request"),
  group: "cases",
  icon: "phone",
  order: 7,
  hidden: true,
  component: "CallBacks",
  access: "case.read",
  read: async () => ({}),
  acts: {
    /** `{ reference, note }` */
    ask(call) {
      const { reference, note } = call.input;
      const asked = { reference: typeof reference === "string" ? reference : "", note };
      return call.services.contactCentre.callBacks.ask({ ...asked, actor: call.official.actor, now: call.now });
    },
  },
});
