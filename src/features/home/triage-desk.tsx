/** Home of a main focal point: what waits to be placed. */
import React from "react";
import type { TriageDesk } from "../../engine/measures/home-view.js";
import { AllLink, CaseLines, casesAddress, Figure, Figures } from "../../platform/ui/home-pieces.js";
import { EmptyState, Panel, useText } from "../../platform/ui/kit.js";
import { QueueTable } from "./room-desk.js";

const words = {
  late: { en: "Late", ar: "متأخرة" },
  waiting: { en: "Waiting to be placed", ar: "بانتظار التوجيه" },
  oldest: { en: "Place these first", ar: "وجّه هذه أولًا" },
  queueEmpty: { en: "The queue is empty", ar: "لا شيء بانتظار التوجيه" },
  queueHint: {
    en: "What the rules cannot place comes here by itself. You forward it to an entity.",
    ar: "يصل إلى هنا تلقائيًا ما لم تحدد القواعد جهته، فتحيله إلى الجهة المختصة.",
  },
  bySector: { en: "By sector", ar: "حسب القطاع" },
};

export function TriageHome({ desk }: { desk: TriageDesk }) {
  const { t, number } = useText();
  const { programme } = desk;
  return (
    <>
      <Figures>
        <Figure
          label={words.waiting}
          icon="folder"
          value={number(desk.waiting)}
          beside={desk.sectors.map(({ name }) => t(name)).join(t({ en: ", ", ar: "، " }))}
          to={casesAddress(programme, { unplaced: "true", kind: "open,waiting" })}
        />
        <Figure
          label={words.late}
          icon="alert"
          value={number(desk.late)}
          tone={desk.late > 0 ? "late" : undefined}
          to={casesAddress(programme, { unplaced: "true", late: "late" })}
        />
      </Figures>
      <Panel title={words.oldest}>
        {desk.cases.length === 0 ? (
          <EmptyState icon="check" title={words.queueEmpty} hint={words.queueHint} />
        ) : (
          <>
            <CaseLines lines={desk.cases} withEntity />
            {desk.waiting > desk.cases.length && (
              <AllLink to={casesAddress(programme, { unplaced: "true", kind: "open,waiting" })} n={desk.waiting} />
            )}
          </>
        )}
      </Panel>
      {desk.sectors.length > 1 && (
        <Panel title={words.bySector} flush>
          <QueueTable lines={desk.queue} programme={programme} />
        </Panel>
      )}
    </>
  );
}
