/** Orders as their tests give them, act on them and read them. */
import { expect } from "@jest/globals";
import type { OrdersView } from "../../src/engine/lifecycle/views/order-views.js";
import type { AdminApp, Visitor } from "./admin-app.js";
import { programme } from "./working-office.js";

/** @param app asked at each act: it opens before the tests begin */
export function orderDesk(app: () => AdminApp) {
  let keys = 0;
  const order = (more: object = {}) => {
    keys += 1;
    const words = { subject: "Late answers", text: "Why is so much late?" };
    return { programme, type: "explanation", entities: ["CSPD"], ...words, key: `key${keys}`, ...more };
  };
  const seqOf = async (reference: string) => (await app().office.caseRow(reference)).last_seq;
  return {
    order,
    seqOf,
    async issue(who: Visitor, more: object = {}): Promise<string> {
      const answer = await who.send("orders", "issue", order(more));
      expect([answer.status, answer.body]).toEqual([200, { references: [expect.any(String)] }]);
      return answer.body.references[0] as string;
    },
    /** Status and the field of the first fault. */
    async refusal(who: Visitor, more: object) {
      const { status, body } = await who.send("orders", "issue", order(more));
      return [status, body.problem?.faults?.[0]?.field];
    },
    perform: async (who: Visitor, reference: string, action: string, fields: object = {}, more: object = {}) =>
      who.act("cases", reference, "perform", { action, fields, expectedSeq: await seqOf(reference), ...more }),
    ordersOf: async (who: Visitor): Promise<OrdersView> => (await who.page("orders")).body as OrdersView,
    letters: (reference: string, template: string) =>
      app().office.rows(
        `select m.receiver_user, m.state, m.data from messages m join cases c on c.id = m.case_id
         where c.reference = $1 and m.template = $2 order by m.id`,
        reference,
        template,
      ),
  };
}
