/** What an agent reads before a call is saved of which the caller would hear nothing. */
import React from "react";
import { whyNothingComes } from "../../../engine/letters/nothing-comes.js";
import { msg } from "../../../engine/text/msg.js";
import { useText } from "../../../platform/ui/kit.js";
import type { Typed } from "./use-call.js";

const words = {
  noAddress: msg("contact-centre.nothingComes.noAddress"),
  notAgreed: msg("contact-centre.nothingComes.notAgreed"),
  noTexts: msg("contact-centre.nothingComes.noTexts"),
  stopped: msg("contact-centre.nothingComes.stopped"),
  ask: msg("contact-centre.nothingComes.ask"),
  askEmail: msg("contact-centre.nothingComes.askEmail"),
};

interface NothingComesProps {
  readonly typed: Typed;
  /** The number has stopped text messages. */
  readonly isStopped: boolean;
  readonly offersTexts: boolean;
}

/** Null: something comes, or it is not said yet who calls. A landline is found when the call is saved with consent to texts. */
function whyNothing({ typed, isStopped, offersTexts }: NothingComesProps): keyof typeof words | null {
  const has = (name: string): boolean => (typed[name] ?? "").trim() !== "";
  if (typed.anonymous === "yes" || !["name", "nationalNumber", "phone", "email"].some(has)) return null;
  const agreed = typed.sms === "yes";
  const given = { email: has("email"), phone: has("phone"), agreed: agreed && !isStopped, mobile: true };
  const why = whyNothingComes({ ...given, offersTexts, contactBy: null });
  if (why === "notAgreed") return agreed ? "stopped" : why;
  return why === "noAddress" || why === "noTexts" ? why : null;
}

/** Said as soon as it is so: the place is there all the time, so that a screen reader hears what comes into it. */
export function NothingComes(props: NothingComesProps) {
  const { t } = useText();
  const why = whyNothing(props);
  return (
    <div role="status" id="call-nothing-comes">
      {why !== null && (
        <p className="call-nothing-comes">
          <strong>{t(words[why])}</strong> {t(why === "notAgreed" || why === "noAddress" ? words.ask : words.askEmail)}
        </p>
      )}
    </div>
  );
}
