/** What an applicant began to write about the own case and has not sent: opened as the case itself is. */

import type { ApplicantProof } from "../applicant/applicant-keys.js";

/** Whose text of which action. Code or link are taken to be right: the applicant has opened the case with it. */
export type ActDraftHolder = ApplicantProof & {
  readonly reference: string;
  readonly action: string;
  readonly now: Date;
};

/** Leaves a member out of each kind of holder. */
type Without<Holder, Member extends PropertyKey> = Holder extends unknown ? Omit<Holder, Member> : never;

type Typed = Readonly<Record<string, string>>;

export interface ActDrafts {
  /** What was typed, by the name of its field; null where nothing waits. */
  open(a: ActDraftHolder): Promise<Typed | null>;
  /** Keeps it in the place of what was kept before; nothing but empty fields is nothing to keep. */
  keep(a: ActDraftHolder & { typed: Typed }): Promise<void>;
  forget(a: Without<ActDraftHolder, "now">): Promise<void>;
  /** Those of these actions for which something waits. */
  waiting(a: Without<ActDraftHolder, "action"> & { actions: readonly string[] }): Promise<ReadonlySet<string>>;
}
