/** What each effect needs so that it can be carried out: fields, performers, a kind of state to lead to. */

import { type Bilingual, together } from "../text/text.js";
import { pointerPart } from "./action-fields.js";
import { type EffectName, effectNames, effectOf } from "./effects.js";
import { effectWords, fieldTypeWords, kindWords, neededField, performerWords } from "./part-words.js";
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
  readonly onlyApplicant?: Bilingual;
  /** What an official who does it for the applicant has to be asked, and that nobody else may. */
  readonly forApplicant?: {
    readonly fields: Readonly<Record<string, FieldType>>;
    readonly optionalFields: Readonly<Record<string, FieldType>>;
  };
  readonly onlyOfficials?: true;
}

const neverCloses: Bilingual = {
  en: "A transfer never closes a case: it goes on with the other entity.",
  ar: "التحويل لا يغلق المعاملة: تستمر لدى الجهة الأخرى.",
};
const beginsAnew: Bilingual = {
  en: "It begins a new cycle, in which the office works again.",
  ar: "تبدأ دورة جديدة تعمل فيها الجهة من جديد.",
};

const goesOn: Bilingual = {
  en: "The case stays with the office, which goes on working on it.",
  ar: "تبقى المعاملة لدى الجهة التي تواصل العمل عليها.",
};

const needs: Readonly<Record<EffectName, Need>> = {
  assign: { fields: { entity: "entity" }, leadsTo: ["open"], because: neverCloses, onlyOfficials: true },
  take: { onlyOfficials: true },
  transfer: { fields: { entity: "entity" }, leadsTo: ["open"], because: neverCloses, onlyOfficials: true },
  reclassify: { anyField: { pillar: "pillar", importance: "importance" }, onlyOfficials: true },
  respond: { onlyOfficials: true },
  ask: { fields: { question: "text" }, onlyOfficials: true },
  reply: {
    fields: { reply: "text" },
    onlyApplicant: { en: "Only the applicant replies.", ar: "الرد لمقدم الطلب وحده." },
  },
  answer: { fields: { answer: "text" }, onlyOfficials: true },
  return: { fields: { reason: "text" }, leadsTo: ["open"], onlyOfficials: true },
  rate: {
    fields: { rating: "rating" },
    onlyApplicant: {
      en: "Only the applicant rates: staff never rate themselves.",
      ar: "التقييم لمقدم الطلب وحده: لا يقيّم الموظفون أنفسهم.",
    },
  },
  appeal: { leadsTo: ["open"], because: beginsAnew },
  reopen: { leadsTo: ["open"], because: beginsAnew },
  withdraw: {
    leadsTo: ["final"],
    // What is withdrawn is left out of the figures: whoever does so for the applicant says why, and who they took them for.
    forApplicant: {
      fields: { reason: "text", recognisedBy: "choice" },
      optionalFields: { code: "applicantCode" },
    },
  },
  // Left out of the promises like what was withdrawn: whoever rejects gains nothing in any figure. See workflows/README.md.
  reject: {
    fields: { closingReason: "closingReason" },
    leadsTo: ["final"],
    because: {
      en: "A rejection with its reason ends the case; the applicant may reopen it.",
      ar: "الرفض المسبب ينهي المعاملة، ولمقدم الطلب إعادة فتحها.",
    },
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
  return {
    en: `${what.en} needs the ${required ? "required " : ""}field ${field.en}. Untick it and tick it again: the field comes along.`,
    ar: `${what.ar}: يلزم الحقل ${field.ar}${required ? "، وهو مطلوب" : ""}. ألغِ اختيار الأثر ثم اختره من جديد ليُضاف الحقل.`,
  };
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
    const reason = {
      en: `${what.en} adds to ${first.en}, which has to come before it: choose that too.`,
      ar: `${what.ar} يكمّل ${first.ar} فيجب أن يسبقه: اختره أيضًا.`,
    };
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
      reason: {
        en: `${what.en} needs one of these fields: ${names.map(({ en }) => en).join(" or ")}.`,
        ar: `${what.ar}: يلزم أحد الحقول: ${names.map(({ ar }) => ar).join(" أو ")}.`,
      },
    },
  ];
}

/** The applicant and officials each have an action of their own: who is asked how they were recognised is not the applicant. */
function forApplicantFindings(effect: EffectName, action: WorkflowAction, path: string): Finding[] {
  const { forApplicant } = needs[effect];
  if (forApplicant === undefined) return [];
  const nobodyElse = action.by.flatMap((performer, i): Finding[] => {
    if (performer !== "system" && (performer !== "applicant" || action.by.length === 1)) return [];
    const what = effectWords(effect);
    const reason =
      performer === "system"
        ? {
            en: `${what.en} is the applicant's wish: the system cannot have it.`,
            ar: `${what.ar}: هذه رغبة مقدم الطلب، فلا يقوم بها النظام.`,
          }
        : {
            en: `With ${what.en} the applicant and officials each need an action of their own.`,
            ar: `مع الأثر ${what.ar} يلزم إجراء لمقدم الطلب وإجراء آخر للموظفين.`,
          };
    return [{ path: `${path}/by/${i}`, reason }];
  });
  const officials = action.by.some((performer) => performer !== "applicant" && performer !== "system");
  if (nobodyElse.length > 0 || !officials) return nobodyElse;
  const missing = [
    ...Object.entries(forApplicant.fields).map(([name, type]) => ({ name, type, required: true })),
    ...Object.entries(forApplicant.optionalFields).map(([name, type]) => ({ name, type, required: false })),
  ].filter(({ name, type, required }) => {
    const field = action.fields[name];
    return field?.type !== type || (required && !field.required);
  });
  const what = effectWords(effect);
  return missing.map(({ name, type, required }) => {
    const field = neededField(name, type);
    const reason = {
      en: `Where officials do it for the applicant, ${what.en} needs the ${required ? "required " : ""}field ${field.en}.`,
      ar: `حين يقوم به الموظفون نيابة عن مقدم الطلب يلزم للأثر ${what.ar} الحقل ${field.ar}${required ? "، وهو مطلوب" : ""}.`,
    };
    return { path: `${path}/fields/${name}`, reason };
  });
}

