/** A way out for letters. */
export interface Letter {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly messageId: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly images: readonly { readonly cid: string; readonly filename: string; readonly content: Buffer }[];
}

/** What became of a letter. `permanent`: trying again is pointless. `away`: the peer itself cannot be reached. */
export type Handover =
  | { readonly kind: "sent" }
  | { readonly kind: "failed"; readonly permanent: boolean; readonly away: boolean; readonly reason: string };

export interface Transport {
  /** Never throws. */
  send(letter: Letter): Promise<Handover>;
  close(): void;
}
