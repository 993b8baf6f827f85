/**
 * Six digits that go to the number of an application, and that the caller reads out: they show that the number is theirs, so that text
 * messages to it may open the application; and they open what a look-up found where the caller has lost the code.
 */

import React, { useEffect, useRef, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import {
  Button,
  NoticeBox,
  Panel,
  ProblemBox,
  SendForm,
  send,
  TextField,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { CallerCaseView } from "./caller.page.js";

const words = {
  again: msg("contact-centre.proveNumber.again"),
  sent: msg("contact-centre.proveNumber.sent"),
  sentTo: pattern("contact-centre.proveNumber.sentTo"),
  digits: msg("contact-centre.proveNumber.digits"),
  linkSent: msg("contact-centre.proveNumber.linkSent"),
};

const fields = new Map([["digits", words.digits]]);

interface Sent {
  readonly to: string | null;
}

function ReadOutDigits(props: {
  readonly title: Bilingual;
  readonly lead: Bilingual;
  readonly take: Bilingual;
  readonly onSend: () => Promise<Sent>;
  readonly onDigits: (digits: string) => Promise<unknown>;
}) {
  const { title, lead, take, onSend, onDigits } = props;
  const { t } = useText();
  const [sent, setSent] = useState<Sent | null>(null);
  const [isDone, setDone] = useState(false);
  const [digits, setDigits] = useState("");
  const sending = useSending();
  const sendDigits = async () => {
    const gone = await onSend();
    setDigits("");
    setSent(gone);
  };
  const confirm = async () => {
    await onDigits(digits);
    setDone(true);
  };
  const box = useRef<HTMLDivElement>(null);
  // What was pressed is gone: on to the field, and then to what came of it.
  useEffect(() => {
    if (isDone) box.current?.focus();
    else if (sent !== null) box.current?.querySelector<HTMLElement>("input")?.focus();
  }, [sent, isDone]);
  return (
    <Panel title={title}>
      <div className="form" ref={box} tabIndex={-1}>
        <div role="status">
          {sent !== null && !isDone && (
            <NoticeBox>
              {sent.to === null ? t(words.sent) : t(words.sentTo, { to: `\u2066${sent.to}\u2069` })}
            </NoticeBox>
          )}
          {isDone && <NoticeBox tone="success">{t(msg("contact-centre.proveNumber.confirmed"))}</NoticeBox>}
        </div>
        {!isDone && (
          <SendForm className="form" sending={sending} onSend={sent === null ? sendDigits : confirm} fields={fields}>
            {sent === null && <p className="muted">{t(lead)}</p>}
            {sent !== null && (
              <TextField
                name="digits"
                label={words.digits}
                help={msg("contact-centre.proveNumber.digitsHelp")}
                inputMode="numeric"
                dir="ltr"
                value={digits}
                onChange={setDigits}
                fault={sending.faultAt("/digits")}
              />
            )}
            <div className="form-actions">
              <Button kind={sent === null ? undefined : "primary"} type="submit" busy={sending.busy}>
                {t(sent === null ? msg("contact-centre.proveNumber.send") : take)}
              </Button>
              {sent !== null && <Button onClick={() => void sending.run(sendDigits)}>{t(words.again)}</Button>}
            </div>
          </SendForm>
        )}
      </div>
    </Panel>
  );
}

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
  return (
    <ReadOutDigits
      title={msg("contact-centre.proveNumber.title")}
      lead={msg("contact-centre.proveNumber.lead")}
      take={msg("contact-centre.proveNumber.confirm")}
      onSend={() => send<Sent>("pages/caller", { do: "sendDigits", ...caller, call })}
      onDigits={async (digits) => {
        await send("pages/caller", { do: "confirmNumber", ...caller, call, digits });
        onConfirmed?.();
      }}
    />
  );
}

/** @param found what a look-up found, by its place in that call */
export function OpenByDigits({
  found,
  onOpened,
}: {
  found: { readonly token: string; readonly row: number };
  onOpened: (opened: CallerCaseView) => void;
}) {
  return (
    <ReadOutDigits
      title={msg("contact-centre.proveNumber.lost")}
      lead={msg("contact-centre.proveNumber.lostLead")}
      take={msg("contact-centre.proveNumber.openIt")}
      onSend={() => send<Sent>("pages/caller", { do: "sendDigits", found })}
      onDigits={async (digits) =>
        onOpened(await send<CallerCaseView>("pages/caller", { do: "openByDigits", found, digits }))
      }
    />
  );
}

/** What digits opened and what they did not; how the caller gets in without an agent. */
export function OpenedByDigits({
  caller,
  call,
}: {
  caller: Readonly<Record<"reference" | "code" | "said", string>>;
  call: number;
}) {
  const { t } = useText();
  const [isSent, setSent] = useState(false);
  const sending = useSending();
  const sendLink = async () => {
    await send("pages/caller", { do: "sendLink", ...caller, call });
    setSent(true);
  };
  return (
    <>
      <NoticeBox>
        <p>{t(msg("contact-centre.proveNumber.opened"))}</p>
        <p>{t(msg("contact-centre.proveNumber.getIn"))}</p>
      </NoticeBox>
      <ProblemBox problem={sending.problem} />
      <div role="status">{isSent && <NoticeBox tone="success">{t(words.linkSent)}</NoticeBox>}</div>
      <div className="form-actions">
        <Button busy={sending.busy} onClick={() => void sending.run(sendLink)}>
          {t(msg("contact-centre.proveNumber.sendLink"))}
        </Button>
      </div>
    </>
  );
}
