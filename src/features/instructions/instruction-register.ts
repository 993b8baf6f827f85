/**
 * The register of instructions: read by whom they concern, issued by the operation room, acknowledged once by each entity.
 * Drafts are edited as any row of the set-up; from the moment of issue their words stay.
 */

import type { Transaction } from "sequelize";
import { type Actor, type Change, can } from "../../engine/access/permissions.js";
import { ownedByInstruction } from "../../engine/files/attachment-owner.js";
import { attachmentTypes } from "../../engine/files/attachment-types.js";
import { acknowledgersOf, instructionLetters } from "../../engine/letters/instruction-letters.js";
import type {
  InstructionLine,
  InstructionStanding,
  InstructionToAcknowledge,
  InstructionView,
} from "../../engine/setup/instruction-views.js";
import {
  acknowledgeableBy,
  addresseesOf,
  mayReadInstruction,
  stateOfInstruction,
} from "../../engine/setup/instructions.js";
import type { Instruction, Setup } from "../../engine/setup/setup.js";
import { msg } from "../../engine/text/msg.js";
import { Problem } from "../../engine/text/problems.js";
import { appendAudit } from "../../platform/audit/audit-store.js";
import type { Database } from "../../platform/db/query.js";
import { inTransaction } from "../../platform/db/transaction.js";
import type { FileFolder } from "../../platform/files/file-folder.js";
import { insertMessages, type NewMessageState } from "../../platform/mail/message-store.js";
import { stagedOf } from "../files/attachment-store.js";
import type { Attachments, OpenedAttachment } from "../files/attachments.js";
import { loadSetup } from "../setup/active-setup.js";
import { definitionsInUse } from "../setup/named-in-definitions.js";
import { createSetupActs } from "../setup/setup-acts.js";
import { lockVersions } from "../setup/version-queries.js";
import { instructionRefusals as refusals } from "./instruction-refusals.js";
import { lineOf, standingOf, viewOf } from "./instruction-standing.js";
import {
  acknowledgementsOf,
  addAcknowledgement,
  addReminders,
  dropUnnamedFile,
  instructionFileId,
  keepInstructionFile,
  lastReminders,
  recordOfInstruction,
} from "./instruction-store.js";

/** No such programme, no such instruction, a draft, addressed to others, without a file: the same words. */
const noFile = (): Problem => new Problem("not-found", msg("instructions.openInstruction.fileNotFound"));
const notHere = (): Problem => new Problem("unavailable", msg("instructions.openInstruction.theRegisterNamesThisFile"));

/** Problems: not-found; unavailable where the bytes are not here. */
export async function openInstruction(
  { db, setupOf }: { readonly db: Database; readonly setupOf: (programme: string) => Promise<Setup> },
  folder: FileFolder,
  { programme, code, actor }: Parameters<Attachments["openInstruction"]>[0],
): Promise<OpenedAttachment> {
  const known = actor.kind === "user" && actor.seats.some((seat) => seat.programme === programme);
  const setup = known ? await setupOf(programme) : null;
  const found = setup?.instructions.get(code);
  if (setup === null || !found?.file || !mayReadInstruction(actor, found, setup)) throw noFile();
  const id = await instructionFileId(db, { programme, sha256: found.file.sha256 });
  const bytes = id === null ? null : await folder.size(id);
  if (id === null || bytes === null) throw notHere();
  return { attachment: { ...found.file, id }, bytes, stream: (range) => folder.read(id, range) };
}

interface Asked {
  readonly actor: Actor;
  readonly programme: string;
}
interface OfOne {
  readonly programme: string;
  readonly code: string;
}

export interface InstructionRegister {
  /** All in the actor's reach, the newest first; none: an empty list. */
  list(a: Asked): Promise<readonly InstructionLine[]>;
  /** Problem not-found, also where it is not the actor's to read. */
  one(a: Asked & OfOne & { now: Date }): Promise<InstructionView>;
  /** What the actor may acknowledge and nobody of the entity has, the oldest first. */
  waiting(a: Asked): Promise<readonly InstructionToAcknowledge[]>;
  /** Issued ones that are not acknowledged by all, the oldest first; none for whoever does not read the whole register. */
  standing(a: Asked): Promise<readonly InstructionStanding[]>;
  /** Its words stay from now on, and its addressees are told. Problems: forbidden, not-found, not-now, invalid-input. */
  issue(a: OfOne & Change): Promise<{ readonly told: number }>;
  /** For an own entity. Doing it again changes nothing. Problems: not-found, forbidden, not-now. */
  acknowledge(a: OfOne & Change & { entity: string }): Promise<void>;
  /** Writes to those who have not. Problems: forbidden, not-found, not-now (all were reminded within the last day). */
  remind(a: OfOne & Change): Promise<{ readonly entities: number; readonly letters: number }>;
  /** Takes along what the actor staged for it. An issued one takes only the file that it names. Problems: forbidden, not-found, invalid-input. */
  attach(a: OfOne & Change & { file: string }): Promise<void>;
}

