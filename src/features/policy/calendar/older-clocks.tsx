/** Deadlines that still run by an earlier version of the calendar: they move when somebody says so, each with an event on its case. */

import React, { useEffect, useState } from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, NoticeBox, useText, useView, withQuery } from "../../../platform/ui/kit.js";
import { RetimeDialog } from "../retime-dialog.js";
import type { CalendarView } from "./calendar.page.js";

interface OpenClocks {
  readonly view: CalendarView | null;
  readonly reload: () => void;
}

/** Open clocks by version, asked again when another version is in force. */
export function useOpenClocks(programme: string, inForce: object | null): OpenClocks {
  const { view, reload } = useView<CalendarView>(withQuery("pages/calendar", { programme }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version in force makes others older
  useEffect(() => {
    void reload();
  }, [inForce]);
  return { view, reload };
}

/** Nothing where all run by the version in force. */
export function OlderClocks({ programme, clocks: { view, reload } }: { programme: string; clocks: OpenClocks }) {
  const { t } = useText();
  const [retiming, setRetiming] = useState(false);
  if (view === null || !view.openClocks.anyOlder) return null;
  return (
    <>
      <NoticeBox
        tone="info"
        actions={
          view.mayRetime && (
            <Button onClick={() => setRetiming(true)}>{t(msg("policy-calendar.olderClocks.retime"))}</Button>
          )
        }
      >
        <p>{t(pattern("policy-calendar.olderClocks.aNewVersionMovesNo"), { n: view.openClocks.olderCases })}</p>
      </NoticeBox>
      {retiming && (
        <RetimeDialog
          programme={programme}
          onClose={() => setRetiming(false)}
          onDone={() => {
            setRetiming(false);
            reload();
          }}
        />
      )}
    </>
  );
}
