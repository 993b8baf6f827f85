/** What one sees of a case on trial: where it stands, what can be done, the form of an action, what happened. */

import React, { useState } from "react";
import type { WalkView } from "../../../engine/lifecycle/views/walk-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, Facts, faultAt, Moment, type ProblemBody, ProblemBox, useText } from "../../../platform/ui/kit.js";
import { ActionField } from "./action-form.js";
import { useNames } from "./use-names.js";
import type { WorkflowView } from "./workflow-model.js";
import { performerWords } from "./workflow-words.js";

const words = {
  pillar: msg("policy-workflow.walkPieces.pillar"),
  importance: msg("policy-workflow.walkPieces.importance"),
  confidential: msg("policy-workflow.walkPieces.confidential"),
  yes: msg("policy-workflow.walkPieces.yes"),
  no: msg("policy-workflow.walkPieces.no"),
  able: pattern("policy-workflow.walkPieces.able"),
  nobody: msg("policy-workflow.walkPieces.nobody"),
  targets: {
    acknowledgement: msg("policy-workflow.walkPieces.targetsAcknowledgement"),
    firstResponse: msg("policy-workflow.walkPieces.targetsFirstResponse"),
    resolution: msg("policy-workflow.walkPieces.targetsResolution"),
  },
  clocks: {
    running: msg("policy-workflow.walkPieces.clocksRunning"),
    paused: msg("policy-workflow.walkPieces.clocksPaused"),
    met: msg("policy-workflow.walkPieces.clocksMet"),
    late: msg("policy-workflow.walkPieces.clocksLate"),
    cancelled: msg("policy-workflow.walkPieces.clocksCancelled"),
  },
};

export type Offered = WalkView["actions"][number];

export function ActForm({
  offered,
  problem,
  onDo,
  onClose,
}: {
  offered: Offered;
  problem: ProblemBody | null;
  onDo: (fields: Readonly<Record<string, string>>) => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const [fields, setFields] = useState<Readonly<Record<string, string>>>({});
  return (
    <form
      noValidate
      className="stack flow-preview"
      onSubmit={(event) => {
        event.preventDefault();
        onDo(fields);
      }}
    >
      <h3>{t(offered.name)}</h3>
      <ProblemBox problem={problem} />
      {offered.fields.map((field) => (
        <ActionField
          key={field.name}
          field={{
            code: field.name,
            name: field.label,
            type: field.type,
            required: field.required,
            maxLength: field.maxLength,
          }}
          choices={field.type === "colleagues" ? null : field.choices}
          fault={faultAt(problem, `/fields/${field.name}`) ?? null}
          value={fields[field.name] ?? ""}
          onChange={(value) => setFields({ ...fields, [field.name]: value })}
        />
      ))}
      <div className="form-actions">
        <Button type="submit" kind="primary">
          {t(msg("policy-workflow.walkPieces.do"))}
        </Button>
        <Button onClick={onClose}>{t(msg("policy-workflow.walkPieces.cancel"))}</Button>
      </div>
    </form>
  );
}

export function Stands({ view, workflow }: { view: WalkView; workflow: WorkflowView }) {
  const { t, list } = useText();
  const { stateName } = useNames(workflow);
  return (
    <Facts
      rows={[
        { label: msg("policy-workflow.walkPieces.state"), value: <strong>{t(stateName(view.state))}</strong> },
        { label: msg("policy-workflow.walkPieces.entity"), value: view.entity === null ? null : t(view.entity) },
        { label: words.pillar, value: view.pillar === null ? null : t(view.pillar) },
        { label: words.importance, value: view.importance === null ? null : t(view.importance) },
        { label: words.confidential, value: t(view.confidential ? words.yes : words.no) },
        ...(view.lists.length === 0
          ? []
          : [{ label: msg("policy-workflow.walkPieces.lists"), value: list(view.lists.map((name) => t(name))) }]),
        { label: msg("policy-workflow.walkPieces.now"), value: <Moment at={view.now} /> },
        { label: msg("policy-workflow.walkPieces.next"), value: view.next === null ? null : <Moment at={view.next} /> },
        ...view.clocks.map(({ target, state, dueAt }) => ({
          label: words.targets[target],
          value: (
            <>
              {t(words.clocks[state])} {(state === "running" || state === "late") && <Moment at={dueAt} />}
            </>
          ),
        })),
      ]}
    />
  );
}

export function Happened({ view }: { view: WalkView }) {
  const { t } = useText();
  return (
    <>
      <section>
        <h3>{t(msg("policy-workflow.walkPieces.happened"))}</h3>
        <ol className="bullets">
          {view.timeline
            .filter(({ folded }) => !folded)
            .map(({ seq, what, who, text }) => (
              <li key={seq}>
                <bdi>{t(who)}</bdi>: {t(what)} {text !== null && <q dir="auto">{text}</q>}
              </li>
            ))}
        </ol>
      </section>
      {view.letters.length > 0 && (
        <section>
          <h3>{t(msg("policy-workflow.walkPieces.letters"))}</h3>
          <ul className="bullets">
            {view.letters.map(({ seq, name, to }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: letters are only ever added.
              <li key={`${seq}/${i}`}>{t(pattern("policy-workflow.walkPieces.to"), { name: t(name), to: t(to) })}</li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

export function Acts({ view, onChoose }: { view: WalkView; onChoose: (offered: Offered) => void }) {
  const { t } = useText();
  const [can, cannot] = [view.actions.filter(({ allowed }) => allowed), view.actions.filter(({ allowed }) => !allowed)];
  const names = view.able.map((one) => t(performerWords(one))).join(t(msg("policy-workflow.walkPieces.comma")));
  return (
    <>
      <h3>{t(msg("policy-workflow.walkPieces.can"))}</h3>
      {can.length === 0 && <p className="muted">{t(msg("policy-workflow.walkPieces.nothing"))}</p>}
      <div className="row-acts">
        {can.map((offered) => (
          <Button key={offered.action} small onClick={() => onChoose(offered)}>
            {t(offered.name)}
          </Button>
        ))}
      </div>
      <p className="muted">{view.able.length === 0 ? t(words.nobody) : t(words.able, { names })}</p>
      {cannot.length > 0 && (
        <details>
          <summary>{t(msg("policy-workflow.walkPieces.cannot"))}</summary>
          <ul className="bullets">
            {cannot.map(({ action, name, reason }) => (
              <li key={action}>
                <strong>{t(name)}</strong>: {t(reason)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
