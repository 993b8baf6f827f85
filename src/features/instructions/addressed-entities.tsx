/** Who has acknowledged an instruction and who has not, the missing first; the room reminds those. */
import React, { useState } from "react";
import type { InstructionEntity, InstructionView } from "../../engine/setup/instruction-views.js";
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
  type Words,
} from "../../platform/ui/kit.js";

const words = {
  title: { en: "Acknowledged", ar: "الإقرار بالاطلاع" },
  counted: { en: "{n} of {all} entities have acknowledged it.", ar: "أقرت بالاطلاع عليها {n} من {all} جهة." },
  since: { en: "Issued:", ar: "صدرت:" },
  entity: { en: "Entity", ar: "الجهة" },
  state: { en: "State", ar: "الحالة" },
  by: { en: "By", ar: "بواسطة" },
  when: { en: "When", ar: "متى" },
  reminded: { en: "Last reminded", ar: "آخر تذكير" },
  done: { en: "Acknowledged", ar: "أقرت" },
  missing: { en: "Not yet", ar: "لم تقر بعد" },
  unmanned: { en: "Nobody sits there who could", ar: "لا يشغل مقاعدها من يمكنه الإقرار" },
  remind: { en: "Remind those who have not", ar: "تذكير من لم يقر" },
  remindTitle: { en: "Remind those who have not acknowledged it?", ar: "تذكير من لم يقر بها؟" },
  remindHint: {
    en: "The focal points and managers of these entities get a letter. An entity is reminded once in 24 hours.",
    ar: "تصل رسالة إلى ضباط ارتباط هذه الجهات ومديريها. تُذكَّر الجهة مرة كل 24 ساعة.",
  },
  none: { en: "It is addressed to none of your entities", ar: "ليست موجهة إلى أي من جهاتك" },
} as const satisfies Record<string, Words>;

interface Reminded {
  readonly entities: number;
  readonly letters: number;
}

function State({ row }: { row: InstructionEntity }) {
  const { t } = useText();
  if (row.acknowledged !== null) return <Badge tone="done">{t(words.done)}</Badge>;
  return row.manned ? (
    <Badge tone="near">{t(words.missing)}</Badge>
  ) : (
    <Badge tone="late" icon="seat">
      {t(words.unmanned)}
    </Badge>
  );
}

export function AddressedEntities({ view, onChanged }: { view: InstructionView; onChanged: () => void }) {
  const { t, number } = useText();
  const [asking, setAsking] = useState(false);
  const { entities, standing, programme, code } = view;
  const missing = entities.some(({ acknowledged }) => acknowledged === null);
  const remind = async () => {
    const { entities: reminded, letters } = await send<Reminded>("pages/instructions", {
      do: "remind",
      programme,
      code,
    });
    toast({
      en: `Entities reminded: ${reminded}, letters: ${letters}.`,
      ar: `الجهات التي ذُكّرت: ${reminded}، الرسائل: ${letters}.`,
    });
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
          {t(words.counted, { n: number(standing.acknowledged), all: number(standing.addressed) })} {t(words.since)}{" "}
          <Moment at={view.issuedAt} />
        </p>
      )}
      <Table
        caption={words.title}
        rows={entities}
        rowKey={({ entity }) => entity.code}
        empty={<EmptyState icon="building" title={words.none} />}
        columns={[
          { key: "entity", label: words.entity, cell: ({ entity }) => t(entity.name) },
          { key: "state", label: words.state, narrow: true, cell: (row) => <State row={row} /> },
          { key: "by", label: words.by, cell: ({ acknowledged }) => acknowledged && <bdi>{acknowledged.by}</bdi> },
          {
            key: "when",
            label: words.when,
            narrow: true,
            cell: ({ acknowledged }) => acknowledged && <Moment at={acknowledged.at} dayOnly />,
          },
          {
            key: "reminded",
            label: words.reminded,
            narrow: true,
            hideOnPhone: true,
            cell: ({ remindedAt }) => remindedAt && <Moment at={remindedAt} dayOnly />,
          },
        ]}
      />
      {asking && (
        <Confirm title={words.remindTitle} action={words.remind} onClose={() => setAsking(false)} onConfirm={remind}>
          <p>{t(words.remindHint)}</p>
        </Confirm>
      )}
    </Panel>
  );
}
