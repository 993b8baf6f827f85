/** Whoever is signed in, as of this request. */

import type { Response } from "express";
import type { Actor } from "../../engine/access/permissions.js";
import type { Language } from "../../engine/text/text.js";

/** The official whom `authenticate` has let in. Throws where it did not run. */
export function signedInOf(response: Response): Official {
  const official = response.locals.official as Official | undefined;
  if (official === undefined) throw new Error("nobody was authenticated");
  return official;
}

export type PersonActor = Extract<Actor, { kind: "user" }>;

/** The account behind a session with the seats it holds now; loaded anew at every request. */
export interface Official {
  readonly actor: PersonActor;
  readonly userId: number;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** The language of the page that asks, where it was switched: names are sorted as they are read. */
  readonly reads?: Language;
  readonly sessionId: string;
  /** How often all sessions of the account have ended, this one not among them. */
  readonly epoch: number;
}

/** In which language the official reads now. */
export const readIn = ({ reads, language }: Official): Language => reads ?? language;
