/** Behind the gate: every address of a page gets the page in which screens run. It is the same for all of them. */
import { randomBytes } from "node:crypto";
import type { Request, RequestHandler } from "express";
import type { Language } from "../../engine/text/text.js";
import type { Definitions } from "./addresses.js";
import type { Boot } from "./boot-data.js";
import { describeOffice, screenAt } from "./describe-office.js";
import { pageHeaders } from "./headers.js";
import type { Official } from "./official.js";
import { openedOf } from "./opened.js";
import { pageHtml } from "./page-html.js";
import type { AssetAddresses } from "./serve-assets.js";

export interface PageServing {
  readonly definitions: Definitions;
  readonly addresses: AssetAddresses;
  /** What one page tells its browser. */
  boot(official: Official, language: Language): Promise<Boot>;
  languageOf(request: Request, official: Official): Language;
}

export function servePage({ definitions, addresses, boot, languageOf }: PageServing): RequestHandler {
  const officeOf = describeOffice(definitions, addresses);
  return async (request, response) => {
    const { official, address } = openedOf(response);
    const language = languageOf(request, official);
    const nonce = randomBytes(18).toString("base64");
    const page = pageHtml({
      language,
      nonce,
      boot: await boot(official, language),
      office: officeOf(official),
      addresses,
      screen: screenAt(address.target, definitions),
    });
    pageHeaders(response, nonce);
    response.set("content-language", language).type("html").send(page);
  };
}
