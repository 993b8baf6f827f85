/** The composition root: a database and a few settings become the services that every door is given. */

import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { Sequelize } from "sequelize";
import { pageFigure } from "../engine/measures/page-figures.js";
import { msg } from "../engine/text/msg.js";
import type { Bilingual } from "../engine/text/text.js";
import type {} from "../features/audit/audit.services.js";
import { sealAudit } from "../features/audit/seal.js";
import { verifyAudit } from "../features/audit/verify.js";
import { createTries } from "../features/cases/act/applicant-tries.js";
import { performAction } from "../features/cases/act/perform-action.js";
import { performAsApplicant } from "../features/cases/act/perform-as-applicant.js";
import { reassignTerm, reassignUnassignedCases } from "../features/cases/act/reassign-cases.js";
import { forwardedCases, takeBack } from "../features/cases/act/take-back.js";
import { createCaseIds } from "../features/cases/case-queries.js";
import { createCaseService } from "../features/cases/case-service.js";
import type {} from "../features/cases/cases.services.js";
import { enforceDeadlines } from "../features/cases/deadlines/enforce-deadlines.js";
import { recalculateDueDates } from "../features/cases/deadlines/recalculate-due-dates.js";
import {
  askedRecalculation,
  askRecalculation,
  dropRecalculation,
} from "../features/cases/deadlines/recalculation-asks.js";
import type { ExportFolder } from "../features/cases/export/export-folder.js";
import { createAttachments } from "../features/cases/files/create-attachments.js";
import { createApplicantLinks } from "../features/cases/follow/applicant-links.js";
import { changeContact, changeLetters } from "../features/cases/follow/contact-ways.js";
import { followApplication } from "../features/cases/follow/follow-application.js";
import { followPage } from "../features/cases/follow/follow-page.js";
import { createLostCodes } from "../features/cases/follow/lost-code.js";
import { createMessageLinks } from "../features/cases/follow/message-links.js";
import { createLive } from "../features/cases/live/create-live.js";
import { createPresence } from "../features/cases/live/presence.js";
import { createNews } from "../features/cases/news/create-news.js";
import { createExplain, createExplainTo } from "../features/cases/page/explain-case.js";
import { listCases, readCase } from "../features/cases/read-case.js";
import { walkWorkflow } from "../features/cases/trial/walk-workflow.js";
import { checkDrafts } from "../features/config-files/check-config.js";
import type {} from "../features/config-files/config-files.services.js";
import { diffConfiguration } from "../features/config-files/diff-configuration.js";
import { draftConfiguration } from "../features/config-files/draft-configuration.js";
import { exportConfiguration } from "../features/config-files/export-configuration.js";
import { importConfiguration } from "../features/config-files/import-configuration.js";
import { seed } from "../features/config-files/seed.js";
import { callBacksOf } from "../features/contact-centre/call-backs/ask-call-back.js";
import { createCallBacks } from "../features/contact-centre/call-backs/create-call-backs.js";
import { createCalls } from "../features/contact-centre/calls/calls.js";
import { findCaller, likelySame } from "../features/contact-centre/calls/find-caller.js";
import { createProveNumber } from "../features/contact-centre/calls/prove-number.js";
import { endCall, openForCaller, performForCaller } from "../features/contact-centre/calls/serve-caller.js";
import type {} from "../features/contact-centre/contact-centre.services.js";
import {
  createContactFigures,
  createCountContacts,
} from "../features/contact-centre/figures/contact-figures.service.js";
import type {} from "../features/files/files.services.js";
import type {} from "../features/home/home.services.js";
import { createInstructionRegister } from "../features/instructions/instruction-register.js";
import type {} from "../features/instructions/instructions.services.js";
import { createActDrafts } from "../features/intake/act-drafts.js";
import { createDrafts } from "../features/intake/application-drafts.js";
import { createChannelKeys, createKeys } from "../features/intake/channel-keys.js";
import { importHistory } from "../features/intake/import/import-history.js";
import type {} from "../features/intake/intake.services.js";
import { createPublicPages } from "../features/intake/public-pages.js";
import { receiveApplication } from "../features/intake/receive-application.js";
import { createSuggestions } from "../features/intake/suggestions.js";
import { createEnclosing } from "../features/notifications/enclose.js";
import { createFailForGood } from "../features/notifications/fail-for-good.js";
import { createLetterService } from "../features/notifications/letter-service.js";
import { createLinks } from "../features/notifications/links.js";
import { createMailReader, maskedLink } from "../features/notifications/mail-reader.js";
import { createMayGetReceipt } from "../features/notifications/may-get-receipt.js";
import type {} from "../features/notifications/notifications.services.js";
import { createRenderer } from "../features/notifications/render.js";
import { nothingEnclosed } from "../features/notifications/view-context.js";
import { createWordingOf } from "../features/notifications/wording-of.js";
import type {} from "../features/operations/operations.services.js";
import { createOrders } from "../features/orders/orders.service.js";
import type {} from "../features/orders/orders.services.js";
import { createAccounts } from "../features/people/accounts/create-accounts.js";
import { createSavedViews } from "../features/people/accounts/saved-views.js";
import { createKeyUses } from "../features/people/channel-key-store.js";
import { createDutyRota } from "../features/people/duty-rota-service.js";
import { createEntityTree } from "../features/people/entity-tree/entity-tree.service.js";
import { createPeople } from "../features/people/people.js";
import type {} from "../features/people/people.services.js";
import { createSeatLetters } from "../features/people/seat-letters.js";
import { actorOf } from "../features/people/user-store.js";
import { createChangeSets } from "../features/policy/change-sets/change-sets.js";
import { createPolicyDrafts } from "../features/policy/drafts/policy-drafts.js";
import type {} from "../features/policy/policy.services.js";
import { publishDefinition } from "../features/policy/publication/publish.js";
import { createSetupWarnings } from "../features/policy/setup-warnings.js";
import { createVersions } from "../features/policy/versions/versions.js";
import { createFigureAlerts } from "../features/reports/alerts/figure-alerts.service.js";
import { createAlertJudge } from "../features/reports/alerts/judge-alerts.js";
import { createDigests } from "../features/reports/digests/create-digests.js";
import { digestsSent } from "../features/reports/digests/digest-store.js";
import { createFigures } from "../features/reports/figures/figures.service.js";
import { createFiguresFile } from "../features/reports/figures/figures-file.js";
import { createKpi, createKpiTables } from "../features/reports/kpi.js";
import type {} from "../features/reports/reports.services.js";
import { createRollups } from "../features/reports/rollups/create-rollups.js";
import { createSharedKpi } from "../features/reports/shared-figures.js";
import { drawTrend } from "../features/reports/trend-chart.js";
import { createActiveSetup } from "../features/setup/active-setup.js";
import { createSetupEditor } from "../features/setup/edit-setup.js";
import { createPolicies } from "../features/setup/policies.js";
import type {} from "../features/setup/setup.services.js";
import type { ClockWatch } from "../platform/clock-watch.js";
import type { SmsConfig } from "../platform/config.js";
import type { DatabaseFault } from "../platform/db/connect.js";
import type { Standing } from "../platform/db/folder-place.js";
import { errorSummary } from "../platform/error-summary.js";
import { openFileFolder } from "../platform/files/file-folder.js";
import { createVirusScanner } from "../platform/files/virus-scanner.js";
import { storedJobs } from "../platform/jobs/job-store.js";
import type { JobSender } from "../platform/jobs/manage-jobs.js";
import { type JobHandlers, runJob } from "../platform/jobs/run-job.js";
import type { NewMessageState } from "../platform/mail/message-store.js";
import { receiptOf } from "../platform/mail/message-store.js";
import type { Services } from "../platform/services.js";
import { newId, type Random, unguessable } from "../platform/unguessable.js";
import { composeHandlers } from "./compose-handlers.js";
import { composeKeyRings, openKeys } from "./compose-keys.js";
import { composeOperation } from "./compose-operation.js";
import { composeSending } from "./compose-sending.js";
import { composeWork, type Work } from "./compose-work.js";

