/** Shades by value: five steps between the least and the most that are shown, always beside the figure itself. */

const shadeSteps = 5;

export interface Shades {
  /** 1 to 5; null: no data. */
  of(value: number | null): number | null;
  /** Bounds of the steps, least first; none where nothing differs. */
  readonly bounds: readonly { readonly shade: number; readonly from: number; readonly to: number }[];
}

export function shadesOf(values: readonly (number | null)[]): Shades {
  const known = values.filter((value): value is number => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const width = (most - least) / shadeSteps;
  return {
    of: (value) =>
      value === null ? null : width > 0 ? Math.min(shadeSteps, Math.floor((value - least) / width) + 1) : 3,
    bounds:
      known.length === 0 || width === 0
        ? []
        : Array.from({ length: shadeSteps }, (_, i) => ({
            shade: i + 1,
            from: least + i * width,
            to: least + (i + 1) * width,
          })),
  };
}
