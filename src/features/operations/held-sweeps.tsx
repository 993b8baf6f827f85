/** Sweeps of deadlines that hold: what they would do, why perhaps, and letting them go on with a reason. */

import React, { useState } from "react";
import type { HeldSweepView } from "../../engine/lifecycle/held-sweep.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
import { Bidi, Button, Facts, FormDialog, Moment, Panel, send, TextArea, useText } from "../../platform/ui/kit.js";

const words = {
  title: pattern("operations.heldSweeps.theSweepOfDeadlinesHolds"),
  over: pattern("operations.heldSweeps.over"),
  lead: msg("operations.heldSweeps.lead"),
  since: msg("operations.heldSweeps.since"),
  cases: msg("operations.heldSweeps.cases"),
  casesWords: pattern("operations.heldSweeps.casesWords"),
  secretWords: msg("operations.heldSweeps.secretWords"),
  would: msg("operations.heldSweeps.would"),
  wouldWords: pattern("operations.heldSweeps.wouldWords"),
  oldest: msg("operations.heldSweeps.oldest"),
  took: msg("operations.heldSweeps.took"),
  database: msg("operations.heldSweeps.database"),
  causes: msg("operations.heldSweeps.causes"),
  clock: msg("operations.heldSweeps.clock"),
  jobs: msg("operations.heldSweeps.jobs"),
  policy: msg("operations.heldSweeps.policy"),
  imported: msg("operations.heldSweeps.imported"),
  released: msg("operations.heldSweeps.released"),
  goesOn: msg("operations.heldSweeps.goesOn"),
  release: msg("operations.heldSweeps.release"),
  sure: pattern("operations.heldSweeps.sure"),
  effect: pattern("operations.heldSweeps.effect"),
  reason: msg("operations.heldSweeps.whyItMayGoOn"),
  reasonHelp: msg("operations.heldSweeps.reasonHelp"),
};

function ReleaseDialog({ held, onClose, onDone }: { held: HeldSweepView; onClose(): void; onDone(): void }) {
  const { t } = useText();
  const [reason, setReason] = useState("");
  const { id, asOf, cases, letters, programme } = held;
  return (
    <FormDialog
      title={filled(words.sure, { programme: programme.name })}
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
          <p>{t(words.effect, { cases: cases, letters: letters })}</p>
          <TextArea
            name="reason"
            label={words.reason}
            help={words.reasonHelp}
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
  const title = released === null ? words.title : words.over;
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
        <p>{t(released === null ? words.lead : words.goesOn)}</p>
        <Facts
          rows={[
            { label: words.since, value: <Moment at={held.since} whole /> },
            {
              label: words.cases,
              value:
                held.cases === 0
                  ? t(words.secretWords)
                  : t(words.casesWords, {
                      cases: held.cases,
                      open: held.openCases,
                      most: held.most,
                    }),
            },
            {
              label: words.would,
              value: t(words.wouldWords, { letters: held.letters, escalated: held.escalated }),
            },
            { label: words.oldest, value: <Moment at={held.oldestDueAt} whole /> },
            { label: words.took, value: <Moment at={held.asOf} whole /> },
            { label: words.database, value: <Moment at={held.databaseAt} whole /> },
            ...(released === null
              ? []
              : [
                  {
                    label: words.released,
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
            <h3>{t(words.causes)}</h3>
            <ul className="bullets">
              <li>{t(words.clock)}</li>
              <li>{t(words.jobs)}</li>
              <li>{t(words.policy)}</li>
              <li>{t(words.imported)}</li>
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