const remindedForMs = 86_400_000;

export function createInstructionRegister(parts: {
  readonly db: Database;
  readonly setupOf: (programme: string) => Promise<Setup>;
  readonly messages: NewMessageState;
}): InstructionRegister {
  const { db, setupOf, messages } = parts;
  const acts = createSetupActs(db);

  function readable(setup: Setup, code: string, actor: Actor): Instruction {
    const found = setup.instructions.get(code);
    if (found === undefined || !mayReadInstruction(actor, found, setup)) throw refusals.noInstruction();
    return found;
  }

  /** One editor of a programme at a time; whoever waits for the lock sees what the one before did. */
  async function editing<T>(
    { programme, code, by }: OfOne & Change,
    work: (found: Instruction, setup: Setup, transaction: Transaction) => Promise<T>,
  ): Promise<T> {
    if (!can(by, "setup.edit", { programme })) throw refusals.mayNotEdit();
    return inTransaction(db, async (transaction) => {
      if (programme.includes("\0") || !(await lockVersions(db, programme, transaction))) throw refusals.noInstruction();
      const setup = await loadSetup(db, programme, transaction);
      return work(readable(setup, code, by), setup, transaction);
    });
  }

  async function linesOf({ actor, programme }: Asked): Promise<InstructionLine[]> {
    const setup = await setupOf(programme);
    const found = [...setup.instructions.values()].filter((one) => mayReadInstruction(actor, one, setup));
    if (found.length === 0) return [];
    const codes = found.map(({ code }) => code);
    const given = await acknowledgementsOf(db, { programme, codes, entities: null });
    return found.map((one) => lineOf(one, { setup, actor, given })).sort(newestFirst);
  }

  return {
    list: linesOf,

    async one({ actor, programme, code, now }) {
      const setup = await setupOf(programme);
      const found = readable(setup, code, actor);
      const whole = can(actor, "configuration.read", { programme });
      const [given, reminded, definitions, fileId, record] = await Promise.all([
        acknowledgementsOf(db, { programme, codes: [code], entities: null }),
        lastReminders(db, { programme, code }),
        whole ? definitionsInUse(db, programme) : [],
        found.file === null ? null : instructionFileId(db, { programme, sha256: found.file.sha256 }),
        whole ? recordOfInstruction(db, { programme, code }) : null,
      ]);
      return viewOf(found, { setup, actor, given, reminded, definitions, here: fileId !== null, record, now });
    },

    async waiting(asked) {
      const { instructions } = await setupOf(asked.programme);
      const lines = (await linesOf(asked)).filter(({ mine }) => mine.length > 0);
      return lines.reverse().map(({ programme, code, number, title, mine }) => {
        return { programme, code, number, title, entities: mine, since: sinceOf(instructions.get(code)) };
      });
    },

    async standing({ actor, programme }) {
      if (!can(actor, "configuration.read", { programme })) return [];
      const setup = await setupOf(programme);
      const issued = [...setup.instructions.values()].filter((one) => stateOfInstruction(one, setup) === "issued");
      const codes = issued.map(({ code }) => code);
      if (codes.length === 0) return [];
      const given = await acknowledgementsOf(db, { programme, codes, entities: null });
      return issued
        .map((one) => ({ ...standingOf(one, { setup, given }), one }))
        .filter(({ acknowledged, addressed }) => acknowledged < addressed)
        .map(({ one: { code, number, name, issuedAt }, ...standing }) => ({
          ...{ programme, code, number, title: name, since: String(issuedAt) },
          ...standing,
        }))
        .sort((a, b) => (a.since < b.since ? -1 : 1));
    },

    issue: (a) =>
      editing(a, async (found, setup, transaction) => {
        const { programme, code, by, now } = a;
        if (found.issuedAt !== null || found.retired) throw refusals.issuedAlready();
        const values = { issuedAt: now.toISOString() };
        const row = { programme, table: "instructions", code, values, before: { issuedAt: null }, by, now } as const;
        await acts.update({ setup, transaction }, row);
        const after = await loadSetup(db, programme, transaction);
        const instruction = readable(after, code, by);
        const entities = addresseesOf(instruction, after);
        const intents = instructionLetters({ setup: after, instruction, entities, kind: "issued", now });
        return { told: await insertMessages(db, { programme, intents, now, state: messages }, transaction) };
      }),

    async acknowledge({ programme, code, entity, by, now }) {
      const setup = await setupOf(programme);
      const found = readable(setup, code, by);
      const userId = by.kind === "user" ? by.userId : null;
      if (userId === null || !can(by, "instruction.acknowledge", { programme, entity })) throw refusals.notTheirs();
      if (stateOfInstruction(found, setup) !== "issued") throw refusals.holdsNoLonger();
      if (!acknowledgeableBy(by, found, setup).includes(entity)) throw refusals.notAddressed();
      await inTransaction(db, async (transaction) => {
        if (!(await addAcknowledgement(db, { programme, code, entity, userId, now }, transaction))) return;
        const data = { programme, code, entity };
        const type = "instruction.acknowledged";
        await appendAudit(transaction, db, { stream: "configuration", type, actor: by, data, at: now });
      });
    },

    remind: (a) =>
      editing(a, async (found, setup, transaction) => {
        const { programme, code, by, now } = a;
        if (stateOfInstruction(found, setup) !== "issued") throw refusals.holdsNoLonger();
        const given = await acknowledgementsOf(db, { programme, codes: [code], entities: null });
        const done = new Set(given.map(({ entity }) => entity));
        const reminded = await lastReminders(db, a, transaction);
        const missing = addresseesOf(found, setup).filter((entity) => !done.has(entity));
        if (missing.length === 0) throw refusals.nobodyMissing();
        const late = (entity: string) => (reminded.get(entity)?.getTime() ?? 0) <= now.getTime() - remindedForMs;
        const due = missing.filter(late);
        if (due.length === 0) throw refusals.remindedAlready();
        // An entity where no one can acknowledge it is not reminded: no one there would read it.
        const entities = due.filter((entity) => acknowledgersOf(setup, entity, now).length > 0);
        if (entities.length === 0) throw refusals.nobodyThere();
        const intents = instructionLetters({ setup, instruction: found, entities, kind: "reminder", now });
        const userId = by.kind === "user" ? by.userId : 0;
        await addReminders(db, { programme, code, entities, userId, now }, transaction);
        const letters = await insertMessages(db, { programme, intents, now, state: messages }, transaction);
        const data = { programme, code, entities: entities.length, letters };
        const type = "instruction.reminded";
        await appendAudit(transaction, db, { stream: "configuration", type, actor: by, data, at: now });
        return { entities: entities.length, letters };
      }),

    attach: (a) =>
      editing(a, async (found, setup, transaction) => {
        const { programme, code, by, now } = a;
        const owner = ownedByInstruction(by.kind === "user" ? by.userId : 0, a);
        const [staged] = await stagedOf(db, { ids: [a.file], owner, programme }, transaction);
        if (staged === undefined) throw refusals.noFile();
        if (attachmentTypes[staged.type]?.kind !== "document") throw refusals.notAPaper();
        const { name, type, bytes, sha256 } = staged;
        const before = found.file;
        if (found.issuedAt !== null && before?.sha256 !== sha256) throw refusals.anotherFile();
        await keepInstructionFile(db, { id: a.file, owner, programme }, transaction);
        if (found.issuedAt !== null) return;
        const file = { name, type, bytes, sha256 };
        const row = {
          programme,
          table: "instructions",
          code,
          values: { file },
          before: { file: before },
          by,
          now,
        } as const;
        await acts.update({ setup, transaction }, row);
        if (before !== null && before.sha256 !== sha256)
          await dropUnnamedFile(db, { programme, sha256: before.sha256 }, transaction);
      }),
  };
}

const sinceOf = (instruction: Instruction | undefined): string => instruction?.issuedAt ?? "";

function newestFirst(a: InstructionLine, b: InstructionLine): number {
  return a.issuedOn === b.issuedOn ? (a.code < b.code ? -1 : 1) : a.issuedOn < b.issuedOn ? 1 : -1;
}
