/** Checks of letters and text messages: whether they leave, what waits, what is held, and what left no more. */
import type { ApplicantWay } from "../../engine/letters/applicant-ways.js";
import { adviceOn, countedReasons, type UnsentReason, unsentReasons } from "../../engine/letters/message-states.js";
import { filled, msg, pattern } from "../../engine/text/msg.js";
import { apart, type Bilingual, listed } from "../../engine/text/text.js";
import type { Database } from "../../platform/db/query.js";
import { type Finding, wanting, well } from "./health-view.js";
import { failedReasons, heldState, lapsedReasons, outboxState, textsState } from "./operation-queries.js";

export interface DeliveryParts {
  readonly db: Database;
  /** By which ways messages leave, now. */
  readonly canSend: Readonly<Record<ApplicantWay, boolean>>;
  /** Whether the gateway is to report what became of them. */
  readonly hearsOfTexts: boolean;
  /** Whether both go into the demo's own mailbox. */
  readonly ownMailbox: boolean;
}

interface Asked extends DeliveryParts {
  readonly now: Date;
  readonly programmes: readonly string[];
}

const minute = 60_000;
const day = 86_400_000;

const openEach = msg("operations.healthReport.openEach");

/** By reason, that of the most first, each with its list: that of `link`, narrowed to it. */
const groupsOf = (
  noted: Parameters<typeof countedReasons>[0],
  link: string,
  advice: (reason: UnsentReason) => Bilingual | null,
): NonNullable<Finding["groups"]> =>
  countedReasons(noted).map(({ reason, n }) => {
    const counted = filled(pattern("operations.healthReport.group"), { name: unsentReasons[reason].name, n });
    const todo = advice(reason);
    return {
      words: todo === null ? counted : listed([counted, todo], " "),
      link: `${link}&filters.unsent=${reason}`,
    };
  });

export async function messages({ db, now, programmes, canSend }: Asked): Promise<Finding> {
  const { pending, overdue, failedEmails, failedTexts, anyFailed } = await outboxState(db, {
    programmes,
    since: new Date(now.getTime() - 15 * minute),
  });
  const failed = failedEmails + failedTexts;
  const words = msg("operations.healthReport.onTheirWayFailed", { pending, failed, failedEmails, failedTexts });
  const link = "/admin/resources/messages?filters.state=failed";
  if (overdue > 0 && canSend.email) {
    const advice = msg("operations.healthReport.advice5");
    return wanting("late", words, advice, { link: "/admin/resources/messages?filters.state=pending" });
  }
  if (anyFailed && failed === 0) {
    const advice = msg("operations.healthReport.advice6");
    return wanting("near", words, advice);
  }
  if (failed > 0) {
    const groups = groupsOf(await failedReasons(db, programmes), link, (reason) => adviceOn(reason) ?? openEach);
    return wanting("near", words, msg("operations.healthReport.eachCause"), { link, groups });
  }
  return well(words, { link: "/admin/resources/messages" });
}

/** What a limit holds, and until when it is of interest: it goes on by itself, so only what does not is late. */
export async function heldMessages({ db, now, programmes }: Asked): Promise<Finding> {
  const { held, heldSince, stuck } = await heldState(db, { programmes, late: new Date(now.getTime() - 15 * minute) });
  const link = "/admin/resources/messages?filters.state=held";
  if (heldSince === null) return well(msg("operations.healthReport.noneHeld"), { link });
  const words = msg("operations.healthReport.held", { n: held });
  const advice = stuck ? msg("operations.healthReport.heldStuck") : msg("operations.healthReport.heldAdvice");
  return wanting(stuck ? "late" : "near", words, advice, { at: heldSince, link });
}

/** What did not leave any more in the last week. */
export async function lapsedMessages({ db, now, programmes }: Asked): Promise<Finding> {
  const since = new Date(now.getTime() - lapsedDays * day);
  const noted = await lapsedReasons(db, { programmes, since });
  const lapsed = noted.reduce((sum, { n }) => sum + n, 0);
  const tooLate = countedReasons(noted).find(({ reason }) => reason === "tooLate")?.n ?? 0;
  const words = msg("operations.healthReport.lapsed", { lapsed, tooLate });
  const link = `/admin/resources/messages?filters.state=lapsed&filters.lapsedAt~~from=${since.toISOString()}`;
  const groups = groupsOf(noted, link, () => null);
  if (tooLate === 0) return well(words, { link, groups });
  return wanting("near", words, msg("operations.healthReport.lapsedAdvice"), {
    link: `${link}&filters.unsent=tooLate`,
    groups,
  });
}
/** How many days count as lately. */
const lapsedDays = 7;

const demoMailbox = msg("operations.healthReport.ownMailbox");

export async function mailServer({ canSend, ownMailbox }: Asked): Promise<Finding> {
  if (canSend.email) return well(msg("operations.healthReport.setUpLettersLeave"));
  return wanting(
    "off",
    ownMailbox ? demoMailbox : msg("operations.healthReport.noneLettersAreKeptAnd"),
    msg("operations.healthReport.setSMTPURLToLetThem"),
    { link: "/admin/resources/messages" },
  );
}

/** With so many text messages of which none was reported, the cause is not a telephone that was off. */
const mostUnreported = 20;

/** Text messages: whether they leave, since when they do not, and what the gateway's last answer was. */
export async function smsGateway({ db, now, programmes, canSend, hearsOfTexts, ownMailbox }: Asked): Promise<Finding> {
  if (!canSend.sms) {
    return wanting(
      "off",
      ownMailbox ? demoMailbox : msg("operations.healthReport.noGateway"),
      msg("operations.healthReport.setSmsUrl"),
      {
        link: "/admin/resources/messages",
      },
    );
  }
  const late = new Date(now.getTime() - 15 * minute);
  const reportedBy = new Date(now.getTime() - 60 * minute);
  const texts = await textsState(db, { programmes, late, since: new Date(now.getTime() - 7 * day), reportedBy });
  const { failingSince, lastError, waitingSince, lastLeft, anyRetried, retried } = texts;
  const link = "/admin/resources/messages?filters.state=pending";
  if (failingSince !== null) {
    const words = msg("operations.healthReport.gatewayTakesNone", { error: apart(lastError ?? "?") });
    const advice = msg("operations.healthReport.checkTheGateway");
    return wanting(failingSince < late ? "late" : "near", words, advice, { at: failingSince, link });
  }
  if (waitingSince !== null) {
    const words = msg("operations.healthReport.textsWait");
    return wanting("late", words, msg("operations.healthReport.advice5"), { at: waitingSince, link });
  }
  if (anyRetried) {
    const words = msg("operations.healthReport.textsTriedAgain", { n: retried });
    return wanting("near", words, msg("operations.healthReport.lookAtThese"), { link });
  }
  if (lastLeft === null) return well(msg("operations.healthReport.noTextsLately"));
  if (hearsOfTexts && texts.unreported >= mostUnreported) {
    const words = msg("operations.healthReport.noReports");
    return wanting("near", words, msg("operations.healthReport.checkCallbacks"), { at: lastLeft });
  }
  const { answered } = texts;
  return well(msg("operations.healthReport.textsLeave", { answered }), { at: lastLeft });
}
