import type { CaseHead } from "../../../engine/lifecycle/views/case-view.js";
import { adminRoot, withQuery } from "../../../platform/ui/kit.js";

/** The form in which the entity of a case is asked about it, or directed. */
export const orderAboutAddress = ({ reference, programme, entity }: CaseHead): string =>
  withQuery(`${adminRoot}/pages/orders`, {
    new: "1",
    programme: programme.code,
    entity: entity?.code,
    about: reference,
  });

/** The anchor of an entry of the timeline: `entry-12`. */
export const entryAnchor = (seq: number): string => `entry-${seq}`;

/** Where the page of a case is. @param entry the number of the event of its timeline that it begins with; left out: its top */
export const caseAddress = (reference: string, entry?: number): string =>
  `${adminRoot}/resources/cases/records/${reference}/show${entry === undefined ? "" : `#${entryAnchor(entry)}`}`;

/** Names in the address of a case the question whether the applicant should be called. */
export const askCallQuery = "callBack";

/** The same with that question open; the page asks it only of who may. */
export const askCallAddress = (reference: string, entry: number): string =>
  caseAddress(reference, entry).replace("#", `?${askCallQuery}=ask#`);
