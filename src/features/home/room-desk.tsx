/** The operation room: today against a usual day, and what waits for the room. */

import React from "react";
import { Link } from "react-router-dom";
import type { EntityLine, RoomDesk, TodayNumber, WarningLine } from "../../engine/measures/home-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import {
  ConfidentialNote,
  caseAddress,
  casesAddress,
  Figure,
  Figures,
  listAddress,
} from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  Bidi,
  EmptyState,
  Icon,
  LinkButton,
  Moment,
  NoticeBox,
  Panel,
  Table,
  type Tone,
  useText,
  type Words,
  withQuery,
} from "../../platform/ui/kit.js";
import { TargetWords } from "../reports/figures/target-words.js";
import { StandingInstructions } from "./home-instructions.js";
import { RepliesLate, ReviewsLate } from "./late-figures.js";

function Usual({ number: { usual } }: { number: TodayNumber }) {
  const { t } = useText();
  return <>{usual === null ? t(msg("home.roomDesk.noUsual")) : t(pattern("home.roomDesk.usual"), { n: usual })}</>;
}

/** More than usual by a half and by five: worth a look. */
const unusual = ({ today, usual }: TodayNumber): boolean => usual !== null && today > usual * 1.5 && today - usual >= 5;

/** The operation room's large numbers: today against a usual day, as far as the room is shown them. */
function RoomFigures({ desk }: { desk: RoomDesk }) {
  const { t, number } = useText();
  const { programme, shown, received, resolved, becameLate } = desk;
  return (
    <Figures>
      {shown.received && (
        <Figure
          label={msg("home.roomDesk.received")}
          icon="folder"
          value={number(received.today)}
          beside={<Usual number={received} />}
          tone={unusual(received) ? "near" : undefined}
          to={withQuery(`${adminRoot}/resources/cases`, {
            "filters.programme": programme.code,
            "filters.happened": "receivedToday",
            "filters.confidential": "false",
            sortBy: "receivedAt",
            direction: "desc",
          })}
        />
      )}
      {shown.resolved && (
        <Figure
          label={msg("home.roomDesk.resolved")}
          icon="check"
          value={number(resolved.today)}
          beside={<Usual number={resolved} />}
          to={casesAddress(programme, { happened: "answeredToday", confidential: "false" })}
        />
      )}
      <Figure
        label={msg("home.roomDesk.becameLate")}
        icon="clock"
        value={number(becameLate.today)}
        beside={<Usual number={becameLate} />}
        tone={unusual(becameLate) ? "near" : undefined}
        to={casesAddress(programme, { happened: "becameLateToday", confidential: "false" })}
      />
      {shown.delayed && (
        <Figure
          label={msg("home.roomDesk.delayed")}
          icon="alert"
          value={number(desk.delayed)}
          beside={
            <>
              <span>{t(pattern("home.roomDesk.ofOpen"), { n: desk.open })}</span>
              <TargetWords shown={shown.delayed} measured={{ value: desk.delayed, n: desk.delayed }} day={desk.day} />
            </>
          }
          tone={desk.delayed > 0 ? "late" : undefined}
          to={casesAddress(programme, { late: "late", confidential: "false" })}
        />
      )}
      <RepliesLate n={desk.repliesLate} programme={programme} more={{ confidential: "false" }} />
    </Figures>
  );
}

const words = {
  reviews: msg("home.roomDesk.reviews"),
  triage: msg("home.roomDesk.triage"),
  noSector: msg("home.roomDesk.noSector"),
  waits: msg("home.roomDesk.waits"),
  worst: msg("home.roomDesk.worst"),
  n_of: pattern("home.roomDesk.nOf"),
  heldWords: pattern("home.roomDesk.heldWords"),
  heldSecret: msg("home.roomDesk.heldSecret"),
  dropped: msg("home.roomDesk.dropped"),
  droppedLook: msg("home.roomDesk.droppedLook"),
};