function performerFindings(effect: EffectName, action: WorkflowAction, path: string): Finding[] {
  const { onlyApplicant, onlyOfficials } = needs[effect];
  return action.by.flatMap((performer, i) => {
    if (onlyApplicant !== undefined && performer !== "applicant")
      return [{ path: `${path}/by/${i}`, reason: onlyApplicant }];
    if (onlyOfficials && (performer === "applicant" || performer === "system")) {
      const [what, who] = [effectWords(effect), performerWords(performer)];
      const reason = {
        en: `${what.en} is an official's act; ${who.en} cannot do it.`,
        ar: `${what.ar}: هذا عمل موظف، فلا يقوم به ${who.ar}.`,
      };
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
      const reason = {
        en: `With ${what.en} this must lead to a state of the kind ${wanted.en}.${because ? ` ${because.en}` : ""}`,
        ar: `مع الأثر ${what.ar} يجب أن يؤدي إلى حالة من نوع ${wanted.ar}.${because ? ` ${because.ar}` : ""}`,
      };
      return [{ path: `${path}${outcome.path}`, reason }];
    });
  });
}

/** The effect that alone reads fields of a type; null: several may. */
const readBy: Readonly<Record<FieldType, EffectName | null>> = {
  text: null,
  entity: null,
  pillar: null,
  importance: null,
  rating: "rate",
  reference: null,
  references: null,
  choice: null,
  closingReason: "reject",
  colleague: null,
  colleagues: null,
  applicantCode: "withdraw",
};

/** Fields whose value nothing would read. */
function unreadFields(action: WorkflowAction, effects: readonly EffectName[], path: string): Finding[] {
  return Object.entries(action.fields).flatMap(([code, { type }]): Finding[] => {
    const effect = readBy[type];
    if (effect === null || effects.includes(effect)) return [];
    const [of, what] = [fieldTypeWords(type), effectWords(effect)];
    const reason = {
      en: `A field of the type ${of.en} is read by ${what.en} alone: choose that, or leave the field out.`,
      ar: `الحقل من نوع ${of.ar} لا يقرؤه إلا الأثر ${what.ar}: اختره أو احذف الحقل.`,
    };
    return [{ path: `${path}/fields/${pointerPart(code)}`, reason }];
  });
}

/** What is said of the office where no official acts, or of a reminder, would hold for nothing. */
function signOfLifeFindings(action: WorkflowAction, effects: readonly EffectName[], path: string): Finding[] {
  if (action.signOfLife === undefined) return [];
  const found = (en: string, ar: string): Finding[] => [{ path: `${path}/signOfLife`, reason: { en, ar } }];
  if (action.by.every((performer) => performer === "applicant" || performer === "system")) {
    return found(
      "Only officials give a sign of life of the office: leave this out where none of them may act.",
      "لا يدل على عمل الجهة إلا فعل موظف: احذف هذه الخاصية حيث لا يقوم به موظف.",
    );
  }
  if (action.signOfLife && effects.length > 0 && effects.every((effect) => effectOf[effect].bySomebodyElse)) {
    return found(
      "A reminder is no sign of life of the office that is reminded.",
      "التذكير ليس دليلًا على عمل الجهة التي تُذكَّر.",
    );
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
    const reason = {
      en: `${assign.en} and ${transfer.en} both place the case: keep one.`,
      ar: `كل من ${assign.ar} و${transfer.ar} يحدد الجهة: أبقِ واحدًا.`,
    };
    found.push({ path: `${path}/effects`, reason });
  }
  if (action.attachments && action.by.every((performer) => performer === "system")) {
    const reason = {
      en: "The system attaches no files: give the action to a person, or leave this out.",
      ar: "لا يرفق النظام ملفات: أسند الإجراء إلى شخص أو احذف هذه الخاصية.",
    };
    found.push({ path: `${path}/attachments`, reason });
  }
  found.push(...signOfLifeFindings(action, all, path));
  for (const outcome of outcomesOf(action)) {
    if (cycleEffects.every((effect) => outcome.effects.includes(effect))) {
      const [reopen, appeal] = [effectWords("reopen"), effectWords("appeal")];
      const reason = {
        en: `${reopen.en} and ${appeal.en} both begin a new cycle: keep one.`,
        ar: `كل من ${reopen.ar} و${appeal.ar} يبدأ دورة جديدة: أبقِ واحدًا.`,
      };
      found.push({ path: `${path}/effects`, reason });
    }
  }
  return [...found, ...unreadFields(action, all, path), ...targetFindings(action, workflow, path)];
}
