/** Names of the jobs; each has a queue of the same name. */
export const jobNames = [
  "enforce-deadlines",
  "deliver-messages",
  "digest-committee",
  "digest-focal-points",
  "seal-audit",
  "housekeeping",
] as const;
export type JobName = (typeof jobNames)[number];
