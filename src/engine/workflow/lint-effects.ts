/** What each effect needs so that it can be carried out: fields, performers, a kind of state to lead to. */

import { msg } from "../text/msg.js";
import { type Bilingual, listed, together } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import { agreedUntil, type EffectName, effectNames, effectOf } from "./effects.js";
import { isForApplicant, recognisedBy } from "./for-applicant.js";
import { effectWords, fieldTypeWords, kindWords, neededField, performerWords } from "./part-words.js";
import type { Performer } from "./performers.js";
import type { FieldType, StateKind, WorkflowAction, WorkflowDefinition } from "./workflow-definition.js";

export interface Finding {
  /** JSON pointer. */
  readonly path: string;
  readonly reason: Bilingual;
  readonly severity?: "warning";
}

interface Need {
  readonly fields?: Readonly<Record<string, FieldType>>;
  /** One of these fields is enough, and it may be left empty. */
  readonly anyField?: Readonly<Record<string, FieldType>>;
  readonly leadsTo?: readonly StateKind[];
  /** Why it may lead nowhere else. */
  readonly because?: Bilingual;
  /** Fields that it reads and that may be left empty. */
  readonly optionalFields?: Readonly<Record<string, FieldType>>;
  /** It adds to what this effect does. */
  readonly beside?: EffectName;
  /** The applicant, or the contact centre for one who calls: nobody whose work it is about. */
  readonly onlyApplicant?: Bilingual;
  /** What an official who does it for the applicant has to be asked, and that nobody else may. */
  readonly forApplicant?: {
    readonly fields: Readonly<Record<string, FieldType>>;
    /** Officials who may do it on their own account too; the contact centre never does: it acts for callers alone. */
    readonly alsoOffice?: true;
  };
  readonly onlyOfficials?: true;
}

const neverCloses: Bilingual = msg("workflow.lintEffects.neverCloses");
const beginsAnew: Bilingual = msg("workflow.lintEffects.beginsAnew");

const goesOn: Bilingual = msg("workflow.lintEffects.goesOn");

const needs: Readonly<Record<EffectName, Need>> = {
  assign: { fields: { entity: "entity" }, leadsTo: ["open"], because: neverCloses, onlyOfficials: true },
  take: { onlyOfficials: true },
  transfer: { fields: { entity: "entity" }, leadsTo: ["open"], because: neverCloses, onlyOfficials: true },
  reclassify: { anyField: { pillar: "pillar", importance: "importance" }, onlyOfficials: true },
  respond: { onlyOfficials: true },
  ask: { fields: { question: "text" }, onlyOfficials: true },
  reply: {
    fields: { reply: "text" },
    forApplicant: { fields: {} },
  },
  answer: { fields: { answer: "text" }, onlyOfficials: true },
  return: { fields: { reason: "text" }, leadsTo: ["open"], onlyOfficials: true },
  rate: {
    fields: { rating: "rating" },
    onlyApplicant: msg("workflow.lintEffects.needsRateOnlyApplicant"),
    forApplicant: { fields: {} },
  },
  appeal: { leadsTo: ["open"], because: beginsAnew },
  reopen: { leadsTo: ["open"], because: beginsAnew, forApplicant: { fields: {}, alsoOffice: true } },
  agree: { fields: { [agreedUntil]: "date" }, leadsTo: ["open"], because: beginsAnew },
  withdraw: {
    leadsTo: ["final"],
    // What is withdrawn is left out of the figures: whoever does so for the applicant says why, and who they took them for.
    forApplicant: { fields: { reason: "text" } },
  },
  // Left out of the promises like what was withdrawn: whoever rejects gains nothing in any figure. See workflows/README.md.
  reject: {
    fields: { closingReason: "closingReason" },
    leadsTo: ["final"],
    because: msg("workflow.lintEffects.needsRejectBecause"),
    onlyOfficials: true,
  },
  link: { fields: { duplicateOf: "reference" }, leadsTo: ["final"], onlyOfficials: true },
  note: { fields: { note: "text" } },
  mention: { optionalFields: { mentions: "colleagues" }, beside: "note", onlyOfficials: true },
  give: { fields: { colleague: "colleague" }, leadsTo: ["open"], because: goesOn, onlyOfficials: true },
  split: {
    fields: { subject: "text", description: "text", reason: "text" },
    leadsTo: ["open"],
    because: goesOn,
    onlyOfficials: true,
  },
  merge: { fields: { others: "references" }, leadsTo: ["open"], because: goesOn, onlyOfficials: true },
  remind: { leadsTo: ["open"], because: goesOn, onlyOfficials: true },
};

/** Effects that begin a new cycle. */
export const cycleEffects = effectNames.filter((effect) => effectOf[effect].beginsCycle);

