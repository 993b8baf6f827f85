/**
 * All migrations, in the order in which they run. One that has run anywhere is never edited: add another. The first eight are
 * the baseline, a file an area.
 */

import { audit } from "./2026-12-04-audit.js";
import { cases } from "./2026-12-04-cases.js";
import { files } from "./2026-12-04-files.js";
import { longWork } from "./2026-12-04-long-work.js";
import { messagesAndJobs } from "./2026-12-04-messages-and-jobs.js";
import { people } from "./2026-12-04-people.js";
import { policy } from "./2026-12-04-policy.js";
import { setUp } from "./2026-12-04-set-up.js";
import { languages } from "./2026-12-05-languages.js";
import { news } from "./2026-12-06-news.js";
import { letters } from "./2026-12-07-letters.js";
import { desk } from "./2026-12-09-desk.js";
import { search } from "./2026-12-10-search.js";
import { apply } from "./2026-12-11-apply.js";
import { dutyRota } from "./2026-12-12-duty-rota.js";
import { figures } from "./2026-12-13-figures.js";
import { sentLetters } from "./2026-12-13-sent-letters.js";
import { figuresPage } from "./2026-12-14-figures-page.js";
import { shownKpis } from "./2026-12-15-shown-kpis.js";
import { digests } from "./2026-12-16-digests.js";
import { homeView } from "./2026-12-16-home-view.js";
import { kpiAlerts } from "./2026-12-17-kpi-alerts.js";
import { keyPurposes } from "./2026-12-18-key-purposes.js";
import { stems } from "./2026-12-18-stems.js";
import { coarseSums } from "./2026-12-19-coarse-sums.js";
import { calls } from "./2026-12-20-calls.js";
import { sms } from "./2026-12-21-sms.js";
import { links } from "./2026-12-22-links.js";
import { callBacks } from "./2026-12-23-call-backs.js";
import { callBackLists } from "./2026-12-24-call-back-lists.js";
import { callDecided } from "./2026-12-24-call-decided.js";
import { callTime } from "./2026-12-24-call-time.js";
import { failingTexts } from "./2026-12-25-failing-texts.js";
import { stoppedLetters } from "./2026-12-26-stopped-letters.js";
import { undeliveredAnswers } from "./2026-12-26-undelivered-answers.js";
import { callsGoOn } from "./2026-12-27-calls.js";
import { lostCode } from "./2026-12-27-lost-code.js";
import { rating } from "./2026-12-27-rating.js";
import { reach } from "./2026-12-27-reach.js";
import { record } from "./2026-12-27-record.js";
import { oneCall } from "./2026-12-28-one-call.js";
import { ratedCases } from "./2026-12-29-rated-cases.js";
import { overdue } from "./2026-12-30-overdue.js";
import { returnedAnswers } from "./2026-12-31-returned-answers.js";
import { takenBack } from "./2027-01-02-taken-back.js";
import { recalculations } from "./2027-01-03-recalculations.js";
import { setReplays } from "./2027-01-03-set-replays.js";
import { suggestedMatters } from "./2027-01-04-suggested-matters.js";
import { alsoCalled } from "./2027-01-05-also-called.js";
import { prepositions } from "./2027-01-06-prepositions.js";
import { readNews } from "./2027-01-07-read-news.js";
import { orders } from "./2027-01-08-orders.js";
import { confirmedMoves } from "./2027-01-09-confirmed-moves.js";
import { offices } from "./2027-01-10-offices.js";

export interface Migration {
  readonly name: string;
  readonly up: string;
}

export const migrations: readonly Migration[] = [
  setUp,
  people,
  policy,
  cases,
  files,
  messagesAndJobs,
  audit,
  longWork,
  languages,
  news,
  letters,
  desk,
  search,
  apply,
  dutyRota,
  figures,
  sentLetters,
  figuresPage,
  shownKpis,
  homeView,
  digests,
  kpiAlerts,
  keyPurposes,
  stems,
  coarseSums,
  calls,
  sms,
  callBacks,
  links,
  callBackLists,
  callTime,
  callDecided,
  failingTexts,
  stoppedLetters,
  undeliveredAnswers,
  rating,
  lostCode,
  record,
  callsGoOn,
  reach,
  oneCall,
  ratedCases,
  overdue,
  returnedAnswers,
  takenBack,
  recalculations,
  setReplays,
  suggestedMatters,
  alsoCalled,
  prepositions,
  readNews,
  orders,
  confirmedMoves,
  offices,
];
