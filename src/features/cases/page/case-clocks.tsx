/** The promises of a case and how they stand. */

import React from "react";
import type { CaseClock } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Button, Moment, Panel, useText } from "../../../platform/ui/kit.js";
import { CaseClockBar } from "./case-words.js";

function Clock({ clock }: { clock: CaseClock }) {
  const { t } = useText();
  return (
    <div className="case-clock">
      <h3>{t(clock.name)}</h3>
      <CaseClockBar clock={clock} />
      <dl className="case-clock-facts small">
        {clock.dueAt !== null && (
          <div>
            <dt>{t(msg("cases-page.caseClocks.due"))}</dt>
            <dd>
              <Moment at={clock.dueAt} />
            </dd>
          </div>
        )}
        {clock.metAt !== null && (
          <div>
            <dt>{t(msg("cases-page.caseClocks.done"))}</dt>
            <dd>
              <Moment at={clock.metAt} />
            </dd>
          </div>
        )}
        {clock.pausedSince !== null && (
          <div>
            <dt>{t(msg("cases-page.caseClocks.since"))}</dt>
            <dd>
              <Moment at={clock.pausedSince} />
              {clock.pausedBecause && <> · {t(clock.pausedBecause)}</>}
            </dd>
          </div>
        )}
        {clock.budget && (
          <div>
            <dt>{t(msg("cases-page.caseClocks.allowed"))}</dt>
            <dd>{t(clock.budget)}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}

export function CaseClocks({ clocks, onWhy }: { clocks: readonly CaseClock[]; onWhy: () => void }) {
  const { t } = useText();
  const newest = Math.max(0, ...clocks.map(({ cycle }) => cycle));
  const current = clocks.filter(({ cycle }) => cycle === newest);
  const earlier = clocks.filter(({ cycle }) => cycle !== newest);
  const late = current.some(({ state }) => state === "late");
  return (
    <Panel title={msg("cases-page.caseClocks.deadlines")} {...(late ? { tone: "late" as const } : {})}>
      <div className="stack-small">
        {newest > 1 && <p className="small muted">{t(pattern("cases-page.caseClocks.cycle"), { n: newest })}</p>}
        {current.length === 0 && <p className="muted">{t(msg("cases-page.caseClocks.none"))}</p>}
        {current.map((clock) => (
          <Clock key={clock.target} clock={clock} />
        ))}
        {earlier.length > 0 && (
          <details className="fold">
            <summary>{t(msg("cases-page.caseClocks.earlier"))}</summary>
            <div className="stack-small">
              {earlier.map((clock) => (
                <Clock key={`${clock.cycle} ${clock.target}`} clock={clock} />
              ))}
            </div>
          </details>
        )}
        <div>
          <Button small kind="quiet" icon="question" onClick={onWhy}>
            {t(msg("cases-page.caseClocks.why"))}
          </Button>
        </div>
      </div>
    </Panel>
  );
}
