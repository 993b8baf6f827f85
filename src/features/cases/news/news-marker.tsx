/** In the timeline of a case: where what is new to the reader begins, and that they want it to stay news. */

import React, { useState } from "react";
import { msg } from "../../../engine/text/msg.js";
import { Button, problemOf, send, toast, useText } from "../../../platform/ui/kit.js";
import { newsChanged } from "./news-events.js";

export function NewsMarker({ reference }: { reference: string }) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const keep = async () => {
    setBusy(true);
    try {
      await send("pages/news", { do: "unseen", reference });
      newsChanged();
      toast(t(msg("cases-news.newsMarker.kept")));
    } catch (error) {
      toast(t(problemOf(error).detail), "danger");
    }
    setBusy(false);
  };
  return (
    <li className="news-since">
      <span>{t(msg("cases-news.newsMarker.since"))}</span>
      <Button small kind="quiet" icon="bell" busy={busy} onClick={() => void keep()}>
        {t(msg("cases-news.newsMarker.keep"))}
      </Button>
    </li>
  );
}

/** Where the news of a case began when it was opened: it stays while the case is on the screen, though it is seen now. */
export function useNewFrom(reference: string, newFrom: number | null | undefined): number | null {
  const [first, setFirst] = useState<{ readonly reference: string; readonly seq: number } | null>(null);
  const known = first?.reference === reference ? first.seq : null;
  if (known === null && newFrom !== null && newFrom !== undefined) setFirst({ reference, seq: newFrom });
  return known ?? newFrom ?? null;
}
