/** Numbers and percentages as people read them; digits are 0–9 in every language. */
import { numberFormat, withoutMarks } from "./intl-formats.js";

/** `12,345`, `1.5`: at most one decimal. */
export const formatNumber = (value: number, language: string): string =>
  withoutMarks(numberFormat(language, { maximumFractionDigits: 1 }).format(value));

/** `71.3%`, `100%`: at most one decimal. @param share from 0 to 1; of nothing it is null, and the caller says so in words */
export const formatPercent = (share: number, language: string): string =>
  withoutMarks(numberFormat(language, { style: "percent", maximumFractionDigits: 1 }).format(share));
