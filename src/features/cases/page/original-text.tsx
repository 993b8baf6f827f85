/** What the applicant wrote, under the title of the case. Of a long one the beginning, until somebody asks for the rest. */

import React, { useLayoutEffect, useRef, useState } from "react";
import type { TimelineEntry } from "../../../engine/explain/describe-event.js";
import type { CaseText } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Button, Panel, useText } from "../../../platform/ui/kit.js";
import { EntryFiles } from "../../files/file-pieces.js";
import { entryAnchor } from "./case-address.js";
import { EntryMoment } from "./timeline-entry.js";

/** Whether more stands in an element than can be seen of it, whatever its width becomes. */
function useCut(of: string) {
  const place = useRef<HTMLDivElement>(null);
  const [cut, setCut] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another text is measured anew
  useLayoutEffect(() => {
    const box = place.current;
    if (box === null) return;
    const measure = () =>
      setCut((now) => (box.dataset.open === "true" ? now : box.scrollHeight > box.clientHeight + 2));
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, [of]);
  return { place, cut };
}

export function OriginalText(a: { text: CaseText; entry: TimelineEntry | null; pictures: boolean; isOrder: boolean }) {
  const { t } = useText();
  const { text, entry } = a;
  const { place, cut } = useCut(text.description);
  const [open, setOpen] = useState(false);
  return (
    <Panel title={a.isOrder ? msg("cases-page.originalText.order") : msg("cases-page.originalText.title")}>
      <div className="original entry-application" id={entry ? entryAnchor(entry.seq) : undefined} tabIndex={-1}>
        <div
          ref={place}
          data-open={open}
          className={open ? "prose original-text" : "prose original-text original-short"}
          dir="auto"
          lang={text.language}
        >
          {text.description}
        </div>
        {cut && (
          <div className="original-more">
            <Button small kind="quiet" icon={open ? "up" : "down"} expanded={open} onClick={() => setOpen(!open)}>
              {t(open ? msg("cases-page.originalText.less") : msg("cases-page.originalText.all"))}
            </Button>
          </div>
        )}
        {entry?.text && (
          <div className="entry-text prose" dir="auto">
            {entry.text}
          </div>
        )}
        {entry && (
          <p className="original-foot small muted">
            {t(entry.what)} <EntryMoment entry={entry} />
          </p>
        )}
        <EntryFiles files={entry?.files ?? []} pictures={a.pictures} />
      </div>
    </Panel>
  );
}
