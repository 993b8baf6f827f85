/** What browsers are told about answers of the back office. */
import type { RequestHandler, Response } from "express";

const features = [
  "accelerometer",
  "browsing-topics",
  "camera",
  "display-capture",
  "geolocation",
  "gyroscope",
  "magnetometer",
  "microphone",
  "midi",
  "payment",
  "serial",
  "usb",
] as const;

/** Pages start without any script. */
const common = Object.entries({
  "content-security-policy": policyOf(null),
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": features.map((feature) => `${feature}=()`).join(", "),
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "x-robots-tag": "noindex, nofollow",
});

/** For every answer of `/admin`, also refusals. Assets set their own caching. */
export const commonHeaders: RequestHandler = (_request, response, next) => {
  for (const [name, value] of common) response.setHeader(name, value);
  next();
};

/**
 * The policy of an HTML page. Only scripts with this page's `nonce` run, and what those import; null: none does.
 *
 * Style elements need the nonce too. `style-src 'unsafe-inline'` is left for `style="…"` alone: the letters that officials look at
 * are made for mail programs, and a frame of ours has the policy of the page around it. (`style-src-attr` says that alone,
 * but Firefox before 108 does not know it.) A style can neither run nor send anything here, since nothing may be loaded from elsewhere.
 */
export function pageHeaders(response: Response, nonce: string | null): void {
  response.setHeader("content-security-policy", policyOf(nonce));
}

function policyOf(nonce: string | null): string {
  return [
    "default-src 'none'",
    nonce === null ? "script-src 'none'" : `script-src 'nonce-${nonce}'`,
    "script-src-attr 'none'",
    ...(nonce === null
      ? ["style-src 'self'"]
      : ["style-src 'self' 'unsafe-inline'", `style-src-elem 'self' 'nonce-${nonce}'`]),
    "img-src 'self' data:",
    // Letters to look at bring their typeface inside; a font neither runs nor sends anything.
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
