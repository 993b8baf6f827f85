/** JSON as people write it: what it says, or what has to be mended before anybody takes it. */
import { doubledNames, doubledNameWords } from "../../../engine/text/doubled-names.js";
import type { Bilingual } from "../../../engine/text/text.js";
import { parseFault } from "./json-faults.js";

export interface TextFault {
  readonly reason: Bilingual;
  /** From 1. */
  readonly line: number;
  /** JSON pointer; empty where the text is no JSON, and has no places yet. */
  readonly place: string;
}

const notJson = (why: Bilingual): Bilingual => ({
  en: `This is not valid JSON: ${why.en}`,
  ar: `هذا ليس JSON صالحًا: ${why.ar}`,
});

/** Why a text cannot be taken as it stands; empty when it can. */
export function textFaults(text: string): TextFault[] {
  const broken = parseFault(text);
  if (broken !== null) return [{ reason: notJson(broken.reason), line: broken.line, place: "" }];
  return doubledNames(text).map((one) => ({ reason: doubledNameWords(one), line: one.again, place: one.path }));
}

/** What it says; undefined while it cannot be taken. */
export function readJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return doubledNames(text, 1).length === 0 ? value : undefined;
  } catch {
    return undefined;
  }
}
