/** How an instruction stands with those it is addressed to, as screens show it. */

import { type Actor, can, isWithin } from "../../engine/access/permissions.js";
import { acknowledgersOf } from "../../engine/letters/instruction-letters.js";
import type { InstructionEntity, InstructionLine, InstructionView } from "../../engine/setup/instruction-views.js";
import { acknowledgeableBy, addresseesOf, replacementOf, stateOfInstruction } from "../../engine/setup/instructions.js";
import type { Instruction, Labelled, Setup } from "../../engine/setup/setup.js";
import { namingsOf, type StoredDefinition } from "../setup/named-in-definitions.js";
import { policyAddress } from "../setup/office-addresses.js";
import { placeWords } from "../setup/place-words.js";
import type { Acknowledgement } from "./instruction-store.js";

interface Given {
  readonly setup: Setup;
  /** Acknowledgements of this and perhaps other instructions. */
  readonly given: readonly Acknowledgement[];
}

const named = (records: ReadonlyMap<string, Labelled>, code: string) => ({
  code,
  name: records.get(code)?.name ?? { en: code, ar: code },
});

const doneOf = ({ code }: Instruction, given: readonly Acknowledgement[]): ReadonlyMap<string, Acknowledgement> =>
  new Map(given.filter((one) => one.code === code).map((one) => [one.entity, one]));

/** How many of those it is addressed to have acknowledged it. */
export function standingOf(instruction: Instruction, { setup, given }: Given) {
  const addressees = addresseesOf(instruction, setup);
  const done = doneOf(instruction, given);
  return { acknowledged: addressees.filter((code) => done.has(code)).length, addressed: addressees.length };
}

export function lineOf(instruction: Instruction, a: Given & { readonly actor: Actor }): InstructionLine {
  const { setup, actor, given } = a;
  const { code, number, name, issuedOn, inForceFrom } = instruction;
  const programme = setup.programme.code;
  const done = doneOf(instruction, given);
  return {
    ...{ programme, code, number, title: name, issuedOn, inForceFrom },
    state: stateOfInstruction(instruction, setup),
    mine: acknowledgeableBy(actor, instruction, setup)
      .filter((entity) => !done.has(entity))
      .map((entity) => named(setup.entities, entity)),
    standing: can(actor, "configuration.read", { programme }) ? standingOf(instruction, a) : null,
  };
}

/** Entities of which this person may see how they stand: all for whoever reads the whole register, else the own and those below. */
function seenBy(actor: Actor, setup: Setup): (entity: string) => boolean {
  const programme = setup.programme.code;
  if (can(actor, "configuration.read", { programme })) return () => true;
  const tops = actor.kind === "user" ? actor.seats.filter((seat) => seat.programme === programme) : [];
  return (code) =>
    tops.some(({ entity, role }) =>
      entity === null ? false : role === "focal_point" ? entity === code : isWithin(code, entity, setup.entities),
    );
}

function entitiesOf(
  instruction: Instruction,
  a: Given & { readonly actor: Actor; readonly reminded: ReadonlyMap<string, Date>; readonly now: Date },
): InstructionEntity[] {
  const { setup, given, reminded, now } = a;
  if (instruction.issuedAt === null) return [];
  const done = doneOf(instruction, given);
  const rows = addresseesOf(instruction, setup)
    .filter(seenBy(a.actor, setup))
    .map((code): InstructionEntity => {
      const by = done.get(code);
      return {
        entity: named(setup.entities, code),
        acknowledged: by === undefined ? null : { at: by.at.toISOString(), by: by.name },
        manned: acknowledgersOf(setup, code, now).length > 0,
        remindedAt: reminded.get(code)?.toISOString() ?? null,
      };
    });
  return [...rows.filter((row) => row.acknowledged === null), ...rows.filter((row) => row.acknowledged !== null)];
}

export function viewOf(
  instruction: Instruction,
  a: Given & {
    readonly actor: Actor;
    readonly reminded: ReadonlyMap<string, Date>;
    readonly definitions: readonly StoredDefinition[];
    /** Whether the bytes of its file are here. */
    readonly here: boolean;
    readonly record: number | null;
    readonly now: Date;
  },
): InstructionView {
  const { setup, actor } = a;
  const { text, file, issuedAt, toAll, toSectors, toSubtrees, toEntities, replaces } = instruction;
  const programme = setup.programme.code;
  const briefly = (one: Instruction | null | undefined) =>
    one ? { code: one.code, number: one.number, title: one.name } : null;
  return {
    ...lineOf(instruction, a),
    text,
    file: file && { ...file, here: a.here },
    issuedAt,
    addressed: toAll
      ? []
      : [
          ...toSectors.map((code) => named(setup.sectors, code)),
          ...[...toSubtrees, ...toEntities].map((code) => named(setup.entities, code)),
        ],
    replaces: briefly(replaces === null ? null : setup.instructions.get(replaces)),
    replacedBy: briefly(replacementOf(instruction, setup)),
    entities: entitiesOf(instruction, a),
    citedBy: namingsOf(a.definitions, "instructions", instruction.code).map(({ source, title }) => ({
      words: placeWords(source, title),
      link: policyAddress(programme, source),
    })),
    mayEdit: can(actor, "setup.edit", { programme }),
    record: a.record,
  };
}