/** Entities with most cases past their due time, each line a list of the cases that are counted: none is confidential. */
function EntityTable({ lines, programme }: { lines: readonly EntityLine[]; programme: RoomDesk["programme"] }) {
  const { t } = useText();
  return (
    <Table
      caption={words.worst}
      rows={lines}
      rowKey={({ entity }) => entity.code}
      href={({ entity }) => casesAddress(programme, { entity: entity.code, late: "late", confidential: "false" })}
      empty={<EmptyState icon="check" title={msg("home.roomDesk.noneLate")} />}
      columns={[
        { key: "entity", label: msg("home.roomDesk.entity"), cell: ({ entity }) => t(entity.name) },
        {
          key: "late",
          label: msg("home.roomDesk.lateOfOpen"),
          align: "end",
          narrow: true,
          cell: ({ late, open }) => <Badge tone="late">{t(words.n_of, { n: late, all: open })}</Badge>,
        },
        {
          key: "oldest",
          label: msg("home.roomDesk.lateSince"),
          narrow: true,
          cell: ({ oldestDueAt }) => <Moment at={oldestDueAt} dayOnly />,
        },
      ]}
    />
  );
}

/** How the list of cases is asked for those that name no sector. */
const noSector = "-";

/** What waits to be placed, a sector a line. */
export function QueueTable({ lines, programme }: { lines: RoomDesk["queue"]; programme: RoomDesk["programme"] }) {
  const { t, number } = useText();
  return (
    <Table
      caption={words.triage}
      rows={lines}
      rowKey={({ sector }) => sector?.code ?? ""}
      href={({ sector }) =>
        casesAddress(programme, { unplaced: "true", kind: "open,waiting", sector: sector?.code ?? noSector })
      }
      empty={<EmptyState icon="check" title={msg("home.roomDesk.noTriage")} />}
      columns={[
        { key: "sector", label: msg("home.roomDesk.sector"), cell: ({ sector }) => t(sector?.name ?? words.noSector) },
        { key: "waiting", label: words.waits, align: "end", narrow: true, cell: ({ waiting }) => number(waiting) },
        {
          key: "late",
          label: msg("home.roomDesk.late"),
          align: "end",
          narrow: true,
          cell: ({ late }) => (late > 0 ? <Badge tone="late">{number(late)}</Badge> : number(0)),
        },
        {
          key: "replies",
          label: msg("home.lateFigures.replies"),
          align: "end",
          narrow: true,
          cell: ({ repliesLate: n }) => (n > 0 ? <Badge tone="late">{number(n)}</Badge> : number(0)),
        },
        {
          key: "oldest",
          label: msg("home.roomDesk.oldest"),
          narrow: true,
          hideOnPhone: true,
          cell: ({ oldestReceivedAt }) => <Moment at={oldestReceivedAt} dayOnly />,
        },
      ]}
    />
  );
}

function Escalations({ desk }: { desk: RoomDesk }) {
  const { t } = useText();
  const { lines } = desk.escalations;
  if (lines.length === 0) return <EmptyState icon="check" title={msg("home.roomDesk.noEscalations")} />;
  return (
    <ul className="case-lines">
      {lines.map(({ at, reference, level, entity }) => (
        <li key={`${reference}/${level}`} className="case-line">
          <div className="case-line-what">
            <Link className="case-line-subject" to={caseAddress(reference)}>
              <Bidi ltr>{reference}</Bidi>
            </Link>
            <span className="case-line-facts">
              <Moment at={at} />
              {entity && <span>{t(entity.name)}</span>}
            </span>
          </div>
          <Badge tone="near" icon="escalate">
            {t(pattern("home.roomDesk.level"), { n: level })}
          </Badge>
        </li>
      ))}
    </ul>
  );
}

const severities: Readonly<Record<WarningLine["severity"], { tone: Tone; icon: string; words: Words }>> = {
  error: { tone: "late", icon: "alert", words: msg("home.roomDesk.error") },
  warning: { tone: "near", icon: "alert", words: msg("home.roomDesk.warning") },
  info: { tone: "neutral", icon: "info", words: msg("home.roomDesk.info") },
};

