/** What comes of asking for a call: when it is made, and what is said of it. */

import { callBackPolicy, callMoments, notLater } from "../../../engine/contact-centre/call-backs.js";
import { callAnswer, type PromisedCall } from "../../../engine/contact-centre/call-promise.js";
import type { Policy } from "../../../engine/setup/policy.js";
import type { Bilingual } from "../../../engine/text/text.js";

export interface AskedCallBack extends PromisedCall {
  /** When the call comes, to be read out; why not when it was wished for. */
  readonly say: readonly Bilingual[];
}

/**
 * By the programme's policy. `wished` null: as soon as may be, which is never later than what was promised `before`, where a call is
 * to come already.
 */
export function askedCall(
  { setup, calendar }: Pick<Policy, "setup" | "calendar">,
  a: { readonly wished: Date | null; readonly before: PromisedCall | null; readonly now: Date },
): AskedCallBack {
  const { wished, before, now } = a;
  const asked = callMoments({
    policy: callBackPolicy(setup.programme.settings),
    calendar,
    from: now,
    wishedAt: wished,
  });
  const moments = wished === null && before !== null ? notLater(before, asked) : asked;
  const call = { ...moments, wishedAt: wished, lastOutcome: before?.lastOutcome ?? null };
  return { ...call, say: callAnswer(call, now, calendar) };
}
