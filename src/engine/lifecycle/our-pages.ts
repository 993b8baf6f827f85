/** Whether one of our own pages sent a request: what browsers say of where a post comes from. */

export interface Whence {
  /** `Sec-Fetch-Site`. */
  readonly site: string | undefined;
  /** `Origin`. */
  readonly origin: string | undefined;
  /** Where we were asked: `https://diwan.example.jo`. */
  readonly asked: string;
  /** Where people reach us from outside. */
  readonly publicOrigin: string | null;
}

/** The origin of an address, null for what is none. */
export const originOf = (address: string): string | null => (URL.canParse(address) ? new URL(address).origin : null);

/** Browsers cannot be made to leave both headers out of a POST. */
export function fromOurPages({ site, origin, asked, publicOrigin }: Whence): boolean {
  if (site !== undefined) return site === "same-origin";
  return origin !== undefined && (origin === asked || origin === publicOrigin);
}
