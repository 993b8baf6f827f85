/** Call-backs of a case: what the contact centre was asked and what came of it; who handles the case asks for one. */

import React, { useState } from "react";
import { callBackEnds, callBackReasons, callNoteMost } from "../../../engine/contact-centre/call-backs.js";
import type { CallBacksOfCase } from "../../../engine/contact-centre/case-call-backs.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Badge,
  Button,
  FormDialog,
  Moment,
  Panel,
  send,
  TextArea,
  toast,
  useText,
  useView,
  withQuery,
} from "../../../platform/ui/kit.js";

const words = {
  title: msg("cases-page.callBackPanel.title"),
  ask: msg("cases-page.callBackPanel.ask"),
  askTitle: msg("cases-page.callBackPanel.askTitle"),
  askWhat: msg("cases-page.callBackPanel.askWhat"),
  note: msg("cases-page.callBackPanel.note"),
  noteHelp: pattern("cases-page.callBackPanel.noteHelp"),
  asked: msg("cases-page.callBackPanel.asked"),
  due: msg("cases-page.callBackPanel.due"),
  tries: pattern("cases-page.callBackPanel.tries"),
};

const address = "pages/call-back-request";

function Ask({ reference, onClose, onAsked }: { reference: string; onClose: () => void; onAsked: () => void }) {
  const { t } = useText();
  const [note, setNote] = useState("");
  const ask = async () => {
    await send(address, { do: "ask", reference, note });
    toast(words.asked, "success");
    onAsked();
  };
  return (
    <FormDialog title={words.askTitle} action={words.ask} onClose={onClose} onSend={ask} fields={["note"]}>
      {(faultOf) => (
        <>
          <p>{t(words.askWhat)}</p>
          <TextArea
            name="note"
            label={words.note}
            help={t(words.noteHelp, { most: callNoteMost })}
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
export function CallBackPanel({ reference, onAsked }: { reference: string; onAsked: () => void }) {
  const { t } = useText();
  const { view, reload } = useView<CallBacksOfCase>(withQuery(address, { reference }));
  const [asking, setAsking] = useState(false);
  if (view === null || (!view.mayAsk && view.callBacks.length === 0)) return null;
  return (
    <Panel title={words.title}>
      <div className="stack-small">
        {view.callBacks.length > 0 && (
          <ul className="bullets">
            {view.callBacks.map(({ reason, createdAt, dueAt, tries, state, outcome, doneAt }) => (
              <li key={String(createdAt)}>
                {t(callBackReasons[reason].name)}:{" "}
                {state === "open" ? (
                  <>
                    {t(words.due)} <Moment at={String(dueAt)} />
                  </>
                ) : (
                  <>
                    <Badge tone={outcome === "reached" ? "done" : "neutral"}>
                      {outcome !== null && t(callBackEnds[outcome])}
                    </Badge>{" "}
                    <Moment at={String(doneAt)} />
                  </>
                )}{" "}
                <span className="muted small">{t(words.tries, { n: tries })}</span>
              </li>
            ))}
          </ul>
        )}
        {view.mayAsk && (
          <div>
            <Button small icon="phone" onClick={() => setAsking(true)}>
              {t(words.ask)}
            </Button>
          </div>
        )}
      </div>
      {asking && (
        <Ask
          reference={reference}
          onClose={() => setAsking(false)}
          onAsked={() => {
            setAsking(false);
            void reload();
            onAsked();
          }}
        />
      )}
    </Panel>
  );
}
