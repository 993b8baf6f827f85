/** Who has acknowledged an instruction and who has not, the missing first; the room reminds those. */

import React, { useState } from "react";
import type { InstructionEntity, InstructionView } from "../../engine/setup/instruction-views.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  Badge,
  Button,
  Confirm,
  EmptyState,
  Moment,
  Panel,
  send,
  Table,
  toast,
  useText,
} from "../../platform/ui/kit.js";

const words = {
  title: msg("instructions.addressedEntities.acknowledged"),
  counted: pattern("instructions.addressedEntities.counted"),
  since: msg("instructions.addressedEntities.since"),
  state: msg("instructions.addressedEntities.state"),
  by: msg("instructions.addressedEntities.by"),
  remind: msg("instructions.addressedEntities.remind"),
  remindTitle: msg("instructions.addressedEntities.remindTitle"),
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

export function AddressedEntities({ view, onChanged }: { view: InstructionView; onChanged: () => void }) {
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
      title={words.title}
      flush
      actions={
        view.mayEdit &&
        view.state === "issued" &&
        missing && (
          <Button icon="mail" onClick={() => setAsking(true)}>
            {t(words.remind)}
          </Button>
        )
      }
    >
      {standing && (
        <p className="instruction-standing">
          {t(words.counted, { n: standing.acknowledged, all: standing.addressed })} {t(words.since)}{" "}
          <Moment at={view.issuedAt} />
        </p>
      )}
      <Table
        caption={words.title}
        rows={entities}
        rowKey={({ entity }) => entity.code}
        empty={<EmptyState icon="building" title={msg("instructions.addressedEntities.none")} />}
        columns={[
          { key: "entity", label: msg("instructions.addressedEntities.entity"), cell: ({ entity }) => t(entity.name) },
          { key: "state", label: words.state, narrow: true, cell: (row) => <State row={row} /> },
          { key: "by", label: words.by, cell: ({ acknowledged }) => acknowledged && <bdi>{acknowledged.by}</bdi> },
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
        <Confirm title={words.remindTitle} action={words.remind} onClose={() => setAsking(false)} onConfirm={remind}>
          <p>{t(msg("instructions.addressedEntities.remindHint"))}</p>
        </Confirm>
      )}
    </Panel>
  );
}
