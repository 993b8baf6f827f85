/** What reached the applicant, and by which way. */

import React from "react";
import { messageStateNames } from "../../../engine/letters/message-states.js";
import type { ToldMessage } from "../../../engine/lifecycle/views/case-view.js";
import { msg } from "../../../engine/text/msg.js";
import { Badge, Moment, Panel, type Tone, useText } from "../../../platform/ui/kit.js";

const words = {
  title: msg("cases-page.toldPanel.title"),
  none: msg("cases-page.toldPanel.none"),
  noWay: msg("cases-page.toldPanel.noWay"),
  email: msg("cases-page.toldPanel.email"),
  sms: msg("cases-page.toldPanel.sms"),
};

const stateWords = { ...messageStateNames, delivered: msg("cases-page.toldPanel.delivered") } as const;

const tones: Readonly<Partial<Record<ToldMessage["state"], Tone>>> = {
  delivered: "done",
  sent: "done",
  failed: "late",
  held: "near",
  pending: "waiting",
};

export function ToldPanel({ told, reachable }: { told: readonly ToldMessage[]; reachable: boolean }) {
  const { t } = useText();
  return (
    <Panel title={words.title}>
      <div className="stack-small">
        {!reachable && <p className="small">{t(words.noWay)}</p>}
        {told.length === 0 && <p className="muted">{t(words.none)}</p>}
        {told.length > 0 && (
          <ul className="plain-list stack-small">
            {told.map((one) => (
              <li key={one.id}>
                <div>{t(one.what)}</div>
                <div className="small">
                  <Badge tone={tones[one.state] ?? "neutral"}>{t(stateWords[one.state])}</Badge> {t(words[one.way])} ·{" "}
                  <Moment at={one.at} />
                </div>
                {one.why !== null && <div className="small muted">{t(one.why)}</div>}
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  );
}
