/** Call-backs as the page of their case shows them. */

import { msg } from "../text/msg.js";
import type { CallBackEnd, CallBackReason } from "./call-backs.js";

/** Why nobody may ask for a call, and what an official can do. */
export const wrongNumberFound = msg("contact-centre.callBacks.wrongNumber");

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
  /** They may not because the last call found that the number is not the applicant's. */
  readonly wrongNumber: boolean;
  /** The newest first. */
  readonly callBacks: readonly CaseCallBack[];
}
