/** Who acts on cases in an office, and what became of it, in short words: for tests of what officials do. */
import type { Problem } from "../../src/engine/text/problems.js";
import { type Person, problemOf, type Row, type WorkingOffice } from "./working-office.js";

/** `at("11-22T07:00")`: that minute of the year, in UTC. */
export const at = (text: string): Date => new Date(`2026-${text}:00Z`);

/** The code of the refusal, then each fault as `field: why`. */
export async function faultsOf(work: Promise<unknown>): Promise<string[]> {
  const problem = (await problemOf(work)) as unknown as Problem;
  return [problem.code, ...problem.faults.map(({ field, reason }) => `${field}: ${reason.en}`)];
}

/** @param office asked each time: it is opened before the tests and after this */
export function actsIn(office: () => WorkingOffice) {
  return {
    focal: (n = 0): Person => office().official("focal_point", "CSPD", n),
    room: (n = 0): Person => office().official("operation_room", null, n),
    /** Of another entity. */
    elsewhere: (): Person => office().official("focal_point", "MOH"),
    lastEvent: async (reference: string, type: string) =>
      (await office().events(reference)).filter((event) => event.type === type).at(-1),
    messages: (reference: string, template: string): Promise<Row[]> =>
      office().rows(
        `select m.receiver_user, m.receiver_case, m.data from messages m join cases c on c.id = m.case_id
         where c.reference = $1 and m.template = $2 order by m.id`,
        reference,
        template,
      ),
  };
}
