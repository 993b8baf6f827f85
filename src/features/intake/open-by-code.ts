/** The rule of wrong codes, as the API asks by it: the same as on the applicants' pages. */
import type { Request } from "express";
import { askedFrom } from "../../platform/http/body-places.js";
import type { ApiServices } from "./api-services.js";
import { referenceOf } from "./read-request.js";

/** Problem too-many-requests where too many codes were wrong; what `open` refuses as `not-found` is counted. */
export const openByCode =
  ({ publicPages, now }: ApiServices) =>
  <Done>(request: Request, open: () => Promise<Done>): Promise<Done> =>
    publicPages.tries.opening({ reference: referenceOf(request), address: askedFrom(request), now: now() }, open);