export interface Parts {
  readonly db: Sequelize;
  readonly log: Logger;
  readonly now: () => Date;
  /** Null: messages are kept and can be read, unless others send them. */
  readonly smtpUrl: string | null;
  /** The gateway of text messages; null or left out: they are kept and can be read, unless others send them. */
  readonly sms?: SmsConfig | null;
  /**
   * The demo's way of sending: without a mail server and a gateway each message is `sent` into a mailbox of its own, where it is read in the
   * office, and applicants are offered text messages. With one of the two, and in every other installation, it is as everywhere.
   */
  readonly ownMailbox?: boolean;
  /**
   * True for a process that works beside those that deliver, as a command does: letters that it cannot send itself wait for
   * them.
   */
  readonly othersSend?: boolean;
  /** Where the virus scanner listens; null or left out: the house has none. */
  readonly clamdSocket?: string | null;
  /** Where people reach this from outside; links and Message-IDs are made of it. */
  readonly publicUrl: string;
  /**
   * What SEAL_KEY says, the keys of the daily seal, which must not be in the database; null where it is not known: nothing is
   * sealed then.
   */
  readonly sealKey: string | null;
  /** What SESSION_SECRET says, the keys of sessions, links and second factors, which must not be in the database; null where it is not known. */
  readonly sessionSecret?: string | null;
  /** The folder of files that cases carry; left out: a folder of its own for each process, which is for tests. */
  readonly files?: string;
  /** Bytes of files that may wait to be sent in all; left out: as much as a large disk may have. */
  readonly maxWaitingBytes?: number;
  /** What the data folder is: nothing leaves from one that may be a copy. Left out: it is the real one. */
  readonly standing?: () => Standing;
  /** True while nothing may leave (a simulation): messages are stored as kept, or as sent into the own mailbox. */
  readonly simulated?: boolean;
  readonly random?: Random;
  readonly notReady?: () => Promise<string | Bilingual | null>;
  /** The machine's clock against the database's; left out where nobody compares them (the command line has done so). */
  readonly clock?: ClockWatch;
  /** Where jobs are put that somebody asks for; left out where nothing is worked off. */
  readonly queue?: JobSender;
  /** What is wrong with the database as of a second ago; left out where nobody watches it. */
  readonly databaseFault?: () => DatabaseFault | null;
  /** When this instance's bell last rang; left out where none rings. */
  readonly schedulerTick?: () => Date | null;
  /** Where files of cases are kept for a day; left out: below the system's temporary files. */
  readonly exportsFolder?: string | ExportFolder;
}

