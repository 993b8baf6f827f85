/** What screens are told of replays. */
import type { Bilingual } from "../text/text.js";
import type { ReplayTally } from "./replay-tally.js";

export interface ReplayView {
  readonly id: string;
  readonly programme: string;
  /** `set`: all that a change-set holds, by its number. */
  readonly kind: "rules" | "calendar" | "set";
  readonly name: string;
  readonly title: Bilingual;
  readonly state: "waiting" | "running" | "done" | "failed" | "cancelled";
  readonly failure: Bilingual | null;
  /** Cases received in this time, half-open; targets as they stood at `asOf`. */
  readonly from: Date;
  readonly to: Date;
  readonly asOf: Date;
  /** How many cases there are, and how many were looked at. */
  readonly expected: number;
  readonly cases: number;
  readonly changed: number;
  readonly startedBy: string;
  /** Started by whoever asks. */
  readonly mine: boolean;
  /** Of the text as it is now; null where no text was asked about. */
  readonly sameText: boolean | null;
  /** With whose edits the set-up was asked; null: the set-up that was in force. */
  readonly changeSet: { readonly id: number; readonly title: string } | null;
  /** Whether the set-up that the text would be asked by now has the same edits; null as `sameText`. */
  readonly sameSetup: boolean | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

export interface ReplayDetail extends ReplayView {
  readonly tally: ReplayTally;
  /** Facts that the draft asks for and past decisions did not record: they count as not known. */
  readonly unrecorded: readonly string[];
}
