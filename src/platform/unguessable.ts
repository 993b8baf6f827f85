/** Chance that nobody can guess: references, codes, keys and passwords are made of it, except in a simulation. */
import { randomBytes } from "node:crypto";

export interface Random {
  /** `n` bytes nobody can guess (or, in a simulation, that a seed repeats). */
  bytes(n: number): Buffer;
}

export const unguessable: Random = { bytes: (n) => randomBytes(n) };
