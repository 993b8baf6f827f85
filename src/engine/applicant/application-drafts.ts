/** An application that is being typed at the public pages: kept on the server, opened by what the browser holds. */

export interface ApplicationDraft {
  /** Stands in addresses; it opens nothing. */
  readonly id: string;
  readonly programme: string;
  /** What was typed, as it was typed, by the name of its input. */
  readonly typed: Readonly<Record<string, string>>;
  /** Pages that were answered without a fault. */
  readonly done: readonly string[];
  /** For whom files of this draft are staged; nobody else can know it. */
  readonly filesToken: string;
  /** Once it was sent. */
  readonly sent: { readonly reference: string; readonly code: string } | null;
}

/** Who asks for a draft. */
export interface DraftHolder {
  readonly id: string;
  /** What the browser of whoever began it holds. */
  readonly token: string;
  readonly now: Date;
}

export interface Drafts {
  /** `token`: of this browser, null when it holds none yet. */
  begin(a: {
    programme: string;
    token: string | null;
    typed: Readonly<Record<string, string>>;
    now: Date;
  }): Promise<{ readonly id: string; readonly token: string }>;
  /** Null: there is none, it is somebody else's, or its time is over. */
  open(a: DraftHolder): Promise<ApplicationDraft | null>;
  /** Adds what was typed, and notes which pages are done and which are not any more. Null as `open`, and once it was sent. */
  save(
    a: DraftHolder & {
      typed: Readonly<Record<string, string>>;
      done?: readonly string[];
      undone?: readonly string[];
    },
  ): Promise<ApplicationDraft | null>;
  /**
   * Sends `input` as this draft's application; however often it is sent, there is one case. Problems as `intake.receive`,
   * and not-found where there is no such draft.
   */
  send(
    a: DraftHolder & { input: unknown; attachments: readonly string[] },
  ): Promise<{ readonly reference: string; readonly code: string }>;
  forget(a: DraftHolder): Promise<void>;
}
