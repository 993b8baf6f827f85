/** Beside a case: what else its applicant sent, and what is about the same. Asked for after the case itself is there. */

import React from "react";
import { Link } from "react-router-dom";
import type { RelatedCase, RelatedCases } from "../../../engine/lifecycle/related-cases.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Badge, Bidi, Button, Moment, Panel, ProblemBox, Spinner, useText, useView } from "../../../platform/ui/kit.js";
import { caseAddress } from "./case-address.js";
import { StateBadge } from "./case-words.js";

const words = {
  number: pattern("cases-page.relatedPanels.number"),
  numberMore: pattern("cases-page.relatedPanels.numberMore"),
  similar: msg("cases-page.relatedPanels.similar"),
  share: pattern("cases-page.relatedPanels.share"),
  both: pattern("cases-page.relatedPanels.both"),
  comma: msg("cases-page.relatedPanels.comma"),
};

function Line({ one }: { one: RelatedCase }) {
  return (
    <>
      <Link to={caseAddress(one.reference)}>
        <Bidi>{one.subject}</Bidi>
      </Link>
      <span className="related-line small muted">
        <Bidi ltr>{one.reference}</Bidi>
        <Moment at={one.receivedAt} dayOnly />
        <StateBadge state={one.state} />
      </span>
    </>
  );
}

/** @param onLink opens the form that links this case to another; null where that is not theirs to do now */
export function RelatedPanels({
  reference,
  onLink,
}: {
  reference: string;
  onLink: ((duplicateOf: string) => void) | null;
}) {
  const { t, percent } = useText();
  const { view: answer, problem } = useView<RecordAnswer>(`resources/cases/records/${reference}/related`);
  const view = answer?.view as RelatedCases | undefined;
  if (view === undefined) {
    return <Panel title={words.similar}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Panel>;
  }
  const { earlier, similar } = view;
  return (
    <>
      {earlier !== null && (
        <Panel title={msg("cases-page.relatedPanels.earlier")}>
          {earlier.total === 0 ? (
            <p className="muted">{t(msg("cases-page.relatedPanels.noEarlier"))}</p>
          ) : (
            <div className="stack-small">
              <p className="small muted">{t(earlier.more ? words.numberMore : words.number, { n: earlier.total })}</p>
              <ul className="related-list">
                {earlier.cases.map((one) => (
                  <li key={one.reference}>
                    <Line one={one} />
                  </li>
                ))}
              </ul>
            </div>
          )}
        </Panel>
      )}
      <Panel title={words.similar}>
        {similar.length === 0 ? (
          <p className="muted">{t(msg("cases-page.relatedPanels.noSimilar"))}</p>
        ) : (
          <ul className="related-list">
            {similar.map((one) => (
              <li key={one.reference}>
                <Line one={one} />
                {one.words.length > 0 && (
                  <span className="small">
                    {t(words.both, { words: one.words.map((word) => `⁨${word}⁩`).join(t(words.comma)) })}
                  </span>
                )}
                <span className="related-line">
                  {one.likely && (
                    <Badge icon="copy" tone="near">
                      {t(msg("cases-page.relatedPanels.likely"))}
                    </Badge>
                  )}
                  <span className="small muted">{t(words.share, { share: percent(one.share) })}</span>
                  {onLink !== null && (
                    <Button small kind="quiet" onClick={() => onLink(one.reference)}>
                      {t(msg("cases-page.relatedPanels.link"))} <span className="unseen">{one.reference}</span>
                    </Button>
                  )}
                </span>
              </li>
            ))}
          </ul>
        )}
      </Panel>
    </>
  );
}
