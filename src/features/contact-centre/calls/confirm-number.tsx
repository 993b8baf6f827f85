/** During a call about an application that is there: the number is shown to be the caller's, so that text messages to it may open the application. */

import React, { useEffect, useRef, useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, NoticeBox, Panel, SendForm, send, TextField, useSending, useText } from "../../../platform/ui/kit.js";

const words = {
  title: msg("contact-centre.proveNumber.title"),
  lead: msg("contact-centre.proveNumber.lead"),
  send: msg("contact-centre.proveNumber.send"),
  again: msg("contact-centre.proveNumber.again"),
  sent: msg("contact-centre.proveNumber.sent"),
  digits: msg("contact-centre.proveNumber.digits"),
  digitsHelp: msg("contact-centre.proveNumber.digitsHelp"),
  confirm: msg("contact-centre.proveNumber.confirm"),
  confirmed: msg("contact-centre.proveNumber.confirmed"),
};

const fields = new Map([["digits", words.digits]]);

/** @param caller what opened the case: reference, code, what else the caller said; they are recognised by it anew */
export function ConfirmNumber({
  caller,
  call,
  onConfirmed,
}: {
  caller: Readonly<Record<"reference" | "code" | "said", string>>;
  call: number;
  onConfirmed?: () => void;
}) {
  const { t } = useText();
  const [step, setStep] = useState<"offered" | "sent" | "confirmed">("offered");
  const [digits, setDigits] = useState("");
  const sending = useSending();
  const sendDigits = async () => {
    await send("pages/caller", { do: "sendDigits", ...caller, call });
    setDigits("");
    setStep("sent");
  };
  const confirm = async () => {
    await send("pages/caller", { do: "confirmNumber", ...caller, call, digits });
    setStep("confirmed");
    onConfirmed?.();
  };
  const box = useRef<HTMLDivElement>(null);
  // What was pressed is gone: on to the field, and then to what came of it.
  useEffect(() => {
    if (step === "sent") box.current?.querySelector<HTMLElement>("input")?.focus();
    if (step === "confirmed") box.current?.focus();
  }, [step]);
  return (
    <Panel title={words.title}>
      <div className="form" ref={box} tabIndex={-1}>
        <div role="status">
          {step === "sent" && <NoticeBox>{t(words.sent)}</NoticeBox>}
          {step === "confirmed" && <NoticeBox tone="success">{t(words.confirmed)}</NoticeBox>}
        </div>
        {step !== "confirmed" && (
          <SendForm className="form" sending={sending} onSend={step === "sent" ? confirm : sendDigits} fields={fields}>
            {step === "offered" && <p className="muted">{t(words.lead)}</p>}
            {step === "sent" && (
              <TextField
                name="digits"
                label={words.digits}
                help={words.digitsHelp}
                inputMode="numeric"
                dir="ltr"
                value={digits}
                onChange={setDigits}
                fault={sending.faultAt("/digits")}
              />
            )}
            <div className="form-actions">
              <Button kind={step === "sent" ? "primary" : undefined} type="submit" busy={sending.busy}>
                {t(step === "sent" ? words.confirm : words.send)}
              </Button>
              {step === "sent" && <Button onClick={() => void sending.run(sendDigits)}>{t(words.again)}</Button>}
            </div>
          </SendForm>
        )}
      </div>
    </Panel>
  );
}
