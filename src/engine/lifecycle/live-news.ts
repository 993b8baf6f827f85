/** What a listener in a browser hears of. */

/** What a screen is told: which cases to look at anew, and nothing that stands in them. */
export interface LiveNews {
  readonly cases: readonly {
    readonly reference: string;
    readonly opened: boolean;
    /** It may have something that is news to the listener. */
    readonly news?: true;
  }[];
  /** Cases in which somebody came, went, or began to write. */
  readonly presence: readonly string[];
  /** Something left the reach, or more happened than can be told: look at everything anew. */
  readonly all: boolean;
}
