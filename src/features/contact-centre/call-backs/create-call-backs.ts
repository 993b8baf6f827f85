/** Call-backs as doors call them. */
import type { CaseParts } from "../../cases/case-parts.js";
import type { CallerAsked } from "../calls/caller-proof.js";
import { askCallBack, askCallBackForCaller, endCallBacksForCaller, foreseeCallBack } from "./ask-call-back.js";
import { claimCallBack, listCallBacks, readOut, releaseCallBack } from "./call-backs.service.js";
import type { CallBacks } from "./call-backs.services.js";
import { reportCall } from "./report-call.js";

/** @param recognise opens the case of a caller, counted and on record; Problem not-found where it does not know them */
export const createCallBacks = (
  parts: CaseParts,
  recognise: (a: CallerAsked) => Promise<{ readonly reference: string }>,
): CallBacks => ({
  list: (a) => listCallBacks(parts, a),
  claim: (a) => claimCallBack(parts, a),
  readOut: (a) => readOut(parts, a),
  report: (a) => reportCall(parts, a),
  release: (a) => releaseCallBack(parts, a),
  ask: async (a) => askCallBack(parts, a),
  askForCaller: (a) => askCallBackForCaller(parts, recognise, a),
  endForCaller: (a) => endCallBacksForCaller(parts, recognise, a),
  foresee: (a) => foreseeCallBack(parts, a),
});
