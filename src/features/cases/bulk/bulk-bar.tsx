/** What can be done to all cases that are chosen, at the foot of the list: each act with how many of them allow it. */

import React, { type RefObject, useEffect, useRef, useState } from "react";
import type { BulkAction } from "../../../engine/lifecycle/views/bulk-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, type ProblemBody, problemOf, type Query, send, useText } from "../../../platform/ui/kit.js";
import type { Selection } from "../list/use-selection.js";
import { BulkDialog } from "./bulk-dialog.js";
import type { BulkOfferView } from "./my-work.page.js";

const words = {
  aboutAll: pattern("cases-bulk.bulkBar.aboutAll"),
  most: pattern("cases-bulk.bulkBar.most"),
  some: pattern("cases-bulk.bulkBar.some"),
  again: pattern("cases-bulk.bulkBar.again"),
};

/** Pressing on while boxes are ticked asks once, not for each. */
const pauseMs = 350;

interface Offered {
  readonly offer: BulkOfferView | null;
  readonly problem: ProblemBody | null;
}

/** What the chosen cases allow, asked anew whenever the choice changes. */
function useOffer(body: string | null): Offered {
  const [offered, setOffered] = useState<Offered>({ offer: null, problem: null });
  useEffect(() => {
    setOffered({ offer: null, problem: null });
    if (body === null) return;
    let current = true;
    const timer = setTimeout(() => {
      send<BulkOfferView>("pages/my-work", { do: "bulk-offer", ...JSON.parse(body) }).then(
        (offer) => current && setOffered({ offer, problem: null }),
        (error) => current && setOffered({ offer: null, problem: problemOf(error) }),
      );
    }, pauseMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [body]);
  return offered;
}

/** The bar stays at the foot of the window: what has the focus is never below it. */
function useNothingBelow(bar: RefObject<HTMLElement>, shown: boolean): void {
  useEffect(() => {
    const element = bar.current;
    if (!shown || element === null) return;
    const root = document.documentElement;
    const make = () => {
      root.style.scrollPaddingBlockEnd = `${element.offsetHeight + 8}px`;
      document.activeElement?.closest("[data-row], tr")?.scrollIntoView({ block: "nearest" });
    };
    const watch = new ResizeObserver(make);
    watch.observe(element);
    return () => {
      watch.disconnect();
      root.style.scrollPaddingBlockEnd = "";
    };
  }, [bar, shown]);
}

/** What was just classified is forwarded next: the same cases are chosen by one press. */
function Again({ selection: { started, choose } }: { selection: Selection }) {
  const { t } = useText();
  if (started === null || started.size < 2) return null;
  return (
    <p className="bulk-again">
      <Button small kind="quiet" icon="check" onClick={() => choose(started)}>
        {t(words.again, { n: started.size })}
      </Button>
    </p>
  );
}

export function BulkBar({
  selection,
  query,
  total,
  estimated,
  subjects,
  onStarted,
}: {
  selection: Selection;
  /** What the list is set to, as its address says it. */
  query: Query;
  /** How many the list finds. */
  total: number;
  estimated: boolean;
  /** Of the cases on the page, by reference. */
  subjects: ReadonlyMap<string, string>;
  onStarted: () => void;
}) {
  const { t } = useText();
  const { keys, all } = selection;
  const nothing = keys.size === 0 && !all;
  const { offer, problem } = useOffer(nothing ? null : JSON.stringify(all ? { query } : { references: [...keys] }));
  const [act, setAct] = useState<BulkAction | null>(null);
  const bar = useRef<HTMLElement>(null);
  useNothingBelow(bar, !nothing);
  if (nothing) return <Again selection={selection} />;
  const count = all ? (offer?.references.length ?? total) : keys.size;
  const more = !all && total > keys.size;
  return (
    <>
      <section ref={bar} className="bulk" aria-label={t(msg("cases-bulk.bulkBar.bar"))}>
        <div className="bulk-line">
          <p className="bulk-count" role="status">
            {t(pattern("cases-bulk.bulkBar.chosen"), { n: count })}
          </p>
          {more && (
            <Button small kind="quiet" onClick={selection.chooseAll}>
              {t(estimated ? words.aboutAll : pattern("cases-bulk.bulkBar.allOf"), { n: total })}
            </Button>
          )}
          <Button small kind="quiet" icon="close" onClick={selection.clear}>
            {t(msg("cases-bulk.bulkBar.clear"))}
          </Button>
        </div>
        {all && offer !== null && offer.total > offer.references.length && (
          <p className="small">{t(words.most, { n: offer.references.length, total: offer.total })}</p>
        )}
        <div className="bulk-acts">
          {problem !== null && <p className="bulk-problem">{t(problem.detail)}</p>}
          {offer === null && problem === null && <p className="muted small">{t(msg("cases-bulk.bulkBar.looking"))}</p>}
          {offer?.actions.length === 0 && <p className="small">{t(msg("cases-bulk.bulkBar.nothing"))}</p>}
          {offer?.actions.map((one) => (
            <Button key={one.action} small onClick={() => setAct(one)}>
              {t(one.name)}
              {one.can < offer.references.length && (
                <span className="bulk-some"> {t(words.some, { n: one.can, of: offer.references.length })}</span>
              )}
            </Button>
          ))}
        </div>
      </section>
      {act !== null && offer !== null && (
        <BulkDialog
          act={act}
          references={offer.references}
          subjects={subjects}
          onClose={() => setAct(null)}
          onStarted={() => {
            setAct(null);
            selection.start(offer.references);
            onStarted();
          }}
        />
      )}
    </>
  );
}
