/** By what an applicant can be reached, as it is shown. */

export const contactWays = ["email", "sms"] as const;
export type ContactWay = (typeof contactWays)[number];

/** An address or a number, and whether it was shown to be the applicant's. */
export interface ApplicantContact {
  readonly way: ContactWay;
  /** So that its owner knows it, and nobody else can write to it. */
  readonly masked: string;
  readonly provenAt: Date | null;
  /** Digits can be sent there. */
  readonly canProve: boolean;
}
