/** Call-backs as the page of their case shows them. */

import type { CallBackEnd, CallBackReason } from "./call-backs.js";

export interface CaseCallBack {
  readonly reason: CallBackReason;
  readonly createdAt: Date;
  readonly readyAt: Date;
  readonly dueAt: Date;
  readonly wishedAt: Date | null;
  readonly tries: number;
  readonly state: "open" | "done";
  readonly outcome: CallBackEnd | null;
  readonly doneAt: Date | null;
}

export interface CallBacksOfCase {
  /** Until when somebody would be called if the reader asked now; null: they may not. */
  readonly asking: { readonly dueAt: Date } | null;
  /** The newest first. */
  readonly callBacks: readonly CaseCallBack[];
}
