/** One instruction: its words and its paper, who has acknowledged it, and what one may do about it. */

import React, { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import type { InstructionView } from "../../engine/setup/instruction-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  adminRoot,
  Bidi,
  Button,
  Confirm,
  Facts,
  LinkButton,
  NoticeBox,
  Page,
  Panel,
  send,
  toast,
  useText,
} from "../../platform/ui/kit.js";
import { AddressedEntities } from "./addressed-entities.js";
import { InstructionFile } from "./instruction-file.js";
import { instructionAddress, StateOfInstruction } from "./instruction-words.js";

const words = {
  register: msg("instructions.openedInstruction.register"),
  numbered: pattern("instructions.openedInstruction.numbered"),
  facts: msg("instructions.openedInstruction.facts"),
  number: msg("instructions.openedInstruction.number"),
  issuedOn: msg("instructions.openedInstruction.issuedOn"),
  inForceFrom: msg("instructions.openedInstruction.inForceFrom"),
  to: msg("instructions.openedInstruction.to"),
  all: msg("instructions.openedInstruction.all"),
  replaces: msg("instructions.openedInstruction.replaces"),
  replacedBy: msg("instructions.openedInstruction.replacedBy"),
  citedBy: msg("instructions.openedInstruction.citedBy"),
  text: msg("instructions.openedInstruction.text"),
  edit: msg("instructions.openedInstruction.edit"),
  record: msg("instructions.openedInstruction.record"),
  issue: msg("instructions.openedInstruction.issue"),
  issueTitle: msg("instructions.openedInstruction.issueTitle"),
  issueHint: msg("instructions.openedInstruction.issueHint"),
  issued: msg("instructions.openedInstruction.issued"),
  waits: msg("instructions.openedInstruction.waits"),
  acknowledge: pattern("instructions.openedInstruction.acknowledge"),
  acknowledgeTitle: msg("instructions.openedInstruction.acknowledgeTitle"),
  acknowledgeHint: pattern("instructions.openedInstruction.acknowledgeHint"),
  acknowledged: msg("instructions.openedInstruction.acknowledged"),
};

type Asking =
  | { readonly act: "issue" }
  | { readonly act: "acknowledge"; readonly entity: InstructionView["mine"][number] };

function Brief({ one, programme }: { one: NonNullable<InstructionView["replaces"]>; programme: string }) {
  const { t } = useText();
  return (
    <Link to={instructionAddress({ programme, code: one.code })}>
      <Bidi>{one.number}</Bidi> · <Bidi>{t(one.title)}</Bidi>
    </Link>
  );
}

function Details({ view }: { view: InstructionView }) {
  const { t, date } = useText();
  const { programme, replaces, replacedBy, addressed, citedBy } = view;
  const to: ReactNode =
    addressed.length === 0
      ? t(words.all)
      : addressed.map(({ name }) => t(name)).join(t(msg("instructions.openedInstruction.text2")));
  return (
    <Panel title={words.facts}>
      <Facts
        rows={[
          { label: words.number, value: <Bidi>{view.number}</Bidi> },
          { label: words.issuedOn, value: date(view.issuedOn) },
          { label: words.inForceFrom, value: date(view.inForceFrom) },
          { label: words.to, value: to },
          replaces && { label: words.replaces, value: <Brief one={replaces} programme={programme} /> },
          replacedBy && { label: words.replacedBy, value: <Brief one={replacedBy} programme={programme} /> },
          citedBy.length > 0 && {
            label: words.citedBy,
            value: (
              <ul className="bullets">
                {citedBy.map(({ words: its, link }) => (
                  <li key={link + its.en}>
                    <Link to={link}>{t(its)}</Link>
                  </li>
                ))}
              </ul>
            ),
          },
        ]}
      />
    </Panel>
  );
}

function Asked({
  view,
  asking,
  onDone,
  onClose,
}: {
  view: InstructionView;
  asking: Asking;
  onDone: () => void;
  onClose: () => void;
}) {
  const { t } = useText();
  const { programme, code } = view;
  const issue = asking.act === "issue";
  const confirm = async () => {
    const about = issue ? {} : { entity: asking.entity.code };
    await send("pages/instructions", { do: asking.act, programme, code, ...about });
    toast(issue ? words.issued : words.acknowledged);
    onDone();
  };
  return (
    <Confirm
      title={issue ? words.issueTitle : words.acknowledgeTitle}
      action={issue ? words.issue : msg("instructions.openedInstruction.acknowledge2")}
      onClose={onClose}
      onConfirm={confirm}
    >
      <p>{issue ? t(words.issueHint) : t(words.acknowledgeHint, { entity: t(asking.entity.name) })}</p>
    </Confirm>
  );
}

function Actions({ view, onIssue }: { view: InstructionView; onIssue: () => void }) {
  const { t } = useText();
  if (view.record === null) return null;
  const record = `${adminRoot}/resources/instruction-texts/records/${view.record}`;
  if (!view.mayEdit || view.state !== "draft") {
    return (
      <LinkButton icon="clock" to={`${record}/show`}>
        {t(words.record)}
      </LinkButton>
    );
  }
  return (
    <>
      <LinkButton icon="edit" to={`${record}/edit`}>
        {t(words.edit)}
      </LinkButton>
      <Button kind="primary" icon="send" onClick={onIssue}>
        {t(words.issue)}
      </Button>
    </>
  );
}

export function OpenedInstruction({ view, onChanged }: { view: InstructionView; onChanged: () => void }) {
  const { t } = useText();
  const [asking, setAsking] = useState<Asking | null>(null);
  const { number, state, mine, text } = view;
  return (
    <Page
      title={view.title}
      heading={<Bidi>{t(view.title)}</Bidi>}
      back={{ to: `${adminRoot}/pages/instructions?programme=${view.programme}`, label: words.register }}
      lead={
        <span className="instruction-lead">
          <StateOfInstruction state={state} /> {t(words.numbered, { number })}
        </span>
      }
      actions={<Actions view={view} onIssue={() => setAsking({ act: "issue" })} />}
    >
      {mine.length > 0 && (
        <NoticeBox
          tone="warning"
          title={words.waits}
          actions={mine.map((entity) => (
            <Button
              key={entity.code}
              kind="primary"
              icon="check"
              onClick={() => setAsking({ act: "acknowledge", entity })}
            >
              {t(words.acknowledge, { entity: t(entity.name) })}
            </Button>
          ))}
        />
      )}
      <Panel title={words.text}>
        <p className="instruction-text" dir="auto">
          {t(text)}
        </p>
      </Panel>
      <InstructionFile view={view} onChanged={onChanged} />
      <Details view={view} />
      {view.issuedAt !== null && <AddressedEntities view={view} onChanged={onChanged} />}
      {asking && (
        <Asked
          view={view}
          asking={asking}
          onClose={() => setAsking(null)}
          onDone={() => {
            setAsking(null);
            onChanged();
          }}
        />
      )}
    </Page>
  );
}
