/** Sweeps of deadlines that hold: what they would do, why perhaps, and letting them go on with a reason. */

import React, { useState } from "react";
import type { HeldSweepView } from "../../engine/lifecycle/held-sweep.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
import { Bidi, Button, Facts, FormDialog, Moment, Panel, send, TextArea, useText } from "../../platform/ui/kit.js";

const words = {
  over: pattern("operations.heldSweeps.over"),
  wouldWords: pattern("operations.heldSweeps.wouldWords"),
  release: msg("operations.heldSweeps.release"),
};

function ReleaseDialog({ held, onClose, onDone }: { held: HeldSweepView; onClose(): void; onDone(): void }) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  const { id, asOf, cases, letters, programme } = held;
  return (
    <FormDialog
      title={msg("operations.heldSweeps.sure", { programme: programme.name })}
      action={words.release}
      kind="danger"
      fields={["reason"]}
      onClose={onClose}
      onSend={async () => {
        await send("pages/health", { do: "release", id, asOf, reason });
        onDone();
      }}
    >
      {(faultOf) => (
        <>
          <p>{t(pattern("operations.heldSweeps.effect"), { cases: cases, letters: letters })}</p>
          <TextArea
            name="reason"
            label={msg("operations.heldSweeps.whyItMayGoOn")}
            help={msg("operations.heldSweeps.reasonHelp")}
            fault={faultOf("reason") ?? null}
            rows={3}
            value={reason}
            onChange={setReason}
          />
        </>
      )}
    </FormDialog>
  );
}

function HeldSweep({ held, onDone }: { held: HeldSweepView; onDone(): void }) {
  const { t } = useText();
  const [asked, setAsked] = useState(false);
  const { programme, released } = held;
  const title = released === null ? pattern("operations.heldSweeps.theSweepOfDeadlinesHolds") : words.over;
  return (
    <Panel
      title={filled(title, { programme: programme.name })}
      tone={released === null ? "late" : "waiting"}
      actions={
        held.mayRelease && (
          <Button kind="danger" onClick={() => setAsked(true)}>
            {t(words.release)}
          </Button>
        )
      }
    >
      <div className="stack-small">
        <p>{t(released === null ? msg("operations.heldSweeps.lead") : msg("operations.heldSweeps.goesOn"))}</p>
        <Facts
          rows={[
            { label: msg("operations.heldSweeps.since"), value: <Moment at={held.since} whole /> },
            {
              label: msg("operations.heldSweeps.cases"),
              value:
                held.cases === 0
                  ? t(msg("operations.heldSweeps.secretWords"))
                  : t(pattern("operations.heldSweeps.casesWords"), {
                      cases: held.cases,
                      open: held.openCases,
                      most: held.most,
                    }),
            },
            {
              label: msg("operations.heldSweeps.would"),
              value: t(words.wouldWords, { letters: held.letters, escalated: held.escalated }),
            },
            { label: msg("operations.heldSweeps.oldest"), value: <Moment at={held.oldestDueAt} whole /> },
            { label: msg("operations.heldSweeps.took"), value: <Moment at={held.asOf} whole /> },
            { label: msg("operations.heldSweeps.database"), value: <Moment at={held.databaseAt} whole /> },
            ...(released === null
              ? []
              : [
                  {
                    label: msg("operations.heldSweeps.released"),
                    value: (
                      <>
                        <Moment at={released.at} whole /> · <Bidi>{released.by}</Bidi> · <Bidi>{released.reason}</Bidi>
                      </>
                    ),
                  },
                ]),
          ]}
        />
        {released === null && (
          <>
            <h3>{t(msg("operations.heldSweeps.causes"))}</h3>
            <ul className="bullets">
              <li>{t(msg("operations.heldSweeps.clock"))}</li>
              <li>{t(msg("operations.heldSweeps.jobs"))}</li>
              <li>{t(msg("operations.heldSweeps.policy"))}</li>
              <li>{t(msg("operations.heldSweeps.imported"))}</li>
            </ul>
          </>
        )}
      </div>
      {asked && (
        <ReleaseDialog
          held={held}
          onClose={() => setAsked(false)}
          onDone={() => {
            setAsked(false);
            onDone();
          }}
        />
      )}
    </Panel>
  );
}

export function HeldSweeps({ held, onDone }: { held: readonly HeldSweepView[]; onDone(): void }) {
  return (
    <>
      {held.map((one) => (
        <HeldSweep key={one.id} held={one} onDone={onDone} />
      ))}
    </>
  );
}
