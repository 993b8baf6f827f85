/** Codes of an authenticator app (RFC 6238: SHA-1, six digits, thirty seconds) and recovery codes. */

import { createHash } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { toString as drawQr } from "qrcode";
import { westernDigits } from "../../../engine/text/normalise-text.js";
import type { SecondFactorSecret } from "./accounts.js";

const periodMs = 30_000;
export const secretBytes = 20;
const recoveryBytes = 10;
export const recoveryCodeCount = 10;

const totpOf = (secret: Buffer, label: string) =>
  // A copy: Buffers of Node share their memory with others.
  new TOTP({ issuer: "Diwan", label, secret: new Secret({ buffer: new Uint8Array(secret).buffer }), digits: 6 });

const inFours = (text: string, mark: string) => (text.match(/.{1,4}/g) ?? []).join(mark);

/** A secret as it is shown once. */
export async function showSecret(secret: Buffer, email: string): Promise<SecondFactorSecret> {
  const totp = totpOf(secret, email);
  const uri = totp.toString();
  return { secret: inFours(totp.secret.base32, " "), uri, qrSvg: await drawQr(uri, { type: "svg", margin: 2 }) };
}

/** The time step that a code belongs to, or null for a wrong one. One step early or late is taken: clocks differ. */
export function stepOfCode(secret: Buffer, code: string, at: Date): number | null {
  const delta = totpOf(secret, "").validate({ token: code, timestamp: at.getTime(), window: 1 });
  return delta === null ? null : Math.floor(at.getTime() / periodMs) + delta;
}

/** What a person typed: digits of either script, without the blanks and hyphens that codes are shown with. */
export function typedCode(typed: string): string {
  return westernDigits(typed.slice(0, 100).normalize("NFKC"))
    .replace(/[\s\-–\u200e\u200f]/g, "")
    .toUpperCase();
}

/** One that nobody guesses: 80 bits, as `ABCD-EFGH-IJKL-MNOP`. */
export function recoveryCode(bytes: (n: number) => Buffer): string {
  return inFours(new Secret({ buffer: new Uint8Array(bytes(recoveryBytes)).buffer }).base32, "-");
}

/** SHA-256 of a code as typed: 80 bits of chance need no slow hash. */
export function recoveryHash(userId: number, code: string): Buffer {
  return createHash("sha256")
    .update(`${userId} ${typedCode(code)}`)
    .digest();
}
