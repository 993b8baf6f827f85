/** By what an applicant can be reached, as it is shown. */

import type { ApplicantWay } from "../../letters/applicant-ways.js";

/** An address or a number, and whether it was shown to be the applicant's. */
export interface ApplicantContact {
  readonly way: ApplicantWay;
  /** So that its owner knows it, and nobody else can write to it. */
  readonly masked: string;
  readonly provenAt: Date | null;
  /** Digits can be sent there. */
  readonly canProve: boolean;
}
