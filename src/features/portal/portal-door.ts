/** What the routes of the applicant's pages are given, and how a page is shown. */

import type { Request, RequestHandler, Response } from "express";
import { asLanguage, otherLanguages } from "../../engine/text/languages.js";
import type { Language } from "../../engine/text/text.js";
import type { Cookies } from "../../platform/http/cookies.js";
import type { FollowCookie } from "./follow-cookie.js";
import type { PortalAssets } from "./open-portal-assets.js";
import type { PortalServices } from "./portal-services.js";
import type { PortalPage, PortalViews, View } from "./portal-views.js";
import type { ReadFormWithFiles } from "./read-post.js";
import type { Site, SiteName } from "./site-name.js";

/** A fault as the summary shows it; `input` is the id that its link leads to. */
export interface ShownFault {
  readonly input: string | null;
  readonly text: string;
}

export interface Shown {
  readonly title: string;
  /** Whose page it is, in header and footer; left out: as it was last seen. */
  readonly site?: Site | undefined;
  readonly status?: number;
  /** Whether the page has a form `form`: language and Back then keep what is typed into it. */
  readonly form?: boolean;
  /** Whether whoever receives that form keeps it: then the other links of the frame keep it as well. */
  readonly keeps?: boolean;
  /** The page behind `/ar` and `/en`, where it is not the one that was asked for: to this one the other language leads. */
  readonly address?: string;
  /** An address; `form`: the form is sent on with what was typed. */
  readonly back?: string | null;
  readonly faults?: readonly ShownFault[];
  readonly notice?: string | null;
}

export interface PortalDoor {
  readonly services: PortalServices;
  readonly views: PortalViews;
  readonly cookies: Cookies;
  readonly cookie: FollowCookie;
  readonly assets: PortalAssets;
  readonly site: SiteName;
  /** Refuses a post that none of our pages sent. */
  readonly ours: RequestHandler;
  /** That, and takes a stranger's place for its body, which is read later. */
  readonly ahead: readonly RequestHandler[];
  /** That, and reads its body. */
  readonly readPost: readonly RequestHandler[];
  /** Reads a form that may carry files, once it is known for whom they are. */
  readonly readFormWithFiles: ReadFormWithFiles;
}

/** Nothing but our own style, typeface and pictures; no script at all. */
const policy =
  "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The same address in another language, without what an answer said once. */
function otherAddress(request: Request, other: Language): string {
  const path = request.originalUrl.split("?", 1)[0] ?? "/";
  const query = new URLSearchParams(request.originalUrl.slice(path.length + 1));
  query.delete("done");
  const rest = query.size > 0 ? `?${query}` : "";
  const own = asLanguage(path.split("/", 2)[1]);
  return own === null ? `/${other}` : `/${other}${path.slice(1 + own.length)}${rest}`;
}

/** Answers with a page. */
export function showPage(
  door: Pick<PortalDoor, "views" | "assets" | "site">,
  request: Request,
  response: Response,
  a: { page: PortalPage; language: Language; shown: Shown; view: View },
): void {
  const { language, shown } = a;
  const { name, help } = shown.site ?? door.site.known(language);
  const { form = false, keeps = false, back = null, faults = [], notice = null } = shown;
  response
    .status(shown.status ?? (faults.length > 0 ? 422 : 200))
    .set({ "cache-control": "no-store", "content-security-policy": policy, "content-language": language })
    .type("html")
    .send(
      door.views.render(a.page, language, {
        ...a.view,
        title: shown.title,
        site: name,
        help,
        look: door.assets.lookOf(language),
        others: otherLanguages(language).map((other) => ({
          ...other,
          href: shown.address === undefined ? otherAddress(request, other.code) : `/${other.code}${shown.address}`,
        })),
        form,
        keeps,
        back: back === null ? null : { href: back === "form" ? null : back },
        faults: faults.map(({ input, text }) => ({ href: input === null ? null : `#${input}`, text })),
        notice,
      }),
    );
}
