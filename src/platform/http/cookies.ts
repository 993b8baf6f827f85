/**
 * Every cookie of ours: what it is called and how browsers keep it. Where people come over TLS, as PUBLIC_URL says (a socket
 * behind a proxy knows nothing of that), it is called `__Host-…`: browsers take such a one from this very host alone, over
 * TLS and for all of its paths, so that no neighbouring host can plant one. Over plain HTTP names and paths are short.
 */
import type { CookieOptions, Request, Response } from "express";

export interface OurCookie {
  readonly name: string;
  readonly options: Readonly<Pick<CookieOptions, "path" | "httpOnly" | "secure">> & { readonly sameSite: "lax" };
}

export interface Cookies {
  /** Who is signed in at the back office. */
  readonly session: OurCookie;
  /** Accounts that know this device. */
  readonly device: OurCookie;
  /** The language of the back office. The switch in the browser sets it too, so scripts may; it is no secret. */
  readonly language: OurCookie;
  /** An application that is being typed. */
  readonly draft: OurCookie;
  /** An application that this browser follows, by its reference. */
  followed(reference: string): OurCookie;
}

/** @param publicUrl PUBLIC_URL */
export function cookiesOf(publicUrl: string): Cookies {
  const secure = publicUrl.startsWith("https:");
  const cookie = (name: string, { path = "/", httpOnly = true } = {}): OurCookie => ({
    name: secure ? `__Host-${name}` : name,
    options: { path: secure ? "/" : path, httpOnly, sameSite: "lax", secure },
  });
  return {
    session: cookie("diwan_session", { path: "/admin" }),
    device: cookie("diwan_device", { path: "/admin" }),
    language: cookie("diwan_language", { httpOnly: false }),
    draft: cookie("diwan_draft"),
    followed: (reference) => cookie(`diwan_case_${reference.replaceAll("-", "")}`),
  };
}

/** All that a browser sent, as it was set, in its order. */
export function sentCookies(request: Pick<Request, "headers">): (readonly [name: string, value: string])[] {
  return (request.headers.cookie ?? "").split(";").map((part) => {
    const [name = "", ...value] = part.trim().split("=");
    return [name, value.join("=")];
  });
}

/** A cookie's value as it was set; null where there is none. */
export function readCookie(request: Pick<Request, "headers">, { name }: Pick<OurCookie, "name">): string | null {
  return sentCookies(request).find(([sent]) => sent === name)?.[1] ?? null;
}

/** Sets a cookie, until the browser is closed or for a while; null takes it away. Its value needs no encoding. */
export function setCookie(
  response: Response,
  { name, options }: OurCookie,
  value: string | null,
  lifeMs?: number,
): void {
  if (value === null) response.clearCookie(name, options);
  else response.cookie(name, value, { ...options, encode: String, ...(lifeMs !== undefined && { maxAge: lifeMs }) });
}
