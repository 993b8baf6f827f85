/** Call-backs of a case: what the contact centre was asked and what came of it; who handles the case asks for one. */

import React, { useEffect, useState } from "react";
import { callBackEnds, callBackReasons, callNoteMost } from "../../../engine/contact-centre/call-backs.js";
import { type CallBacksOfCase, wrongNumberFound } from "../../../engine/contact-centre/case-call-backs.js";
import { formatMoment } from "../../../engine/formatting/moments.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { type Bilingual, perLanguage } from "../../../engine/text/text.js";
import {
  Badge,
  Bidi,
  Button,
  FormDialog,
  Moment,
  NoticeBox,
  Panel,
  send,
  TextArea,
  toast,
  useAddress,
  useText,
} from "../../../platform/ui/kit.js";
import { askCallQuery } from "./case-address.js";

const words = {
  ask: msg("cases-page.callBackPanel.ask"),
  askTitle: msg("cases-page.callBackPanel.askTitle"),
};

const address = "pages/call-back-request";

/** With weekday and year, as the applicant reads it too. */
const dayOf = (at: Date | string, timeZone: string): Bilingual =>
  perLanguage((language) => formatMoment(new Date(at), language, timeZone));

/** What calls there were and come, the newest first. */
function Calls({ callBacks, timeZone }: { callBacks: CallBacksOfCase["callBacks"]; timeZone: string }) {
  const { t } = useText();
  return (
    <ul className="bullets">
      {callBacks.map(({ reason, createdAt, readyAt, dueAt, wishedAt, tries, state, outcome, doneAt }) => (
        <li key={String(createdAt)}>
          {t(callBackReasons[reason].name)}:{" "}
          {state === "open" ? (
            <>
              {wishedAt !== null && (
                <>
                  {t(msg("cases-page.callBackPanel.from"))} <Bidi>{t(dayOf(readyAt, timeZone))}</Bidi>{" "}
                </>
              )}
              {t(msg("cases-page.callBackPanel.due"))} <Bidi>{t(dayOf(dueAt, timeZone))}</Bidi>
            </>
          ) : (
            <>
              <Badge tone={outcome === "reached" ? "done" : "neutral"}>
                {outcome !== null && t(callBackEnds[outcome])}
              </Badge>{" "}
              <Moment at={String(doneAt)} />
            </>
          )}{" "}
          <span className="muted small">{t(pattern("cases-page.callBackPanel.tries"), { n: tries })}</span>
        </li>
      ))}
    </ul>
  );
}

interface Asking {
  readonly reference: string;
  readonly view: CallBacksOfCase;
  readonly dueAt: Date;
  readonly timeZone: string;
  readonly onClose: () => void;
  readonly onAsked: () => void;
}

function Ask({ reference, view, dueAt, timeZone, onClose, onAsked }: Asking) {
  const { t } = useText();
  const [note, setNote] = useState("");
  const ask = async () => {
    const asked = await send<{ readonly dueAt: string }>(address, { do: "ask", reference, note });
    toast(t(pattern("cases-page.callBackPanel.asked"), { at: t(dayOf(asked.dueAt, timeZone)) }), "success");
    onAsked();
  };
  return (
    <FormDialog title={words.askTitle} action={words.ask} onClose={onClose} onSend={ask} fields={["note"]}>
      {(faultOf) => (
        <>
          <p>{t(msg("cases-page.callBackPanel.askWhat"))}</p>
          {view.callBacks.length > 0 && (
            <>
              <p>{t(msg("cases-page.callBackPanel.before"))}</p>
              <Calls callBacks={view.callBacks} timeZone={timeZone} />
            </>
          )}
          <p>{t(pattern("cases-page.callBackPanel.by"), { at: t(dayOf(dueAt, timeZone)) })}</p>
          <TextArea
            name="note"
            label={msg("cases-page.callBackPanel.note")}
            help={t(pattern("cases-page.callBackPanel.noteHelp"), { most: callNoteMost })}
            rows={3}
            value={note}
            onChange={setNote}
            fault={faultOf("note")}
          />
        </>
      )}
    </FormDialog>
  );
}

/** Nothing where there is nothing to show and nothing to ask. */
export function CallBackPanel(a: { reference: string; view: CallBacksOfCase; timeZone: string; onAsked: () => void }) {
  const { reference, view, timeZone, onAsked } = a;
  const { t } = useText();
  const [query, setQuery] = useAddress();
  const [isAsking, setAsking] = useState(false);
  const isAsked = query[askCallQuery] !== undefined;
  const mayAsk = view.asking !== null;
  // The news of a message that reached nobody leads here.
  useEffect(() => {
    if (!isAsked) return;
    // Also where they may not: it would open by itself once they may.
    if (mayAsk) setAsking(true);
    setQuery({ [askCallQuery]: null });
  }, [isAsked, mayAsk, setQuery]);
  if (!mayAsk && view.callBacks.length === 0) return null;
  return (
    <Panel title={msg("cases-page.callBackPanel.title")}>
      <div className="stack-small">
        {view.callBacks.length > 0 && <Calls callBacks={view.callBacks} timeZone={timeZone} />}
        {view.wrongNumber && (
          <NoticeBox tone="warning">
            <p>{t(wrongNumberFound)}</p>
          </NoticeBox>
        )}
        {view.asking !== null && (
          <div>
            <Button small icon="phone" onClick={() => setAsking(true)}>
              {t(words.ask)}
            </Button>
          </div>
        )}
      </div>
      {isAsking && view.asking !== null && (
        <Ask
          reference={reference}
          view={view}
          dueAt={view.asking.dueAt}
          timeZone={timeZone}
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false);
            onAsked();
          }}
        />
      )}
    </Panel>
  );
}
