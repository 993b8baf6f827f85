/** Call-backs as the page of their case shows them. */

import type { CallBackEnd, CallBackReason } from "./call-backs.js";

export interface CaseCallBack {
  readonly reason: CallBackReason;
  readonly createdAt: Date;
  readonly dueAt: Date;
  readonly tries: number;
  readonly state: "open" | "done";
  readonly outcome: CallBackEnd | null;
  readonly doneAt: Date | null;
}

export interface CallBacksOfCase {
  /** Whether the reader may ask for one now. */
  readonly mayAsk: boolean;
  /** The newest first. */
  readonly callBacks: readonly CaseCallBack[];
}