/** Every way an action may go: the state (null: stays), the effects then, and where that is written. */
export function outcomesOf(
  action: WorkflowAction,
): { to: string | null; effects: readonly EffectName[]; path: string }[] {
  if (action.to === null || typeof action.to === "string")
    return [{ to: action.to, effects: action.effects, path: "/to" }];
  return action.to.map((branch, i) => ({
    to: branch.to,
    effects: [...action.effects, ...(branch.effects ?? [])],
    path: `/to/${i}/to`,
  }));
}

/** The studio adds what an effect needs when it is ticked: so the cure is to take it away and choose it again. */
function missingField(effect: EffectName, name: string, type: FieldType, required: boolean): Bilingual {
  const [what, field] = [effectWords(effect), neededField(name, type)];
  return msg("workflow.lintEffects.needsTheOtherFieldUntick", { what, required: required ? "yes" : "no", field });
}

function fieldFindings(effect: EffectName, action: WorkflowAction, path: string): Finding[] {
  const { fields = {}, anyField, optionalFields = {}, beside } = needs[effect];
  const missing = Object.entries(fields).filter(
    ([name, type]) => action.fields[name]?.type !== type || !action.fields[name]?.required,
  );
  const found: Finding[] = missing.map(([name, type]) => ({
    path: `${path}/fields/${name}`,
    reason: missingField(effect, name, type, true),
  }));
  for (const [name, type] of Object.entries(optionalFields)) {
    if (action.fields[name]?.type === type) continue;
    found.push({ path: `${path}/fields/${name}`, reason: missingField(effect, name, type, false) });
  }
  if (beside !== undefined && !action.effects.slice(0, action.effects.indexOf(effect)).includes(beside)) {
    const [what, first] = [effectWords(effect), effectWords(beside)];
    const reason = msg("workflow.lintEffects.addsToWhichHasTo", { what, first });
    found.push({ path: `${path}/effects`, reason });
  }
  if (anyField === undefined) return found;
  const hasOne = Object.entries(anyField).some(([name, type]) => action.fields[name]?.type === type);
  if (hasOne) return found;
  const names = Object.entries(anyField).map(([name, type]) => neededField(name, type));
  const what = effectWords(effect);
  return [
    ...found,
    {
      path: `${path}/fields`,
      reason: msg("workflow.lintEffects.oneOfTheseFields", {
        what,
        names: listed(names, msg("workflow.lintEffects.or")),
      }),
    },
  ];
}

/** What an official who acts for an applicant is asked besides: how they recognised them, and the code where they were told it. */
const askedForThem: Readonly<Record<string, FieldType>> = { [recognisedBy]: "choice" };
const maybeForThem: Readonly<Record<string, FieldType>> = { code: "applicantCode" };

const isOfficial = (performer: Performer): boolean => performer !== "applicant" && performer !== "system";

/** The applicant and officials each have an action of their own: who is asked how they were recognised is not the applicant. */
function forApplicantFindings(effect: EffectName, action: WorkflowAction, path: string): Finding[] {
  const { forApplicant, onlyApplicant } = needs[effect];
  if (forApplicant === undefined) return [];
  const { fields, alsoOffice } = forApplicant;
  const ownAccount = alsoOffice === true && !isForApplicant(action) && !action.by.includes("contact_centre_agent");
  if (ownAccount) return [];
  const mayAtAll = (performer: Performer) => onlyApplicant === undefined || performer === "contact_centre_agent";
  const officials = action.by.some((performer) => isOfficial(performer) && mayAtAll(performer));
  const nobodyElse = action.by.flatMap((performer, i): Finding[] => {
    if (performer !== "system" && (performer !== "applicant" || !officials)) return [];
    const what = effectWords(effect);
    const reason =
      performer === "system"
        ? msg("workflow.lintEffects.isTheApplicantsWishThe", { what })
        : msg("workflow.lintEffects.withTheApplicantAndOfficials", { what });
    return [{ path: `${path}/by/${i}`, reason }];
  });
  if (nobodyElse.length > 0 || !officials) return nobodyElse;
  const missing = [
    ...Object.entries({ ...fields, ...askedForThem }).map(([name, type]) => ({ name, type, required: true })),
    ...Object.entries(maybeForThem).map(([name, type]) => ({ name, type, required: false })),
  ].filter(({ name, type, required }) => {
    const field = action.fields[name];
    return field?.type !== type || (required && !field.required);
  });
  const what = effectWords(effect);
  return missing.map(({ name, type, required }) => {
    const field = neededField(name, type);
    const reason = msg("workflow.lintEffects.whereOfficialsDoItFor", {
      what,
      required: required ? "yes" : "no",
      field,
    });
    return { path: `${path}/fields/${name}`, reason };
  });
}

