/** Chance that nobody can guess: references, codes, keys and passwords are made of it, except in a simulation. */
import { randomBytes } from "node:crypto";

export interface Random {
  /** `n` bytes nobody can guess (or, in a simulation, that a seed repeats). */
  bytes(n: number): Buffer;
}

export const unguessable: Random = { bytes: (n) => randomBytes(n) };

/** Numbers that nobody guesses (UUID, version 4). */
export function newId(random: Random): string {
  const bytes = Buffer.from(random.bytes(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
