/** A case that goes on by another version of its workflow, in words. */
import type { Bilingual } from "../text/text.js";
import { stateName, type Told } from "./told.js";

/** The state that it was in is told by the name that it had then. */
export function migrated(told: Told): string {
  const { data, words } = told;
  const was = data.was as Bilingual | null | undefined;
  const version = words.say(
    `Goes on by version ${data.toVersion} of the workflow instead of version ${data.fromVersion}`,
    `تُتابع وفق النسخة ${data.toVersion} من سير العمل بدلًا من النسخة ${data.fromVersion}`,
  );
  if (data.from === data.to) return `${version}.`;
  const from = was ? words.quote(words.pick(was)) : stateName(data.from, told);
  const to = stateName(data.to, told);
  return words.say(`${version}: from ${from} to ${to}.`, `${version}: من ${from} إلى ${to}.`);
}
