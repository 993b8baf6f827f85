/** The home of the contact centre: what an agent does next, and what who leads them looks at first. */

import React from "react";
import { Link } from "react-router-dom";
import { contactKpis } from "../../engine/measures/contact-kpi.js";
import type { AgentDesk, ShownLine } from "../../engine/measures/home-view.js";
import { hiddenWords, isHidden } from "../../engine/measures/small-cells.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { ConfidentialNote, Figure, Figures, ShareFigure } from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  Bidi,
  EmptyState,
  LinkButton,
  Moment,
  Panel,
  Table,
  useText,
  type Words,
  withQuery,
} from "../../platform/ui/kit.js";

const words = {
  callBacks: msg("contact-centre.contactFigures.waiting"),
  figures: msg("contact-centre.contactFigures.title"),
  seconds: pattern("contact-centre.contactFigures.seconds"),
  callsToday: msg("home.contactDesk.callsToday"),
  usual: pattern("home.roomDesk.usual"),
  noUsual: msg("home.roomDesk.noUsual"),
  atWork: msg("home.contactDesk.atWork"),
  atWorkHint: msg("home.contactDesk.atWorkHint"),
  number: msg("home.contactDesk.number"),
};

const addressOf = (page: string, query: Readonly<Record<string, string | number>> = {}): string =>
  withQuery(`${adminRoot}/pages/${page}`, query);
const todayOf = ({ programme }: AgentDesk): string =>
  addressOf("contact-figures", { programme: programme.code, days: 1 });

/** What an agent does at once. */
function AgentActs({ desk: { callBacks } }: { desk: AgentDesk }) {
  const { t } = useText();
  return (
    <div className="home-acts">
      <LinkButton kind="primary" icon="phone" to={addressOf("caller", { draft: "new" })}>
        {t(msg("home.contactDesk.newCall"))}
      </LinkButton>
      <LinkButton icon="search" to={addressOf("caller", { part: "existing" })}>
        {t(msg("home.contactDesk.aboutCase"))}
      </LinkButton>
      <LinkButton icon="phone" to={addressOf("call-backs")}>
        {t(pattern("home.contactDesk.due"), { n: callBacks.ready, late: callBacks.overdue })}
      </LinkButton>
    </div>
  );
}

/** Each leads to the calls that it counts: at night those that are late are none of those to make now. */
function Waiting({ desk: { callBacks } }: { desk: AgentDesk }) {
  const { number } = useText();
  const { ready, overdue } = callBacks;
  return (
    <>
      <Figure label={words.callBacks} icon="phone" value={number(ready)} to={addressOf("call-backs")} />
      <Figure
        label={msg("contact-centre.callBacksPage.lateTitle")}
        icon="alert"
        value={number(overdue)}
        tone={overdue > 0 ? "late" : undefined}
        to={addressOf("call-backs", { late: 1 })}
      />
    </>
  );
}

function Received({ desk: { receivedToday } }: { desk: AgentDesk }) {
  const { t, number } = useText();
  const value = isHidden(receivedToday) ? t(hiddenWords[receivedToday]) : number(receivedToday);
  return <Figure label={msg("home.contactDesk.received")} icon="folder" value={value} />;
}

