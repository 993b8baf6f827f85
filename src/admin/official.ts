/** Whoever is signed in, as of this request. */
import type { Actor } from "../domain/permissions.js";
import type { Language } from "../domain/text.js";

export type PersonActor = Extract<Actor, { kind: "user" }>;

/** The account behind a session with the seats it holds now; loaded anew at every request. */
export interface Official {
  readonly actor: PersonActor;
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly sessionId: string;
}
