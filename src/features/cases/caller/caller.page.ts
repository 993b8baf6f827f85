/** Acting for whoever telephones: the case is opened by what the caller knows of it, and by nothing else. */

import type { CallerCase } from "../../../engine/lifecycle/caller-case.js";
import { definePage } from "../../../platform/admin/define-page.js";
import type { Call } from "../../../platform/admin/resource-definition.js";
import { actKeyOf, badAct, isRecord } from "../act/composer-actions.js";
import type { PerformedAction } from "../act/perform-action.js";

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
  label: { en: "Serve a caller", ar: "خدمة متصل" },
  group: "cases",
  icon: "phone",
  order: 5,
  component: "Caller",
  access: "caller.serve",
  read: async () => ({}),
  acts: {
    /** `{ reference, code, said }`: one of the last two may be empty. */
    open: (call): Promise<CallerCaseView> => call.services.cases.openForCaller(asked(call)),
    /** The same, and `{ action, fields, actKey }`. */
    perform: async (call): Promise<CallerActView> => {
      const { action, fields, actKey } = call.input;
      if (typeof action !== "string" || action === "") throw badAct("/action", "Say which action.", "حدد الإجراء.");
      if (!isRecord(fields)) throw badAct("/fields", "Send the fields as an object.", "أرسل الحقول ككائن.");
      const key = actKeyOf(actKey);
      if (key === undefined) throw badAct("/actKey", "Send a key of the act.", "أرسل مفتاح الإجراء.");
      return call.services.cases.performForCaller({ ...asked(call), action, fields, actKey: key });
    },
  },
});
