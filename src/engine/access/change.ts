/** Who changes something, and when. */
import type { Actor } from "./permissions.js";

/** Who changes something, and when. */
export interface Change {
  readonly by: Actor;
  readonly now: Date;
}
