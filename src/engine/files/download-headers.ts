/** What a browser is told with a file: save it, do not look into it, do nothing with it. */
import type { Attachment } from "./attachment.js";

/** RFC 5987: what stands for itself. */
const escaped = (name: string): string =>
  encodeURIComponent(name).replace(/['()*!]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

const common = {
  // Nobody on the way may pack it anew: a part of it is a part of what was stored.
  "cache-control": "no-store, no-transform",
  "content-security-policy": "default-src 'none'; sandbox",
  "cross-origin-resource-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
} as const;

/** Whatever it is, it is saved and never shown inside our pages. */
export function downloadHeaders({ name, type }: Pick<Attachment, "name" | "type">): Record<string, string> {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, "_");
  const text = type.startsWith("text/") ? "; charset=utf-8" : "";
  return {
    ...common,
    "content-type": `${type}${text}`,
    "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${escaped(name)}`,
  };
}

/** A thumbnail is a picture that we made ourselves: the only thing that is shown in place. */
export const thumbnailHeaders = (): Record<string, string> => ({
  ...common,
  "content-type": "image/webp",
  "content-disposition": "inline",
});

export interface ByteRange {
  readonly from: number;
  /** The last byte, included. */
  readonly to: number;
}

/**
 * The one range that a `Range` header asks for; null: all of it (none, several, or not bytes); `unsatisfiable`: nothing
 * of the file lies there.
 */
export function rangeOf(header: string | undefined, bytes: number): ByteRange | null | "unsatisfiable" {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "");
  if (asked === null || (asked[1] === "" && asked[2] === "")) return null;
  if (asked[1] === "") {
    const last = Math.min(Number(asked[2]), bytes);
    return last === 0 ? "unsatisfiable" : { from: bytes - last, to: bytes - 1 };
  }
  const from = Number(asked[1]);
  const to = asked[2] === "" ? bytes - 1 : Math.min(Number(asked[2]), bytes - 1);
  if (from >= bytes) return "unsatisfiable";
  return from > to ? null : { from, to };
}
