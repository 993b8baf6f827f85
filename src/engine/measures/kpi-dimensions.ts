/** By what figures are grouped, and the records of the settings that have the names of its codes. */
import type { Labelled, Setup } from "../setup/setup.js";

export const kpiDimensions = ["entity", "pillar", "channel", "type", "importance", "service", "governorate"] as const;
export type KpiDimension = (typeof kpiDimensions)[number];

/** Those of which the figures page has one table, as the reader chooses. */
export const splitDimensions = ["type", "service", "channel"] as const satisfies readonly KpiDimension[];
export type SplitDimension = (typeof splitDimensions)[number];

export const recordsOf: Readonly<Record<KpiDimension, (setup: Setup) => ReadonlyMap<string, Labelled>>> = {
  entity: ({ entities }) => entities,
  pillar: ({ pillars }) => pillars,
  channel: ({ channels }) => channels,
  type: ({ types }) => types,
  importance: ({ importanceLevels }) => importanceLevels,
  service: ({ services }) => services,
  governorate: ({ governorates }) => governorates,
};
