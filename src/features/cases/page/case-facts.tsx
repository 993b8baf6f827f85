/** What a case is about and where it is, beside its conversation. */

import React from "react";
import { Link } from "react-router-dom";
import type { CasePageView } from "../../../engine/lifecycle/views/case-view.js";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Badge, Bidi, Button, Facts, LinkButton, Moment, Panel, Part, useText } from "../../../platform/ui/kit.js";
import { FileLink } from "../../files/file-pieces.js";
import { caseAddress, orderAboutAddress } from "./case-address.js";
import { CaseClockBar, CaseMarks, StateBadge } from "./case-words.js";

const words = {
  place: msg("cases-page.caseFacts.place"),
  about: msg("cases-page.caseFacts.about"),
  linked: msg("cases-page.caseFacts.linked"),
  original: msg("cases-page.caseFacts.original"),
  duplicate: msg("cases-page.caseFacts.duplicate"),
  splitFrom: msg("cases-page.caseFacts.splitFrom"),
  splitInto: msg("cases-page.caseFacts.splitInto"),
  order: msg("cases-page.caseFacts.order"),
  orderAbout: msg("cases-page.caseFacts.orderAbout"),
  decisions: msg("cases-page.caseFacts.decisions"),
  howMany: pattern("cases-page.caseFacts.howMany"),
  version: pattern("cases-page.caseFacts.version"),
  byDefault: msg("cases-page.caseFacts.byDefault"),
  whyHere: msg("cases-page.caseFacts.whyHere"),
  whyClass: msg("cases-page.caseFacts.whyClass"),
  whyRaised: msg("cases-page.caseFacts.whyRaised"),
  entity: msg("cases-page.caseFacts.entity"),
  unplaced: msg("cases-page.caseFacts.unplaced"),
  assignee: msg("cases-page.caseFacts.assignee"),
  nobody: msg("cases-page.caseFacts.nobody"),
  since: msg("cases-page.caseFacts.since"),
  sector: msg("cases-page.caseFacts.sector"),
  service: msg("cases-page.caseFacts.service"),
  governorate: msg("cases-page.caseFacts.governorate"),
  category: msg("cases-page.caseFacts.category"),
  pillar: msg("cases-page.caseFacts.pillar"),
  importance: msg("cases-page.caseFacts.importance"),
  channel: msg("cases-page.caseFacts.channel"),
  received: msg("cases-page.caseFacts.received"),
  rating: msg("cases-page.caseFacts.rating"),
  ratingByPhone: msg("cases-page.caseFacts.ratingByPhone"),
  closingReason: msg("cases-page.caseFacts.closingReason"),
  ratingOf: pattern("cases-page.caseFacts.ratingOf"),
  imported: msg("cases-page.caseFacts.imported"),
};

