/** A new password as a form asks for it, twice. */
import { Problem } from "../../../engine/text/problems.js";
import { passwordFault } from "../user-store.js";
import { pageWords } from "./page-words.js";

/** Throws all that is wrong with it at once: what it is, at `field`, and that the second differs, at `/repeat`. Problem invalid-input. */
export function requireTypedTwice(a: {
  readonly password: string;
  readonly repeat: string;
  readonly field: string;
}): void {
  const wrong = passwordFault(a.password);
  const faults = [
    ...(wrong === null ? [] : [{ field: a.field, reason: wrong }]),
    ...(a.password === a.repeat ? [] : [{ field: "/repeat", reason: pageWords["field.repeatDiffers"] }]),
  ];
  const [first] = faults;
  if (first !== undefined) throw new Problem("invalid-input", first.reason, faults);
}
