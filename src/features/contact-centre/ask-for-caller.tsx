/** A caller whose application is open wants to be called back: when they like, or as soon as may be. */

import React, { useState } from "react";
import { callNoteMost } from "../../engine/contact-centre/call-backs.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Button,
  MomentField,
  NoticeBox,
  Panel,
  SendForm,
  send,
  TextArea,
  useSending,
  useText,
} from "../../platform/ui/kit.js";
import type { AskedCallBack } from "./ask-call-back.js";
import { CallForeseen } from "./call-foreseen.js";

const words = {
  title: msg("contact-centre.askForCaller.title"),
  at: msg("contact-centre.askForCaller.at"),
  atHelp: msg("contact-centre.askForCaller.atHelp"),
  note: msg("contact-centre.askForCaller.note"),
  noteHelp: pattern("contact-centre.callInHand.notesHelp"),
  ask: msg("contact-centre.askForCaller.ask"),
  asked: msg("contact-centre.askForCaller.asked"),
};

const fields = new Map([
  ["at", words.at],
  ["note", words.note],
]);

/** @param caller what opened the case: reference, code, what else the caller said; they are recognised by it anew */
export function AskForCaller({
  caller,
  call,
  programme,
}: {
  caller: Readonly<Record<"reference" | "code" | "said", string>>;
  call: number;
  programme: string;
}) {
  const { t } = useText();
  const [at, setAt] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const [asked, setAsked] = useState<AskedCallBack | null>(null);
  const sending = useSending();
  const ask = async () =>
    setAsked(await send<AskedCallBack>("pages/call-backs", { do: "askForCaller", ...caller, call, at, note }));
  return (
    <Panel title={words.title}>
      {asked !== null ? (
        <div role="status">
          <NoticeBox tone="success" title={words.asked}>
            <p>{asked.say.map((one) => t(one)).join(" ")}</p>
          </NoticeBox>
        </div>
      ) : (
        <SendForm className="form" sending={sending} onSend={ask} fields={fields}>
          <MomentField
            name="at"
            label={words.at}
            help={words.atHelp}
            value={at}
            onChange={setAt}
            fault={sending.faultAt("/at")}
          />
          <CallForeseen programme={programme} at={at} />
          <TextArea
            name="note"
            label={words.note}
            help={t(words.noteHelp, { most: callNoteMost })}
            rows={2}
            value={note}
            onChange={setNote}
            fault={sending.faultAt("/note")}
          />
          <div className="form-actions">
            <Button icon="phone" type="submit" busy={sending.busy}>
              {t(words.ask)}
            </Button>
          </div>
        </SendForm>
      )}
    </Panel>
  );
}