function OpenDrafts({ drafts }: Pick<NonNullable<AgentDesk["own"]>, "drafts">) {
  const { t } = useText();
  if (drafts.length === 0) return null;
  return (
    <Panel title={msg("home.contactDesk.drafts")}>
      <p className="muted small">{t(msg("home.contactDesk.draftsHint"))}</p>
      <ul className="call-drafts">
        {drafts.map(({ id, label, updatedAt }) => (
          <li key={id}>
            <Link to={addressOf("caller", { draft: id })}>
              <bdi>{label ?? t(msg("contact-centre.calls.unnamed"))}</bdi>
            </Link>{" "}
            <span className="muted small">
              <Moment at={updatedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function OwnDay({ desk, own }: { desk: AgentDesk; own: NonNullable<AgentDesk["own"]> }) {
  const { t, number } = useText();
  const { calls, secondsMedian, callBacksInTime } = contactKpis;
  const length = secondsMedian.figure(own.today);
  return (
    <Panel title={msg("home.contactDesk.mine")} actions={<Link to={todayOf(desk)}>{t(words.figures)}</Link>}>
      <div className="figures figures-small">
        <Figure label={calls.name} value={number(calls.figure(own.today))} />
        <Figure label={secondsMedian.name} value={length === null ? "—" : t(words.seconds, { n: length })} />
        <ShareFigure label={callBacksInTime.name} share={callBacksInTime.figure(own.today)} />
      </div>
    </Panel>
  );
}

function AtWork({ rows }: { rows: NonNullable<AgentDesk["lead"]>["atWork"] }) {
  const { t, number } = useText();
  return (
    <Panel title={words.atWork} flush>
      <Table
        caption={words.atWork}
        rows={rows}
        rowKey={({ name, lastAt }) => `${name} ${lastAt}`}
        empty={<EmptyState icon="phone" title={msg("home.contactDesk.nobody")} hint={words.atWorkHint} />}
        stays
        columns={[
          { key: "name", label: msg("contact-centre.contactFigures.agent"), cell: ({ name }) => <Bidi>{name}</Bidi> },
          { key: "calls", label: words.callsToday, align: "end", cell: ({ calls }) => number(calls) },
          {
            key: "last",
            label: msg("home.contactDesk.last"),
            align: "end",
            cell: ({ lastAt, inCall }) =>
              inCall ? <Badge tone="waiting">{t(msg("home.contactDesk.inCall"))}</Badge> : <Moment at={lastAt} />,
          },
        ]}
      />
      {rows.length > 0 && <p className="small muted panel-note">{t(words.atWorkHint)}</p>}
    </Panel>
  );
}

function Counts({ title, label, rows }: { title: Words; label: Words; rows: readonly ShownLine[] }) {
  const { t, number } = useText();
  if (rows.length === 0) return null;
  return (
    <Panel title={title} flush>
      <Table
        caption={title}
        rows={rows}
        rowKey={({ named }) => named.code}
        stays
        columns={[
          { key: "name", label, cell: ({ named }) => t(named.name) },
          { key: "n", label: words.number, align: "end", narrow: true, cell: ({ received }) => number(received) },
        ]}
      />
    </Panel>
  );
}

export function ContactHome({ desk }: { desk: AgentDesk }) {
  const { t, number } = useText();
  const { own, lead, channels, types } = desk;
  return (
    <>
      {own && <AgentActs desk={desk} />}
      {lead && (
        <div className="home-acts">
          <LinkButton kind={own ? "plain" : "primary"} icon="chart" to={todayOf(desk)}>
            {t(words.figures)}
          </LinkButton>
        </div>
      )}
      <Figures>
        {lead && <Waiting desk={desk} />}
        {lead && (
          <Figure
            label={words.callsToday}
            icon="phone"
            value={number(lead.calls.today)}
            beside={lead.calls.usual === null ? t(words.noUsual) : t(words.usual, { n: lead.calls.usual })}
            to={todayOf(desk)}
          />
        )}
        <Received desk={desk} />
      </Figures>
      {own && <OpenDrafts drafts={own.drafts} />}
      {own && <OwnDay desk={desk} own={own} />}
      {lead && <AtWork rows={lead.atWork} />}
      {channels.length + types.length > 0 && (
        <div className="home-columns">
          <Counts title={msg("home.contactDesk.byChannel")} label={msg("home.contactDesk.channel")} rows={channels} />
          <Counts title={msg("home.contactDesk.byType")} label={msg("home.contactDesk.type")} rows={types} />
        </div>
      )}
      <p className="muted small">
        <ConfidentialNote total={desk.confidentialCases} /> {desk.hides && t(msg("home.contactDesk.small"))}
      </p>
    </>
  );
}
