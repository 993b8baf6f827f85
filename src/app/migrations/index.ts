/** All migrations, in the order in which they run. A migration that has run anywhere is never edited: add another. */

import { audit } from "./2026-11-25-audit.js";
import { caseSearch } from "./2026-11-25-case-search.js";
import { cases } from "./2026-11-25-cases.js";
import { duplicatesIndex } from "./2026-11-25-duplicates-index.js";
import { handOvers } from "./2026-11-25-hand-overs.js";
import { identity } from "./2026-11-25-identity.js";
import { messagesAndJobs } from "./2026-11-25-messages-and-jobs.js";
import { operation } from "./2026-11-25-operation.js";
import { reportIndexes } from "./2026-11-25-report-indexes.js";
import { setUpAndPeople } from "./2026-11-25-set-up-and-people.js";
import { actDrafts } from "./2026-11-26-act-drafts.js";
import { actsOfOfficials } from "./2026-11-26-acts-of-officials.js";
import { attachments } from "./2026-11-26-attachments.js";
import { bulkAndExports } from "./2026-11-26-bulk-and-exports.js";
import { caseDrafts } from "./2026-11-26-case-drafts.js";
import { definitionsInOrder } from "./2026-11-26-definitions-in-order.js";
import { desk } from "./2026-11-26-desk.js";
import { heldMessages } from "./2026-11-26-held-messages.js";
import { ownWork } from "./2026-11-26-own-work.js";
import { placesOfFiles } from "./2026-11-26-places-of-files.js";
import { publicPages } from "./2026-11-26-public-pages.js";
import { rejectionsInSearch } from "./2026-11-26-rejections-in-search.js";
import { repliesAndReasons } from "./2026-11-26-replies-and-reasons.js";
import { searchWords } from "./2026-11-26-search-words.js";
import { turnSince } from "./2026-11-26-turn-since.js";
import { withdrawnBy } from "./2026-11-26-withdrawn-by.js";
import { policyDrafts } from "./2026-11-27-policy-drafts.js";
import { replays } from "./2026-11-27-replays.js";
import { workflowMigrations } from "./2026-11-27-workflow-migrations.js";
import { changeSets } from "./2026-11-28-change-sets.js";
import { instructions } from "./2026-11-28-instructions.js";
import { lettersAsPolicy } from "./2026-11-28-letters-as-policy.js";
import { casesLeftBehind } from "./2026-11-29-cases-left-behind.js";
import { noCaseToRetired } from "./2026-11-29-no-case-to-a-retired-entity.js";
import { replayChanges } from "./2026-11-29-replay-changes.js";
import { replaysOfChangeSets } from "./2026-11-29-replays-of-change-sets.js";
import { versionUses } from "./2026-11-29-version-uses.js";
import { casesByNumber } from "./2026-11-30-cases-by-number.js";
import { decisionColumns } from "./2026-11-30-decision-columns.js";
import { formerCodes } from "./2026-11-30-former-codes.js";
import { replayBundles } from "./2026-11-30-replay-bundles.js";
import { replayTexts } from "./2026-11-30-replay-texts.js";
import { replayTextsByEvents } from "./2026-11-30-replay-texts-by-events.js";
import { clocksAndHeldSweeps } from "./2026-12-01-clocks-and-held-sweeps.js";
import { keyLabels } from "./2026-12-01-keys.js";
import { originsOfWaitingFiles } from "./2026-12-01-origins-of-waiting-files.js";
import { unscannedFiles } from "./2026-12-01-unscanned-files.js";
import { urgentMessages } from "./2026-12-01-urgent-messages.js";
import { confidentialCases } from "./2026-12-02-confidential-cases.js";
import { correctedVersions } from "./2026-12-02-corrected-versions.js";
import { channelKinds } from "./2026-12-03-channel-kinds.js";

export interface Migration {
  readonly name: string;
  readonly up: string;
}

export const migrations: readonly Migration[] = [
  setUpAndPeople,
  cases,
  audit,
  messagesAndJobs,
  reportIndexes,
  duplicatesIndex,
  identity,
  handOvers,
  operation,
  caseSearch,
  caseDrafts,
  repliesAndReasons,
  actsOfOfficials,
  searchWords,
  attachments,
  publicPages,
  definitionsInOrder,
  desk,
  bulkAndExports,
  placesOfFiles,
  ownWork,
  actDrafts,
  withdrawnBy,
  turnSince,
  heldMessages,
  rejectionsInSearch,
  replays,
  workflowMigrations,
  policyDrafts,
  instructions,
  lettersAsPolicy,
  changeSets,
  versionUses,
  replayChanges,
  replaysOfChangeSets,
  noCaseToRetired,
  casesLeftBehind,
  decisionColumns,
  replayBundles,
  replayTexts,
  casesByNumber,
  replayTextsByEvents,
  formerCodes,
  originsOfWaitingFiles,
  clocksAndHeldSweeps,
  keyLabels,
  urgentMessages,
  unscannedFiles,
  confidentialCases,
  correctedVersions,
  channelKinds,
];
