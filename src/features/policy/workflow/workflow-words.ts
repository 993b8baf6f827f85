/** The parts of a workflow on its screens: what they are called (`workflow-titles`), and what is told of them beside that. */

import { msg } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { type EffectName, effectTitles } from "../../../engine/workflow/effects.js";
import { actingPeople, type Performer, performerTitles } from "../../../engine/workflow/performers.js";
import type { FieldType, StateKind } from "../../../engine/workflow/workflow-definition.js";
import { fieldTypeTitles, stateKindTitles } from "../../../engine/workflow/workflow-titles.js";

interface Kind {
  readonly label: Bilingual;
  /** What it does to the clocks. */
  readonly help: Bilingual;
  readonly icon: string;
}

export const stateKinds: Readonly<Record<StateKind, Kind>> = {
  open: {
    label: stateKindTitles.open,
    help: msg("policy-workflow.workflowWords.stateKindsOpenHelp"),
    icon: "play",
  },
  waiting: {
    label: stateKindTitles.waiting,
    help: msg("policy-workflow.workflowWords.stateKindsWaitingHelp"),
    icon: "pause",
  },
  resolved: {
    label: stateKindTitles.resolved,
    help: msg("policy-workflow.workflowWords.stateKindsResolvedHelp"),
    icon: "check",
  },
  final: {
    label: stateKindTitles.final,
    help: msg("policy-workflow.workflowWords.stateKindsFinalHelp"),
    icon: "archive",
  },
};
export const unknownKind: Bilingual = msg("policy-workflow.workflowWords.unknownKind");

/** Those who can act on a case; a workflow that names others shows them where it does. */
export const actingPerformers: readonly Performer[] = [...actingPeople, "system"];

export const performerWords = (code: string): Bilingual | string => performerTitles[code as Performer] ?? code;

/** As what somebody acts, told by a sign: an official, the applicant, the system. */
export type Side = "official" | "applicant" | "system";
export const sides: Readonly<Record<Side, { readonly label: Bilingual; readonly icon: string }>> = {
  official: { label: msg("policy-workflow.workflowWords.sidesOfficialLabel"), icon: "seat" },
  applicant: { label: msg("policy-workflow.workflowWords.sidesApplicantLabel"), icon: "person" },
  system: { label: msg("policy-workflow.workflowWords.sidesSystemLabel"), icon: "clock" },
};
export function sidesOf(by: readonly string[]): readonly Side[] {
  const found = by.map((one): Side => (one === "applicant" || one === "system" ? one : "official"));
  return (["official", "applicant", "system"] as const).filter((side) => found.includes(side));
}

export const effectWords = (name: string): Bilingual | string => effectTitles[name as EffectName] ?? name;

export const fieldWords = (type: string): Bilingual | string => fieldTypeTitles[type as FieldType] ?? type;
