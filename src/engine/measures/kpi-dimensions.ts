/** By what figures are grouped. */
export const kpiDimensions = ["entity", "pillar", "channel", "type", "importance", "service", "governorate"] as const;
export type KpiDimension = (typeof kpiDimensions)[number];
