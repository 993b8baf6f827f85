/** Acting for whoever telephones: the case is opened by what the caller knows of it, and by nothing else. */

import type { CallerCase } from "../../engine/lifecycle/caller-case.js";
import { msg } from "../../engine/text/msg.js";
import { definePage } from "../../platform/admin/define-page.js";
import type { Call } from "../../platform/admin/resource-definition.js";
import { actKeyOf, badAct, isRecord } from "../cases/act/composer-actions.js";
import type { PerformedAction } from "../cases/act/perform-action.js";

export type CallerCaseView = CallerCase;
export type CallerActView = PerformedAction;

const asked = ({ official, now, input }: Call) => ({
  reference: input.reference,
  code: input.code,
  said: input.said,
  actor: official.actor,
  now,
});

export const callerPage = definePage({
  name: "caller",
  label: msg("contact-centre.callerPage.serveACaller"),
  group: "cases",
  icon: "phone",
  order: 5,
  component: "Caller",
  access: "caller.serve",
  read: async () => ({}),
  acts: {
    /** `{ reference, code, said }`: one of the last two may be empty. */
    open: (call): Promise<CallerCaseView> => call.services.contactCentre.open(asked(call)),
    /** The same, and `{ action, fields, actKey }`. */
    perform: async (call): Promise<CallerActView> => {
      const { action, fields, actKey } = call.input;
      if (typeof action !== "string" || action === "")
        throw badAct("/action", msg("contact-centre.callerPage.sayWhichAction"));
      if (!isRecord(fields)) throw badAct("/fields", msg("contact-centre.callerPage.sendTheFieldsAsAn"));
      const key = actKeyOf(actKey);
      if (key === undefined) throw badAct("/actKey", msg("contact-centre.callerPage.sendAKeyOfThe"));
      return call.services.contactCentre.perform({ ...asked(call), action, fields, actKey: key });
    },
  },
});