function Warnings({ lines }: { lines: readonly WarningLine[] }) {
  const { t } = useText();
  if (lines.length === 0) return <EmptyState icon="check" title={msg("home.roomDesk.setupWell")} />;
  return (
    <ul className="warning-lines">
      {lines.map((line) => (
        <li key={line.kind + line.words.en}>
          <Link className="warning-line" to={line.link}>
            <Badge tone={severities[line.severity].tone} icon={severities[line.severity].icon}>
              {t(severities[line.severity].words)}
            </Badge>
            <span>{t(line.words)}</span>
            <Icon name="next" size={18} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

/** What a colleague has written, to be looked at before it decides anything. */
function Drafts({ lines }: { lines: RoomDesk["drafts"] }) {
  const { t } = useText();
  return (
    <Panel title={msg("home.roomDesk.drafts")}>
      <ul className="case-lines">
        {lines.map(({ title, link, submittedBy, submittedAt, reason, mine }) => (
          <li key={link} className="case-line">
            <div className="case-line-what">
              <Link className="case-line-subject" to={link}>
                {t(title)}
              </Link>
              <span className="case-line-facts">
                <span>{t(pattern("home.roomDesk.submitted"), { who: submittedBy })}</span>
                <Moment at={submittedAt} />
                <Bidi>{reason}</Bidi>
              </span>
            </div>
            <Badge tone={mine ? "neutral" : "near"} icon="eye">
              {t(mine ? msg("home.roomDesk.yours") : msg("home.roomDesk.look"))}
            </Badge>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

function Held({ held }: { held: NonNullable<RoomDesk["heldSweep"]> }) {
  const { t } = useText();
  return (
    <NoticeBox
      tone="danger"
      title={msg("home.roomDesk.held")}
      actions={<LinkButton to={`${adminRoot}/pages/health`}>{t(msg("home.roomDesk.heldLook"))}</LinkButton>}
    >
      <p>{held.cases === 0 ? t(words.heldSecret) : t(words.heldWords, { cases: held.cases, open: held.openCases })}</p>
    </NoticeBox>
  );
}

/** One line of what did not leave any more, and its list. */
function LateLetters({ late, programme }: { late: RoomDesk["lateLetters"]; programme: string }) {
  const { t } = useText();
  const list = listAddress("messages", { unsent: "tooLate", programme, "lapsedAt~~from": late.since });
  return (
    <NoticeBox tone="warning" title={words.dropped} actions={<LinkButton to={list}>{t(words.droppedLook)}</LinkButton>}>
      <p>{t(pattern("home.roomDesk.droppedWords"), { n: late.count })}</p>
    </NoticeBox>
  );
}

export function RoomHome({ desk }: { desk: RoomDesk }) {
  const { t, number } = useText();
  const { programme } = desk;
  const queue = desk.queue.reduce((sum, { waiting }) => sum + waiting, 0);
  return (
    <>
      {desk.heldSweep && desk.heldSweep.released === null && <Held held={desk.heldSweep} />}
      {desk.lateLetters.count > 0 && <LateLetters late={desk.lateLetters} programme={programme.code} />}
      <RoomFigures desk={desk} />
      <Panel title={msg("home.roomDesk.waiting")}>
        <div className="figures figures-small">
          <Figure
            label={msg("home.roomDesk.queue")}
            value={number(queue)}
            to={casesAddress(programme, { unplaced: "true", kind: "open,waiting" })}
          />
          <Figure label={words.reviews} value={number(desk.reviews)} to={casesAddress(programme, { desk: "review" })} />
          <ReviewsLate n={desk.reviewsLate} programme={programme} />
          <Figure
            label={msg("home.roomDesk.failed")}
            value={number(desk.failedMessages)}
            tone={desk.failedMessages > 0 ? "late" : undefined}
            to={listAddress("messages", { state: "failed", programme: programme.code })}
          />
          <Figure
            label={msg("home.roomDesk.escalated")}
            value={number(desk.escalations.total)}
            to={casesAddress(programme, { happened: "escalatedLastDay" })}
          />
        </div>
      </Panel>
      {desk.drafts.length > 0 && <Drafts lines={desk.drafts} />}
      <StandingInstructions lines={desk.instructions} />
      <div className="home-columns">
        <Panel title={words.worst} flush>
          <EntityTable lines={desk.entities} programme={programme} />
        </Panel>
        <Panel title={words.triage} flush>
          <QueueTable lines={desk.queue} programme={programme} />
        </Panel>
        <Panel title={msg("home.roomDesk.setup")}>
          <Warnings lines={desk.warnings} />
        </Panel>
        <Panel
          title={msg("home.roomDesk.escalations")}
          actions={
            <Link to={casesAddress(programme, { escalated: "true", kind: "open,waiting" })}>
              {t(msg("home.roomDesk.allEscalated"))}
            </Link>
          }
        >
          <Escalations desk={desk} />
        </Panel>
      </div>
      <p className="muted small">
        <ConfidentialNote total={desk.confidentialCases} />
      </p>
    </>
  );
}
