/** The composition root: a database and a few settings become the services that every door is given. */
import { randomBytes } from "node:crypto";
import type { Logger } from "pino";
import type { Sequelize } from "sequelize";
import { followApplication } from "./cases/follow-application.js";
import { performAction, performAsApplicant } from "./cases/perform-action.js";
import { createActiveSetup } from "./configuration/active-setup.js";
import { createPolicies } from "./configuration/policies.js";
import { createCaseIds } from "./db/case-queries.js";
import type { MessageState } from "./db/case-store.js";
import { channelOfKey } from "./db/channel-key-store.js";
import { actorOf } from "./db/user-store.js";
import { enforceDeadlines } from "./deadlines/enforce-deadlines.js";
import { receiveApplication } from "./intake/receive-application.js";
import type { Random, Services } from "./services.js";

export interface Parts {
  readonly db: Sequelize;
  readonly log: Logger;
  readonly now: () => Date;
  /** `kept` where there is nowhere to send messages, or nothing may leave (a simulation). */
  readonly messages: MessageState;
  readonly random?: Random;
  readonly notReady?: () => Promise<string | null>;
}

/** Chance that nobody can guess. */
const unguessable: Random = { bytes: (n) => randomBytes(n) };

/** All services over one database. */
export function compose(parts: Parts): Services {
  const { db, log, now, messages } = parts;
  const random = parts.random ?? unguessable;
  const active = createActiveSetup(db);
  const policies = createPolicies(active);
  const caseParts = { db, policies, messages };
  const intakeParts = { db, policies, messages, random, nextCaseId: createCaseIds(db) };
  return {
    log,
    now,
    setup: {
      of: (programme) => active.fresh(programme),
      programmes: () => active.programmes(),
    },
    intake: {
      channelOfKey: (key) => channelOfKey(db, key),
      receive: (reception) => receiveApplication(intakeParts, reception),
    },
    cases: {
      follow: (a) => followApplication(caseParts, a),
      perform: (a) => performAction(caseParts, a),
      performAsApplicant: (a) => performAsApplicant(caseParts, a),
      actorOf: ({ email, now: at }) => actorOf(db, { email, now: at }),
    },
    deadlines: { enforce: (a) => enforceDeadlines(caseParts, a) },
    health: { notReady: parts.notReady ?? (async () => null) },
  };
}
