/** How satisfied people are, by the way in which they said it: never added up, for they are different people. */

import React, { type ReactNode } from "react";
import type { RatingsByWay } from "../../../engine/measures/contact-kpi.js";
import { hiddenWords, isHidden } from "../../../engine/measures/small-cells.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { Panel, Table, useText } from "../../../platform/ui/kit.js";

const words = {
  ratings: msg("contact-centre.contactFigures.ratings"),
  satisfied: msg("contact-centre.contactFigures.satisfied"),
  ofAll: pattern("contact-centre.contactFigures.ofAll"),
};

const wayNames: Readonly<Record<RatingsByWay["way"], Bilingual>> = {
  web: msg("contact-centre.contactFigures.byWeb"),
  told: msg("contact-centre.contactFigures.byTelephone"),
  survey: msg("contact-centre.contactFigures.bySurvey"),
};

export function RatingsByWayPanel({ ratings, actions }: { ratings: readonly RatingsByWay[]; actions?: ReactNode }) {
  const { t, number, percent } = useText();
  return (
    <Panel title={words.ratings} actions={actions} flush>
      <Table
        caption={words.ratings}
        rows={ratings}
        rowKey={({ way }) => way}
        stays
        columns={[
          { key: "way", label: msg("contact-centre.contactFigures.way"), cell: ({ way }) => t(wayNames[way]) },
          { key: "good", label: words.satisfied, align: "end", cell: ({ good }) => percent(good) },
          {
            key: "given",
            label: msg("contact-centre.contactFigures.given"),
            align: "end",
            cell: ({ ratings: given }) => (isHidden(given) ? t(hiddenWords[given]) : number(given)),
          },
          {
            key: "response",
            label: msg("contact-centre.contactFigures.response"),
            align: "end",
            cell: ({ responseRate: { rate, numerator, denominator } }) =>
              rate === null
                ? "—"
                : t(words.ofAll, { share: percent(rate), n: number(numerator), all: number(denominator) }),
          },
        ]}
      />
      <p className="small muted panel-note">{t(msg("contact-centre.contactFigures.ratingsHint"))}</p>
    </Panel>
  );
}
