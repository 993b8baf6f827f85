/** How much one person may ask for at once, as the programmes set it. */

export interface WorkLimits {
  readonly bulkMostCases: number;
  readonly exportMostRows: number;
  readonly exportMostPersonal: number;
  readonly replayMostCases: number;
}

/** What holds where a programme says nothing. */
export const defaultWorkLimits: WorkLimits = {
  bulkMostCases: 500,
  exportMostRows: 100_000,
  exportMostPersonal: 2000,
  replayMostCases: 1_000_000,
};

/** Of several programmes the smallest each. */
export function workLimits(
  settings: readonly { readonly [Name in keyof WorkLimits]?: number | undefined }[],
): WorkLimits {
  const least = (name: keyof WorkLimits): number =>
    Math.min(
      ...(settings.length === 0 ? [defaultWorkLimits] : settings).map((one) => one[name] ?? defaultWorkLimits[name]),
    );
  return {
    bulkMostCases: least("bulkMostCases"),
    exportMostRows: least("exportMostRows"),
    exportMostPersonal: least("exportMostPersonal"),
    replayMostCases: least("replayMostCases"),
  };
}