function performerFindings(effect: EffectName, action: WorkflowAction, path: string): Finding[] {
  const { onlyApplicant, onlyOfficials } = needs[effect];
  return action.by.flatMap((performer, i) => {
    if (onlyApplicant !== undefined && performer !== "applicant" && performer !== "contact_centre_agent")
      return [{ path: `${path}/by/${i}`, reason: onlyApplicant }];
    if (onlyOfficials && (performer === "applicant" || performer === "system")) {
      const [what, who] = [effectWords(effect), performerWords(performer)];
      const reason = msg("workflow.lintEffects.isAnOfficialsActCannot", { what, who });
      return [{ path: `${path}/by/${i}`, reason }];
    }
    return [];
  });
}

function targetFindings(action: WorkflowAction, workflow: WorkflowDefinition, path: string): Finding[] {
  return outcomesOf(action).flatMap((outcome) => {
    const kinds =
      outcome.to === null
        ? action.from.map((state) => workflow.states[state]?.kind)
        : [workflow.states[outcome.to]?.kind];
    return outcome.effects.flatMap((effect) => {
      const { leadsTo, because } = needs[effect];
      if (leadsTo === undefined || kinds.every((kind) => kind === undefined || leadsTo.includes(kind))) return [];
      const [what, wanted] = [effectWords(effect), together(leadsTo.map(kindWords))];
      const reason = msg("workflow.lintEffects.withThisMustLeadTo", {
        what,
        wanted,
        because: because ? msg("workflow.lintEffects.text", { because }) : "",
      });
      return [{ path: `${path}${outcome.path}`, reason }];
    });
  });
}

/** The effects that alone read fields of a type, the first named where none of them is there; null: several may. */
const readBy: Readonly<Record<FieldType, readonly EffectName[] | null>> = {
  text: null,
  entity: null,
  pillar: null,
  importance: null,
  rating: ["rate"],
  reference: null,
  references: null,
  choice: null,
  date: null,
  closingReason: ["reject"],
  colleague: null,
  colleagues: null,
  applicantCode: ["withdraw", ...effectNames.filter((effect) => needs[effect].forApplicant !== undefined)],
};

/** Fields whose value nothing would read. */
function unreadFields(action: WorkflowAction, effects: readonly EffectName[], path: string): Finding[] {
  return Object.entries(action.fields).flatMap(([code, { type }]): Finding[] => {
    const readers = readBy[type];
    const first = readers?.[0];
    if (first === undefined || readers?.some((effect) => effects.includes(effect))) return [];
    const [of, what] = [fieldTypeWords(type), effectWords(first)];
    const reason = msg("workflow.lintEffects.aFieldOfTheType", { of, what });
    return [{ path: `${path}/fields/${pointerPart(code)}`, reason }];
  });
}

/** What is said of the office where no official acts, or of a reminder, would hold for nothing. */
function signOfLifeFindings(action: WorkflowAction, effects: readonly EffectName[], path: string): Finding[] {
  if (action.signOfLife === undefined) return [];
  const found = (reason: Bilingual): Finding[] => [{ path: `${path}/signOfLife`, reason }];
  if (action.by.every((performer) => performer === "applicant" || performer === "system")) {
    return found(msg("workflow.lintEffects.onlyOfficialsGiveASign"));
  }
  if (action.signOfLife && effects.length > 0 && effects.every((effect) => effectOf[effect].bySomebodyElse)) {
    return found(msg("workflow.lintEffects.aReminderIsNoSign"));
  }
  return [];
}

/** Faults of the effects of one action. Unknown states are told elsewhere. */
export function effectFindings(name: string, action: WorkflowAction, workflow: WorkflowDefinition): Finding[] {
  const path = `/actions/${pointerPart(name)}`;
  const all = [...new Set(outcomesOf(action).flatMap((outcome) => outcome.effects))];
  const found = all.flatMap((effect) => [
    ...fieldFindings(effect, action, path),
    ...performerFindings(effect, action, path),
    ...forApplicantFindings(effect, action, path),
  ]);
  const moves = all.filter((effect) => effect === "assign" || effect === "transfer");
  if (moves.length > 1) {
    const [assign, transfer] = [effectWords("assign"), effectWords("transfer")];
    const reason = msg("workflow.lintEffects.andBothPlaceTheCase", { assign, transfer });
    found.push({ path: `${path}/effects`, reason });
  }
  if (action.attachments && action.by.every((performer) => performer === "system")) {
    const reason = msg("workflow.lintEffects.theSystemAttachesNoFiles");
    found.push({ path: `${path}/attachments`, reason });
  }
  found.push(...signOfLifeFindings(action, all, path));
  for (const outcome of outcomesOf(action)) {
    if (cycleEffects.every((effect) => outcome.effects.includes(effect))) {
      const [reopen, appeal] = [effectWords("reopen"), effectWords("appeal")];
      const reason = msg("workflow.lintEffects.andBothBeginANew", { reopen, appeal });
      found.push({ path: `${path}/effects`, reason });
    }
  }
  return [...found, ...unreadFields(action, all, path), ...targetFindings(action, workflow, path)];
}
