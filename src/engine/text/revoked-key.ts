/** What a channel is told whose key is out of use. */
import { Problem } from "./problems.js";

export const revokedKey = (): Problem =>
  new Problem("unauthenticated", {
    en: "The channel's key was revoked. Ask the operation room for a new one.",
    ar: "أُلغي مفتاح القناة. اطلب مفتاحًا جديدًا من غرفة العمليات.",
  });
