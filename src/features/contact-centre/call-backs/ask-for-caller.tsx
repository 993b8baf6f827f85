/** A caller whose application is open wants to be called back: when they like, or as soon as may be; at another time; or no more. */

import React, { useEffect, useRef, useState } from "react";
import { callBackReasons, callNoteMost } from "../../../engine/contact-centre/call-backs.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, listed } from "../../../engine/text/text.js";
import {
  Button,
  fieldId,
  MomentField,
  NoticeBox,
  Panel,
  SendForm,
  send,
  TextArea,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { CallerCaseView } from "../calls/caller.page.js";
import { SaidWords } from "../calls/read-out-words.js";
import type { AskedCallBack } from "./asked-call.js";
import { CallForeseen } from "./call-foreseen.js";

const words = {
  titleOpen: msg("contact-centre.askForCaller.titleOpen"),
  at: msg("contact-centre.askForCaller.at"),
  note: msg("contact-centre.askForCaller.note"),
  change: msg("contact-centre.askForCaller.change"),
  moved: msg("contact-centre.askForCaller.moved"),
  noNumber: msg("contact-centre.askForCaller.noNumber"),
};

const fields = new Map([
  ["at", words.at],
  ["note", words.note],
]);
const address = "pages/call-backs";

interface Done {
  readonly panel: Bilingual;
  readonly title: Bilingual;
  /** Read out to the caller. */
  readonly say: readonly Bilingual[];
}

/**
 * @param caller what opened the case: reference, code, what else the caller said; they are recognised by it anew
 * @param onDone what is read out of the case has to be read anew
 */
export function AskForCaller({
  caller,
  found,
  onDone,
}: {
  caller: Readonly<Record<"reference" | "code" | "said", string>>;
  found: CallerCaseView;
  onDone: () => void;
}) {
  const { t } = useText();
  const { call, programme, language, callBacks, wishedAt, soon, wrongNumber, noNumber } = found;
  const cannot = wrongNumber || noNumber;
  const [at, setAt] = useState(wishedAt === null ? null : String(wishedAt));
  const [note, setNote] = useState("");
  const [done, setDone] = useState<Done | null>(null);
  const sending = useSending();
  const told = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone.
  useEffect(() => {
    if (done !== null) told.current?.focus();
  }, [done]);
  const isAsked = callBacks.includes("callerAsked");
  const ask = async () => {
    const { say } = await send<AskedCallBack>(address, { do: "askForCaller", ...caller, call, at, note });
    setDone({ panel: words.titleOpen, title: isAsked ? words.moved : msg("contact-centre.askForCaller.asked"), say });
    onDone();
  };
  const end = async () => {
    await send(address, { do: "endForCaller", ...caller, call });
    setDone({ panel: words.titleOpen, title: msg("contact-centre.askForCaller.ended"), say: [] });
    onDone();
  };
  /** In the same call: they thought of another time. */
  const again = () => {
    setAt(wishedAt === null ? null : String(wishedAt));
    setNote("");
    setDone(null);
    requestAnimationFrame(() => document.getElementById(fieldId("at"))?.focus());
  };
  const why = listed(callBacks.map((reason) => callBackReasons[reason].name));
  return (
    <Panel title={done?.panel ?? (callBacks.length > 0 ? words.titleOpen : msg("contact-centre.askForCaller.title"))}>
      {done !== null ? (
        <div role="status" className="form" ref={told} tabIndex={-1}>
          <NoticeBox tone="success" title={done.title}>
            {done.say.length > 0 && <SaidWords say={done.say} language={language} />}
          </NoticeBox>
          {isAsked && (
            <div className="form-actions">
              <Button onClick={again}>{t(words.change)}</Button>
            </div>
          )}
        </div>
      ) : (
        <SendForm className="form" sending={sending} onSend={ask} fields={fields}>
          {callBacks.length > 0 && <p>{t(pattern("contact-centre.askForCaller.open"), { why: t(why) })}</p>}
          {cannot ? (
            <NoticeBox tone="warning">
              <p>{t(wrongNumber ? msg("contact-centre.askForCaller.wrongNumber") : words.noNumber)}</p>
              {wrongNumber && found.number === "open" && <p>{t(msg("contact-centre.askForCaller.confirmFirst"))}</p>}
            </NoticeBox>
          ) : (
            <>
              <MomentField
                name="at"
                label={words.at}
                help={msg("contact-centre.askForCaller.atHelp")}
                value={at}
                onChange={setAt}
                fault={sending.faultAt("/at")}
              />
              <CallForeseen {...{ programme, language, at, soon }} isChange={isAsked} />
              <TextArea
                name="note"
                label={words.note}
                help={t(pattern("contact-centre.callInHand.notesHelp"), { most: callNoteMost })}
                rows={2}
                value={note}
                onChange={setNote}
                fault={sending.faultAt("/note")}
              />
            </>
          )}
          {(!cannot || callBacks.length > 0) && (
            <div className="form-actions">
              {!cannot && (
                <Button icon="phone" type="submit" busy={sending.busy}>
                  {t(isAsked ? words.change : msg("contact-centre.askForCaller.ask"))}
                </Button>
              )}
              {callBacks.length > 0 && (
                <Button busy={sending.busy} onClick={() => void sending.run(end)}>
                  {t(msg("contact-centre.askForCaller.end"))}
                </Button>
              )}
            </div>
          )}
        </SendForm>
      )}
    </Panel>
  );
}
