/** What an applicant began to write about the own case and has not sent: opened by reference and code, as the case itself is. */

/** Whose text of which action. The code is taken to be right: whoever asks has opened the case with it. */
export interface ActDraftHolder {
  readonly reference: string;
  readonly code: string;
  readonly action: string;
  readonly now: Date;
}

type Typed = Readonly<Record<string, string>>;

export interface ActDrafts {
  /** What was typed, by the name of its field; null where nothing waits. */
  open(a: ActDraftHolder): Promise<Typed | null>;
  /** Keeps it in the place of what was kept before; nothing but empty fields is nothing to keep. */
  keep(a: ActDraftHolder & { typed: Typed }): Promise<void>;
  forget(a: Omit<ActDraftHolder, "now">): Promise<void>;
  /** Those of these actions for which something waits. */
  waiting(a: Omit<ActDraftHolder, "action"> & { actions: readonly string[] }): Promise<ReadonlySet<string>>;
}
