/** One instruction: its words and its paper, who has acknowledged it, and what one may do about it. */

import React, { type ReactNode, useState } from "react";
import { Link } from "react-router-dom";
import type { InstructionEntity, InstructionView } from "../../engine/setup/instruction-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  adminRoot,
  Badge,
  Bidi,
  Button,
  Confirm,
  EmptyState,
  Facts,
  LinkButton,
  Moment,
  NoticeBox,
  Page,
  Panel,
  send,
  Table,
  toast,
  useText,
} from "../../platform/ui/kit.js";
import { InstructionFile } from "./instruction-file.js";
import { instructionAddress, StateOfInstruction } from "./instruction-words.js";

const addressedEntitiesWords = {
  title: msg("instructions.addressedEntities.acknowledged"),
  counted: pattern("instructions.addressedEntities.counted"),
  state: msg("instructions.addressedEntities.state"),
  remind: msg("instructions.addressedEntities.remind"),
};

interface Reminded {
  readonly entities: number;
  readonly letters: number;
}

function State({ row }: { row: InstructionEntity }) {
  const { t } = useText();
  if (row.acknowledged !== null) return <Badge tone="done">{t(msg("instructions.addressedEntities.done"))}</Badge>;
  return row.manned ? (
    <Badge tone="near">{t(msg("instructions.addressedEntities.missing"))}</Badge>
  ) : (
    <Badge tone="late" icon="seat">
      {t(msg("instructions.addressedEntities.unmanned"))}
    </Badge>
  );
}

/** Who has acknowledged an instruction and who has not, the missing first; the room reminds those. */
function AddressedEntities({ view, onChanged }: { view: InstructionView; onChanged: () => void }) {
  const { t } = useText();
  const [asking, setAsking] = useState(false);
  const { entities, standing, programme, code } = view;
  const missing = entities.some(({ acknowledged }) => acknowledged === null);
  const remind = async () => {
    const { entities: reminded, letters } = await send<Reminded>("pages/instructions", {
      do: "remind",
      programme,
      code,
    });
    toast(msg("instructions.addressedEntities.entitiesRemindedLetters", { reminded, letters }));
    setAsking(false);
    onChanged();
  };
  return (
    <Panel
      title={addressedEntitiesWords.title}
      flush
      actions={
        view.mayEdit &&
        view.state === "issued" &&
        missing && (
          <Button icon="mail" onClick={() => setAsking(true)}>
            {t(addressedEntitiesWords.remind)}
          </Button>
        )
      }
    >
      {standing && (
        <p className="instruction-standing">
          {t(addressedEntitiesWords.counted, { n: standing.acknowledged, all: standing.addressed })}{" "}
          {t(msg("instructions.addressedEntities.since"))} <Moment at={view.issuedAt} />
        </p>
      )}
      <Table
        caption={addressedEntitiesWords.title}
        rows={entities}
        rowKey={({ entity }) => entity.code}
        empty={<EmptyState icon="building" title={msg("instructions.addressedEntities.none")} />}
        columns={[
          { key: "entity", label: msg("instructions.addressedEntities.entity"), cell: ({ entity }) => t(entity.name) },
          { key: "state", label: addressedEntitiesWords.state, narrow: true, cell: (row) => <State row={row} /> },
          {
            key: "by",
            label: msg("instructions.addressedEntities.by"),
            cell: ({ acknowledged }) => acknowledged && <bdi>{acknowledged.by}</bdi>,
          },
          {
            key: "when",
            label: msg("instructions.addressedEntities.when"),
            narrow: true,
            cell: ({ acknowledged }) => acknowledged && <Moment at={acknowledged.at} dayOnly />,
          },
          {
            key: "reminded",
            label: msg("instructions.addressedEntities.reminded"),
            narrow: true,
            hideOnPhone: true,
            cell: ({ remindedAt }) => remindedAt && <Moment at={remindedAt} dayOnly />,
          },
        ]}
      />
      {asking && (
        <Confirm
          title={msg("instructions.addressedEntities.remindTitle")}
          action={addressedEntitiesWords.remind}
          onClose={() => setAsking(false)}
          onConfirm={remind}
        >
          <p>{t(msg("instructions.addressedEntities.remindHint"))}</p>
        </Confirm>
      )}
    </Panel>
  );
}

const words = {
  register: msg("instructions.openedInstruction.register"),
  replaces: msg("instructions.openedInstruction.replaces"),
  replacedBy: msg("instructions.openedInstruction.replacedBy"),
  issue: msg("instructions.openedInstruction.issue"),
  issueHint: msg("instructions.openedInstruction.issueHint"),
  acknowledgeTitle: msg("instructions.openedInstruction.acknowledgeTitle"),
  acknowledgeHint: pattern("instructions.openedInstruction.acknowledgeHint"),
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
      ? t(msg("instructions.openedInstruction.all"))
      : addressed.map(({ name }) => t(name)).join(t(msg("instructions.openedInstruction.text2")));
  return (
    <Panel title={msg("instructions.openedInstruction.facts")}>
      <Facts
        rows={[
          { label: msg("instructions.openedInstruction.number"), value: <Bidi>{view.number}</Bidi> },
          { label: msg("instructions.openedInstruction.issuedOn"), value: date(view.issuedOn) },
          { label: msg("instructions.openedInstruction.inForceFrom"), value: date(view.inForceFrom) },
          { label: msg("instructions.openedInstruction.to"), value: to },
          replaces && { label: words.replaces, value: <Brief one={replaces} programme={programme} /> },
          replacedBy && { label: words.replacedBy, value: <Brief one={replacedBy} programme={programme} /> },
          citedBy.length > 0 && {
            label: msg("instructions.openedInstruction.citedBy"),
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
    toast(issue ? msg("instructions.openedInstruction.issued") : msg("instructions.openedInstruction.acknowledged"));
    onDone();
  };
  return (
    <Confirm
      title={issue ? msg("instructions.openedInstruction.issueTitle") : words.acknowledgeTitle}
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
        {t(msg("instructions.openedInstruction.record"))}
      </LinkButton>
    );
  }
  return (
    <>
      <LinkButton icon="edit" to={`${record}/edit`}>
        {t(msg("instructions.openedInstruction.edit"))}
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
          <StateOfInstruction state={state} /> {t(pattern("instructions.openedInstruction.numbered"), { number })}
        </span>
      }
      actions={<Actions view={view} onIssue={() => setAsking({ act: "issue" })} />}
    >
      {mine.length > 0 && (
        <NoticeBox
          tone="warning"
          title={msg("instructions.openedInstruction.waits")}
          actions={mine.map((entity) => (
            <Button
              key={entity.code}
              kind="primary"
              icon="check"
              onClick={() => setAsking({ act: "acknowledge", entity })}
            >
              {t(pattern("instructions.openedInstruction.acknowledge"), { entity: t(entity.name) })}
            </Button>
          ))}
        />
      )}
      <Panel title={msg("instructions.openedInstruction.text")}>
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
