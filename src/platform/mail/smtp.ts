/** Letters by SMTP, over a few kept connections. */
import nodemailer from "nodemailer";
import type { Handover, Transport } from "./transport.js";

interface SmtpError extends Error {
  readonly code?: string;
  readonly command?: string;
  readonly responseCode?: number;
}

/** Commands whose 5xx is about this letter; a 5xx to AUTH or at the greeting is about us and passes once it is corrected. */
const aboutTheLetter = new Set(["RCPT TO", "DATA", "API"]);
const peerAway = new Set([
  "ECONNECTION",
  "ETIMEDOUT",
  "ESOCKET",
  "EDNS",
  "EAUTH",
  "ETLS",
  "ECONNREFUSED",
  "ECONNRESET",
]);

/** Reason without addresses: servers like to repeat the receiver's. */
function withoutAddresses(text: string): string {
  return text.replace(/[^\s<>"'(),;:]+@[^\s<>"'(),;:]+/g, "…@…").slice(0, 500);
}

function handoverOf(error: SmtpError): Handover {
  const refused = error.responseCode !== undefined && error.responseCode >= 500 && error.responseCode < 600;
  const permanent = refused && aboutTheLetter.has(error.command ?? "");
  return {
    kind: "failed",
    permanent,
    away: !permanent && peerAway.has(error.code ?? ""),
    reason: withoutAddresses(error.message),
  };
}

/**
 * @param url `smtp://user:password@host:587`, `smtps://…`
 * Time limits keep a batch of ten well inside the two minutes for which it is claimed.
 */
export function createSmtpTransport(url: string): Transport {
  const mailer = nodemailer.createTransport(
    {
      url,
      pool: true,
      maxConnections: 4,
      connectionTimeout: 10_000,
      greetingTimeout: 10_000,
      socketTimeout: 20_000,
    } as never,
    { disableFileAccess: true, disableUrlAccess: true } as never,
  );
  return {
    async send({ from, to, messageId, subject, html, text, headers, images }) {
      try {
        await mailer.sendMail({
          from,
          // As an object it is not read as a list: one receiver stays one.
          to: { name: "", address: to },
          messageId,
          subject,
          html,
          text,
          headers: { ...headers },
          attachments: images.map(({ cid, filename, content }) => ({
            cid,
            filename,
            content,
            contentType: "image/png",
            contentDisposition: "inline" as const,
          })),
        });
        return { kind: "sent" };
      } catch (error) {
        return handoverOf(error as SmtpError);
      }
    },
    close: () => mailer.close(),
  };
}
