/** Beside a case: what else its applicant sent, and what is about the same. Asked for after the case itself is there. */
import React from "react";
import { Link } from "react-router-dom";
import type { RelatedCase, RelatedCases } from "../../../engine/lifecycle/related-cases.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import { Badge, Bidi, Button, Moment, Panel, ProblemBox, Spinner, useText, useView } from "../../../platform/ui/kit.js";
import { caseAddress } from "./case-address.js";
import { StateBadge } from "./case-words.js";

const words = {
  earlier: { en: "Other cases of this applicant", ar: "معاملات أخرى لمقدم الطلب" },
  number: { en: "{n} that you may see", ar: "عدد ما يمكنك الاطلاع عليه: {n}" },
  numberMore: { en: "More than {n} that you may see; the newest", ar: "أكثر من {n} يمكنك الاطلاع عليها؛ الأحدث منها" },
  noEarlier: { en: "None that you may see.", ar: "لا توجد معاملات أخرى يمكنك الاطلاع عليها." },
  similar: { en: "Similar cases", ar: "معاملات مشابهة" },
  noSimilar: { en: "None.", ar: "لا توجد." },
  share: { en: "{share} alike", ar: "نسبة التشابه {share}" },
  both: { en: "Both say: {words}", ar: "كلمات مشتركة: {words}" },
  comma: { en: ", ", ar: "، " },
  likely: { en: "Perhaps the same", ar: "ربما المعاملة نفسها" },
  link: { en: "Link to this as a duplicate", ar: "ربطها بهذه كمكررة" },
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
  const { t, number, percent } = useText();
  const { view: answer, problem } = useView<RecordAnswer>(`resources/cases/records/${reference}/related`);
  const view = answer?.view as RelatedCases | undefined;
  if (view === undefined) {
    return <Panel title={words.similar}>{problem ? <ProblemBox problem={problem} /> : <Spinner />}</Panel>;
  }
  const { earlier, similar } = view;
  return (
    <>
      {earlier !== null && (
        <Panel title={words.earlier}>
          {earlier.total === 0 ? (
            <p className="muted">{t(words.noEarlier)}</p>
          ) : (
            <div className="stack-small">
              <p className="small muted">
                {t(earlier.more ? words.numberMore : words.number, { n: number(earlier.total) })}
              </p>
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
          <p className="muted">{t(words.noSimilar)}</p>
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
                      {t(words.likely)}
                    </Badge>
                  )}
                  <span className="small muted">{t(words.share, { share: percent(one.share) })}</span>
                  {onLink !== null && (
                    <Button small kind="quiet" onClick={() => onLink(one.reference)}>
                      {t(words.link)} <span className="unseen">{one.reference}</span>
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