export interface Composed extends Services {
  readonly work: Work;
  readonly handlers: JobHandlers;
}

/** All services over one database. */
export function compose(parts: Parts): Composed {
  const { db, log, now, publicUrl } = parts;
  const opened = openKeys(parts);
  const { sealKeys, sessionKeys } = opened;
  const keyRings = composeKeyRings(db, opened);
  const random = parts.random ?? unguessable;
  const sms = parts.simulated ? null : (parts.sms ?? null);
  const ownMailbox = parts.ownMailbox === true && parts.smtpUrl === null && sms === null;
  const offersTexts = sms !== null || parts.ownMailbox === true;
  const standing = parts.standing ?? (() => "real");
  // What a copy of the data folder writes is kept when it would leave: its operator may say later that it is the real one.
  const sendable = parts.smtpUrl !== null || sms !== null || parts.othersSend === true;
  const unsent = ownMailbox ? "sent" : "kept";
  const messages: NewMessageState = parts.simulated || !sendable ? unsent : "pending";
  const active = createActiveSetup(db);
  const policies = createPolicies(active);
  const caseParts = { db, policies, messages, random };
  const textParts = { ...caseParts, offersTexts };
  const keys = createChannelKeys(db, policies);
  const tries = createTries({ db, counterKeys: (kind, whose) => sessionKeys().counterKeys(kind, whose) });
  const { receiptTo } = tries;
  const intakeParts = { keys, db, policies, messages, random, receiptTo, nextCaseId: createCaseIds(db) };

  const publicPages = createPublicPages({ policies, programmes: () => active.programmes() });
  const noteKeyUse = createKeyUses(db);
  const setupOf = (programme: string) => active.fresh(programme);
  const folder = openFileFolder(parts.files ?? join(tmpdir(), `diwan-files-${process.pid}`), parts.maxWaitingBytes);
  // By the key that writes: what waits from an address is counted anew under another one, for a day at most.
  const originOf = (address: string) => sessionKeys().counterKeys("files from an address", address)[0] as Buffer;
  const address = parts.clamdSocket ?? null;
  const scanner = address === null ? null : createVirusScanner({ address, now, log });
  const attachments = createAttachments({ ...caseParts, setupOf, random, folder, originOf, now, scanner, log });
  const renderer = createRenderer({
    publicUrl,
    drawChart: drawTrend,
    linkToken: (link) => sessionKeys().linkToken(link),
  });
  const messageLinks = createMessageLinks({
    db,
    setupOf,
    // The command line may send letters without knowing the key: then they lead to the page that asks for the code.
    keys: () => (opened.rings.session === null ? null : opened.applicantKeys()),
  });
  const enclose = createEnclosing({ db, links: messageLinks, keys: opened.applicantKeys });
  const wordingOf = createWordingOf((versionId) => active.wordingDefinition(versionId));
  const mayGetReceipt = createMayGetReceipt({ db, receiptTo, setupOf });
  const failForGood = createFailForGood({ ...caseParts, mayGetReceipt });
  const calendarOf = policies.calendar;
  const { deliver, deliverSms, smsCallbacks } = composeSending({
    ...{ db, log, publicUrl, active, policies, setupOf, messages, sms, ownMailbox, standing },
    ...{ renderer, wordingOf, enclose, failForGood, mayGetReceipt },
    smtpUrl: parts.simulated ? null : parts.smtpUrl,
    othersSend: parts.othersSend === true,
  });
  const kpi = createKpi({ db, policies });
  const kpiTables = createKpiTables({ db, policies });
  const programmes = () => active.programmes();
  const rollups = createRollups({ db, policies, programmes, elapsed: () => performance.now() });
  const figures = createFigures({ db, policies, ...kpiTables });
  const judgeAlerts = createAlertJudge({ db, policies, programmes, series: kpiTables.series, messages });
  const figureAlerts = createFigureAlerts({ db, policies, series: kpiTables.series });
  const digests = createDigests({
    db,
    programmes: () => active.programmes(),
    setupOf,
    calendarOf,
    series: kpiTables.series,
    receivedAcross: kpiTables.receivedAcross,
    alertsOf: figureAlerts.alertsOf,
    orders: { told: (a) => orders.told(a) },
    messages,
    render: (message, setup, options) =>
      renderer.render({ wording: setup.digests.get(message.template)?.definition ?? null, ...message }, setup, options),
  });
  const orders = createOrders({
    ...caseParts,
    nextCaseId: intakeParts.nextCaseId,
    figureOf: async ({ programme, entity, figure, from, to, at }) =>
      pageFigure(figure).measured(await kpi({ programme, from, to, at, entities: [entity], newest: true })),
  });
  const caseService = createCaseService(textParts, active, (a) => callBacksOf({ db }, a));
  const accounts = createAccounts({
    db,
    log,
    keys: sessionKeys,
    // Never of a simulation's lots: what opens an account must not be repeatable.
    random: unguessable,
    messages,
    linkAddress: createLinks(publicUrl).account,
    programmes: () => active.programmes(),
    pause: sleep,
    clock: () => new Date(),
  });
  const applicantLinks = createApplicantLinks({
    ...{ ...textParts, tries },
    keys: opened.applicantKeys,
    codes: unguessable,
  });
  const lostCodes = createLostCodes({
    ...{ ...textParts, tries, log },
    contactNames: (contact) => sessionKeys().counterKeys("contact of a lost code", contact),
  });
  const letters = createLetterService({ db, renderer, setupOf, digestOf: (a) => digests.told(a), messages });
  const mail = createMailReader({ db, renderer, setupOf, wordingOf, links: messageLinks });
  const setupWarnings = createSetupWarnings({ db, programmes: () => active.programmes(), setupOf });
  const versionOf = {
    rules: (id: number) => active.ruleSetDefinition(id),
    calendar: (id: number) => active.calendarDefinition(id),
    workflow: (id: number) => active.workflowDefinition(id),
  };
  const instructions = createInstructionRegister({ db, setupOf, messages });
  const work = composeWork(parts, { ...caseParts, versionOf, programmes: () => active.programmes() });
  const policyDrafts = createPolicyDrafts({ db, setupOf });
  const changeSets = createChangeSets({
    db,
    setupOf,
    newId: () => newId(unguessable),
    onMoves: () => work.caseMoves.kick(),
  });
  const handlers = composeHandlers({
    caseParts,
    setupOf,
    programmes: () => active.programmes(),
    sealKeys,
    knowsSession: opened.rings.session !== null,
    ...{ deliver, deliverSms, failForGood, mayGetReceipt },
    ...{ digests, rollups, judgeAlerts, accounts, attachments, work, lostCodes, standing },
  });

  return {
    log,
    now,
    handlers,
    smsCallbacks,
    setup: { of: setupOf, programmes: () => active.programmes() },
    intake: {
      channelOfKey: (secret) => keys.of(secret),
      stillGood: (key) => keys.stillGood(key),
      async receive(reception) {
        const received = await receiveApplication(intakeParts, reception);
        // For people to look at; what is stored is stored, whether or not this can be noted.
        const { id } = reception.key;
        if (id === null) return received;
        await noteKeyUse({ id, now: reception.now }).catch((error: unknown) =>
          log.warn({ error: errorSummary(error) }, "use of a key not noted"),
        );
        return received;
      },
    },
    publicPages: {
      ...publicPages,
      offersTexts,
      ...createSuggestions({ db, policies, tries, log }),
      drafts: createDrafts({
        db,
        random: unguessable,
        keyOf: publicPages.keyOf,
        receive: (reception) => receiveApplication(intakeParts, reception),
      }),
      actDrafts: createActDrafts({ db, random: unguessable }),
      tries,
      receiptOf: (reference) => receiptOf(db, reference),
    },
    cases: {
      follow: (a) => followApplication(caseParts, a),
      followPage: (a) => followPage({ ...textParts, active }, a),
      changeContact: (a) => changeContact(textParts, a),
      changeLetters: (a) => changeLetters(textParts, a),
      perform: (a) => performAction(caseParts, a),
      takeBack: (a) => takeBack(caseParts, a),
      forwarded: (a) => forwardedCases(caseParts, a),
      performAsApplicant: (a) => performAsApplicant(caseParts, a),
      read: (a) => readCase({ db, active }, a),
      list: (a) => listCases({ db }, a),
      actorOf: (a) => actorOf(db, a),
      ...caseService,
      previewLetter: async (a) => {
        const { letter, setup, reachable } = await caseService.letterToSend(a);
        const wording = setup.messages.get(letter.template)?.definition ?? null;
        const { receiver, way = "email" } = letter;
        const enclosed =
          receiver.kind === "applicant"
            ? maskedLink(await messageLinks.ofCase({ caseId: receiver.caseId, way }))
            : nothingEnclosed;
        const { subject, html, text, sms } = renderer.render({ ...letter, wording, enclosed }, setup, {
          preview: true,
        });
        return {
          subject,
          html,
          text,
          sms,
          language: letter.language,
          reachable,
          withheld: letter.data.confidential === true,
        };
      },
      why: createExplainTo({ db, active }),
      recalculateDueDates: (a) => recalculateDueDates(caseParts, a),
      recalculations: {
        asked: (programme) => askedRecalculation(db, programme),
        ask: (a) => askRecalculation(db, a),
        drop: (a) => dropRecalculation(db, a),
      },
    },
    contactCentre: {
      find: (a) => findCaller({ db, policies, tries }, a),
      likelySame: (a) => likelySame({ db, policies, tries }, a),
      calls: createCalls({
        db,
        policies,
        offersTexts,
        receive: (reception) => receiveApplication(intakeParts, reception),
      }),
      figures: createContactFigures({
        db,
        policies,
        ratings: kpi,
      }),
      counts: createCountContacts({ db, policies }),
      proveNumber: createProveNumber({
        parts: textParts,
        open: (a) => openForCaller(textParts, tries, a),
        links: applicantLinks,
        tries,
      }),
      callBacks: createCallBacks(caseParts, (a) => openForCaller(textParts, tries, a)),
      open: (a) => openForCaller(textParts, tries, a),
      perform: (a) => performForCaller(textParts, tries, a),
      end: (a) => endCall({ db }, a),
    },
    applicantLinks,
    lostCodes,
    attachments,
    instructions,
    orders,
    people: createPeople({
      db,
      setupOf,
      programmes: () => active.programmes(),
      reassignTerm: (a) => reassignTerm(caseParts, a),
      reassignUnassignedCases: (a) => reassignUnassignedCases(caseParts, a),
    }),
    accounts,
    savedViews: createSavedViews(db),
    seatLetters: createSeatLetters({ db, setupOf }),
    dutyRota: createDutyRota({ db, setupOf }),
    presence: createPresence(db),
    news: createNews(db),
    live: createLive({
      db,
      log,
      now,
      official: (a) => accounts.official(a),
      entitiesOf: async (programme) => (await policies.fresh(programme)).setup.entities,
    }),
    work,
    keys: createKeys(db, random),
    keyRings,
    deadlines: { enforce: (a) => enforceDeadlines(caseParts, a) },
    health: {
      notReady: parts.notReady ?? (async () => null),
      clocksApart: () => parts.clock?.apart() ?? null,
      warnings: () => (standing() === "unsure" ? [msg("db.folder.readyUnsure")] : []),
    },
    mail,
    ...composeOperation(parts, {
      keyRings,
      scanner,
      fileSize: folder.size,
      instructions,
      active,
      policies,
      kpi,
      series: kpiTables.series,
      mail,
      setupWarnings,
      policyDrafts,
      changeSets,
      verify: (a) => verifyAudit(db, { keys: sealKeys(), now: now(), fileHash: folder.sha256, ...a }),
    }),
    digests,
    digestsSent: (a) => digestsSent(db, a),
    reports: {
      kpi,
      shared: createSharedKpi({ db, policies, kpi, table: kpiTables.table }),
      rollups,
      explain: createExplain({ db, active }),
    },
    figures: { read: figures, file: createFiguresFile(figures) },
    figureAlerts,
    jobs: { run: (name, at) => runJob(db, handlers, name, at), list: () => storedJobs(db) },
    history: {
      importFile: (request) => importHistory({ db, policies, random, nextCaseId: intakeParts.nextCaseId }, request),
    },
    audit: {
      seal: async (a) => sealAudit(db, { keys: sealKeys(), now: a.now, messages }),
      verify: async ({ seals }) => verifyAudit(db, { keys: sealKeys(), now: now(), fileHash: folder.sha256, seals }),
    },
    workflows: { ...work.workflows, walk: (a) => walkWorkflow({ db, policies }, a) },
    setupEditor: createSetupEditor(db),
    entityTree: createEntityTree({ db, setupOf }),
    setupWarnings,
    versions: createVersions({ db, setupOf }),
    policyDrafts,
    letters,
    changeSets,
    configuration: {
      publish: (publication) => publishDefinition(db, publication),
      checkDrafts: () => checkDrafts(db),
      seed: (a) => seed(db, a),
      exportTo: (folder) => exportConfiguration(db, folder),
      diff: (folder, programmes) => diffConfiguration(db, folder, programmes),
      importFrom: (a) => importConfiguration(db, a),
      draftFrom: (a) => draftConfiguration(db, { drafts: policyDrafts, changeSets }, a),
    },
  };
}
