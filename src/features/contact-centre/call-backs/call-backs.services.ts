/** What call-backs offer to doors. Problems of each are said where it is done. */

import type { CallerAsked } from "../calls/caller-proof.js";
import type { ReadOut } from "../calls/read-out-of.js";
import type { CallBackAsked, CallBackAskedByCaller, CallBackForeseen } from "./ask-call-back.js";
import type { AskedCallBack } from "./asked-call.js";
import type { ByAgent, CallBackList, CallBacksListed, ClaimedCallBack } from "./call-backs.service.js";
import type { CallReport, ReportedCall } from "./report-call.js";

export interface CallBacks {
  /** What may be called now, in order of when it is due, and what comes later; or what is overdue. */
  list(a: CallBacksListed): Promise<CallBackList>;
  /** Takes one, and shows its number, on record. */
  claim(a: ByAgent & { id: number }): Promise<ClaimedCallBack>;
  /** What may be read out to the person, on record. */
  readOut(a: ByAgent & { id: number }): Promise<readonly ReadOut[]>;
  report(a: CallReport): Promise<ReportedCall>;
  release(a: ByAgent & { id: number }): Promise<void>;
  /** For an official who may act on the case. */
  ask(a: CallBackAsked): Promise<AskedCallBack>;
  /** For a caller, who is recognised as for everything that is done for them. */
  askForCaller(a: CallBackAskedByCaller): Promise<AskedCallBack>;
  /** For a caller who needs no call any more, recognised in the same way. */
  endForCaller(a: CallerAsked): Promise<{ readonly ended: number }>;
  /** When somebody who asks now would be called. */
  foresee(a: CallBackForeseen): Promise<Pick<AskedCallBack, "say">>;
}
