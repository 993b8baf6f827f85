/** What an agent says in a call-back: who it has to be, why they call, and what is read out. */

import React, { useEffect, useRef, useState } from "react";
import { directionOf } from "../../../engine/text/languages.js";
import { msg } from "../../../engine/text/msg.js";
import { type Bilingual, inLanguage, type Language } from "../../../engine/text/text.js";
import { Button, ProblemBox, send, useSending, useText } from "../../../platform/ui/kit.js";
import type { ReadOut } from "../calls/read-out-of.js";
import { ReadOutWords } from "../calls/read-out-words.js";
import type { ClaimedCallBack } from "./call-backs.service.js";

const hints = {
  wished: msg("contact-centre.callInHand.hintWished"),
  answer: msg("contact-centre.callInHand.hintAnswer"),
  caller: msg("contact-centre.callInHand.hintAsked"),
  official: msg("contact-centre.callInHand.hintOffice"),
} as const;

/** Who did not ask for the call does not hear that they did, and who put it off hears that this is the time they chose. */
function hintOf({ reason, asked, wishedAt }: ClaimedCallBack): Bilingual {
  if (reason === "answerNotDelivered") return hints.answer;
  if (asked?.by === "caller") return hints.caller;
  return wishedAt === null ? hints.official : hints.wished;
}

/** Who it is has to come from them. A survey shows no reference: with the number it would open the answer. */
const whoItIs = {
  nothing: msg("contact-centre.callScript.whoByNothing"),
} as const;

const whoOf = ({ name, reference }: ClaimedCallBack): Bilingual => {
  if (reference === null) return name === null ? whoItIs.nothing : msg("contact-centre.callScript.whoByNameAlone");
  return name === null ? msg("contact-centre.callScript.whoByReference") : msg("contact-centre.callScript.whoByName");
};

/** Said to the person, as all that is `Spoken`. */
const opening = msg("contact-centre.callScript.opening");

const address = "pages/call-backs";

/** A sentence to read aloud, whatever language the agent works in. */
export function Spoken({ say, language }: { say: Bilingual; language: Language }) {
  return (
    <p className="call-words" lang={language} dir={directionOf(language)}>
      {inLanguage(say, language)}
    </p>
  );
}

/** What is said of the case, once the person is on the line: each look is on record, so it is not shown before. */
function Reading({ id, language, onRead }: Pick<ClaimedCallBack, "id" | "language"> & { onRead: () => void }) {
  const { t } = useText();
  const [read, setRead] = useState<readonly ReadOut[] | null>(null);
  const sending = useSending();
  const text = useRef<HTMLDivElement>(null);
  // The button that had the focus is gone: what comes next is behind the text.
  useEffect(() => {
    if (read !== null) text.current?.focus();
  }, [read]);
  const show = async () => {
    setRead(await send<readonly ReadOut[]>(address, { do: "readOut", id }));
    onRead();
  };
  if (read === null) {
    return (
      <div className="stack-small">
        <ProblemBox problem={sending.problem} />
        <p className="small muted">{t(msg("contact-centre.callInHand.readOutHint"))}</p>
        <div>
          <Button icon="eye" busy={sending.busy} onClick={() => void sending.run(show)}>
            {t(msg("contact-centre.callInHand.readOut"))}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div ref={text} tabIndex={-1} className="call-read-out" role="status">
      <ReadOutWords words={read} language={language} />
    </div>
  );
}

/** @param a.onRead what may be read out was opened */
export function CallScript({ call, onRead }: { call: ClaimedCallBack; onRead: () => void }) {
  const { t } = useText();
  return (
    <section className="stack-small">
      <h3>{t(msg("contact-centre.callInHand.say"))}</h3>
      <Spoken say={opening} language={call.language} />
      <p>{t(whoOf(call))}</p>
      {call.script !== null ? (
        <Spoken say={call.script} language={call.language} />
      ) : (
        <>
          <p>{t(hintOf(call))}</p>
          <Reading id={call.id} language={call.language} onRead={onRead} />
        </>
      )}
    </section>
  );
}
