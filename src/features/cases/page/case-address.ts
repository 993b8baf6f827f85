import { adminRoot } from "../../../platform/ui/kit.js";

/** Where the page of a case is. */
export const caseAddress = (reference: string): string => `${adminRoot}/resources/cases/records/${reference}/show`;
