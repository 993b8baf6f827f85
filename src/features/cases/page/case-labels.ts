/** What the choices are called by which lists of cases are narrowed. */

import type { CountedHappening } from "../../../engine/lifecycle/counted-cases.js";
import type { DeskFilter } from "../../../engine/lifecycle/desk-groups.js";
import type { HappenedFilter } from "../../../engine/lifecycle/happened.js";
import type { Lateness, OrderFilter } from "../../../engine/search/case-search.js";
import { msg } from "../../../engine/text/msg.js";
import type { StateKind } from "../../../engine/workflow/workflow-definition.js";

export const kindLabels = {
  open: msg("cases-page.caseLabels.kindLabelsOpen"),
  waiting: msg("cases-page.caseLabels.kindLabelsWaiting"),
  resolved: msg("cases-page.caseLabels.kindLabelsResolved"),
  final: msg("cases-page.caseLabels.kindLabelsFinal"),
} as const satisfies Record<StateKind, unknown>;

export const lateLabels = {
  late: msg("cases-page.caseLabels.lateLabelsLate"),
  today: msg("cases-page.caseLabels.lateLabelsToday"),
  onTime: msg("cases-page.caseLabels.lateLabelsOnTime"),
} as const satisfies Record<Lateness, unknown>;

export const deskLabels = {
  reminded: msg("cases-page.caseLabels.deskLabelsReminded"),
  overdue: msg("cases-page.caseLabels.deskLabelsOverdue"),
  replyLate: msg("cases-page.caseLabels.deskLabelsReplyLate"),
  today: msg("cases-page.caseLabels.deskLabelsToday"),
  next: msg("cases-page.caseLabels.deskLabelsNext"),
  later: msg("cases-page.caseLabels.deskLabelsLater"),
  waiting: msg("cases-page.caseLabels.deskLabelsWaiting"),
  reviewing: msg("cases-page.caseLabels.deskLabelsReviewing"),
  review: msg("cases-page.caseLabels.deskLabelsReview"),
  reviewLate: msg("cases-page.caseLabels.deskLabelsReviewLate"),
} as const satisfies Record<DeskFilter, unknown>;

/** What officials ask of each other. */
export const orderLabels = {
  received: msg("cases-page.caseLabels.orderLabelsReceived"),
  asked: msg("cases-page.caseLabels.orderLabelsAsked"),
} as const satisfies Record<OrderFilter, unknown>;

export const happenedLabels = {
  receivedToday: msg("cases-page.caseLabels.happenedLabelsReceivedToday"),
  answeredToday: msg("cases-page.caseLabels.happenedLabelsAnsweredToday"),
  answeredThisWeek: msg("cases-page.caseLabels.happenedLabelsAnsweredThisWeek"),
  becameLateToday: msg("cases-page.caseLabels.happenedLabelsBecameLateToday"),
  myDueLastMonth: msg("cases-page.caseLabels.happenedLabelsMyDueLastMonth"),
  dueLastMonth: msg("cases-page.caseLabels.happenedLabelsDueLastMonth"),
  ratedLastMonth: msg("cases-page.caseLabels.happenedLabelsRatedLastMonth"),
  escalatedLastDay: msg("cases-page.caseLabels.happenedLabelsEscalatedLastDay"),
  answerUndelivered: msg("cases-page.caseLabels.happenedLabelsAnswerUndelivered"),
} as const satisfies Record<HappenedFilter, unknown>;

/** What figures of a period count. */
export const countedLabels = {
  received: msg("cases-page.caseLabels.countedReceived"),
  resolved: msg("cases-page.caseLabels.countedResolved"),
  closed: msg("cases-page.caseLabels.countedClosed"),
  firstResolved: msg("cases-page.caseLabels.countedFirstResolved"),
  reopened: msg("cases-page.caseLabels.countedReopened"),
  appealed: msg("cases-page.caseLabels.countedAppealed"),
  transferred: msg("cases-page.caseLabels.countedTransferred"),
  fellDue: msg("cases-page.caseLabels.countedFellDue"),
  becameLate: msg("cases-page.caseLabels.countedBecameLate"),
  repliesDue: msg("cases-page.caseLabels.countedRepliesDue"),
  repliesLate: msg("cases-page.caseLabels.countedRepliesLate"),
  rated: msg("cases-page.caseLabels.countedRated"),
  ratedLow: msg("cases-page.caseLabels.countedRatedLow"),
  reachedLevel: msg("cases-page.caseLabels.countedReachedLevel"),
} as const satisfies Record<CountedHappening, unknown>;
