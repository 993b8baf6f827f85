/** Chance that nobody can guess: references, codes, keys and passwords are made of it, except in a simulation. */
import { randomBytes } from "node:crypto";
import type { Random } from "../app/services.js";

export const unguessable: Random = { bytes: (n) => randomBytes(n) };
