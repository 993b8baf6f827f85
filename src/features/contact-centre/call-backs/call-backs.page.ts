/** Call-backs and survey calls: agents work on them one by one; who leads them sees what waits. */

import { msg } from "../../../engine/text/msg.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import { callOf } from "../calls/caller.page.js";
import { programmesOf } from "./call-backs.service.js";

const byAgent = ({ official, now }: Call) => ({ actor: official.actor, now });
/** A number that no task has, for what is none. */
const idOf = ({ input }: Call): number => (Number.isSafeInteger(input.id) ? Number(input.id) : 0);

export const callBacksPage = definePage({
  name: "call-backs",
  label: msg("contact-centre.callBacksPage.title"),
  group: "cases",
  icon: "phone",
  order: 6,
  component: "CallBacks",
  access: ({ actor }) =>
    programmesOf(actor, "callBack.do").length > 0 || programmesOf(actor, "contactCentre.figures").length > 0,
  query: ["late"],
  read: (call) => call.services.contactCentre.callBacks.list({ ...byAgent(call), late: call.query.late !== undefined }),
  acts: {
    /** `{ id }` */
    claim: (call) => call.services.contactCentre.callBacks.claim({ ...byAgent(call), id: idOf(call) }),
    readOut: (call) => call.services.contactCentre.callBacks.readOut({ ...byAgent(call), id: idOf(call) }),
    /** `{ id, number, outcome, note, laterAt, rating, scales }` */
    report(call) {
      const { number, outcome, note, laterAt, rating, scales } = call.input;
      const report = { number, outcome, note, laterAt, rating, scales };
      return call.services.contactCentre.callBacks.report({ ...byAgent(call), id: idOf(call), ...report });
    },
    /** `{ reference, code, said, at, note, call }`: as a caller's case is opened, and when they want to be called. */
    askForCaller(call) {
      const { reference, code, said, at, note } = call.input;
      const asked = { reference, code, said, at, note, call: callOf(call) };
      return call.services.contactCentre.callBacks.askForCaller({ ...byAgent(call), ...asked });
    },
    /** `{ reference, code, said, call }`: as a caller's case is opened. */
    endForCaller(call) {
      const { reference, code, said } = call.input;
      const asked = { reference, code, said, call: callOf(call) };
      return call.services.contactCentre.callBacks.endForCaller({ ...byAgent(call), ...asked });
    },
    /** `{ programme, at }` */
    foresee(call) {
      const { programme, at } = call.input;
      return call.services.contactCentre.callBacks.foresee({ ...byAgent(call), programme, at });
    },
    async release(call) {
      await call.services.contactCentre.callBacks.release({ ...byAgent(call), id: idOf(call) });
      return { done: true };
    },
  },
});