export function Place({ view, onWhy }: { view: CasePageView; onWhy: () => void }) {
  const { t } = useText();
  const { head } = view;
  return (
    <Panel title={words.place}>
      <div className="stack-small">
        <Facts
          rows={[
            { label: words.entity, value: t(head.entity?.name) || t(words.unplaced) },
            { label: words.assignee, value: head.assignee ? <Bidi>{head.assignee.name}</Bidi> : t(words.nobody) },
            { label: words.since, value: <Moment at={head.state.since} /> },
          ]}
        />
        <div>
          <Button small kind="quiet" icon="question" onClick={onWhy}>
            {t(words.whyHere)}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

export function About({ view, onWhy }: { view: CasePageView; onWhy: () => void }) {
  const { t } = useText();
  const { head, text } = view;
  // An order is neither classified nor sent by a channel that applicants know.
  const isOrder = view.askedFrom !== null;
  const named = (["sector", "service", "governorate", "category"] as const).map(
    (key) => head[key] && { label: words[key], value: t(head[key]?.name) },
  );
  return (
    <Panel title={words.about}>
      <div className="stack-small">
        <Facts
          rows={[
            !isOrder && { label: words.pillar, value: t(head.pillar?.name) },
            (!isOrder || head.importance !== null) && { label: words.importance, value: t(head.importance?.name) },
            ...named,
            ...text.fields.map(({ label, value, file }) => ({
              label,
              value: file ? <FileLink file={file} picture={false} /> : <Bidi>{t(value)}</Bidi>,
            })),
            !isOrder && { label: words.channel, value: t(head.channel.name) },
            { label: words.received, value: <Moment at={head.receivedAt} /> },
            head.rating !== null && {
              label: head.ratedByPhone ? words.ratingByPhone : words.rating,
              value: t(words.ratingOf, { n: head.rating }),
            },
            ...head.ratingScales.map(({ name, value }) => ({ label: name, value: t(words.ratingOf, { n: value }) })),
            head.closingReason && { label: words.closingReason, value: t(head.closingReason.name) },
          ]}
        />
        {!isOrder && (
          <div>
            <Button small kind="quiet" icon="question" onClick={onWhy}>
              {t(words.whyClass)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}

/** What is linked to it, and the way to ask its entity about it. */
export function Linked({ view: { linked, mayOrder, askedFrom, head } }: { view: CasePageView }) {
  const { t } = useText();
  if (linked.length === 0 && !mayOrder && askedFrom === null) return null;
  return (
    <Panel title={words.linked}>
      <ul className="linked">
        {linked.map((one) => (
          <li key={one.reference}>
            <span className="small muted">{t(words[one.as])}</span>{" "}
            <Link to={caseAddress(one.reference)}>
              <Bidi ltr>{one.reference}</Bidi>
            </Link>{" "}
            <span className="small muted">{t(one.state)}</span>
          </li>
        ))}
      </ul>
      {askedFrom !== null && (
        <p>
          {t(msg("cases-page.caseFacts.askedFrom"))} <strong>{t(askedFrom)}</strong>
        </p>
      )}
      {mayOrder && (
        <LinkButton small icon="escalate" to={orderAboutAddress(head)}>
          {t(msg("cases-page.caseFacts.orderIt"))}
        </LinkButton>
      )}
    </Panel>
  );
}

export function Decisions({ decisions, onWhy }: { decisions: CasePageView["decisions"]; onWhy: () => void }) {
  const { t } = useText();
  return (
    <Panel title={words.decisions}>
      <details className="fold">
        <summary>{t(words.howMany, { n: decisions.length })}</summary>
        <ul className="linked">
          {decisions.map((one) => (
            <li key={`${one.cycle} ${one.ruleSet.en} ${String(one.at)}`}>
              <strong>{t(one.ruleSet)}</strong>{" "}
              <span className="small muted">
                {t(words.version, { n: one.version })} · <Moment at={one.at} />
              </span>
              <br />
              {one.rules.length === 0 ? t(words.byDefault) : one.rules.map((rule) => t(rule)).join(" · ")}
            </li>
          ))}
        </ul>
      </details>
      <Button small kind="quiet" icon="escalate" onClick={onWhy}>
        {t(words.whyRaised)}
      </Button>
    </Panel>
  );
}

/** The nearest promise that is still open. Where there is no room next to the conversation it is shown on top. */
function NextPromise({ clocks }: Pick<CasePageView, "clocks">) {
  const { t } = useText();
  const open = clocks.filter(({ state }) => state === "running" || state === "late" || state === "paused");
  const [next] = [...open].sort((a, b) => a.secondsLeft - b.secondsLeft);
  if (next === undefined) return null;
  return (
    <>
      <span className="small muted">{t(next.name)}</span> <CaseClockBar clock={next} />
    </>
  );
}

export function CaseLead({ view }: { view: CasePageView }) {
  const { t } = useText();
  const { head } = view;
  return (
    <span className="case-lead">
      <Bidi ltr>{head.reference}</Bidi>
      <span>{t(head.type.name)}</span>
      <StateBadge state={head.state} />
      <CaseMarks {...head} />
      <span className="case-lead-clock">
        <Part>
          <NextPromise clocks={view.clocks} />
        </Part>
      </span>
      {head.imported && <Badge icon="restore">{t(words.imported)}</Badge>}
    </span>
  );
}
