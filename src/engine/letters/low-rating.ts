/** Which ratings the office hears of at once, beside those that open an appeal. */

/** "Not satisfied" on a scale from 1 to 5, as the shipped workflows take it. */
export const defaultLowRatingMost = 2;

/** The highest rating that is low, 0: none is; of a programme, and what its set-up does not say is as we ship it. */
export const lowRatingMost = ({ lowRatingMost: most }: { readonly lowRatingMost?: number | undefined }): number =>
  most ?? defaultLowRatingMost;
