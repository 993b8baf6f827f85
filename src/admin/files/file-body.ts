/** A file as the whole body of a request: there is nothing around it that would have to be understood first. */
import type { Request } from "express";
import { Problem } from "../../domain/problems.js";

/** Longer than any system lets a name be, in the escapes of a header. */
const longestHeader = 4000;

function malformed(en: string, ar: string): Problem {
  return new Problem("malformed-request", { en, ar });
}

/** Before a byte is read. Problems: unsupported-media-type, too-large, malformed-request. */
export function requireFileBody(request: Request, mostBytes: number): void {
  if (!/^application\/octet-stream$/i.test(request.get("content-type") ?? "") || request.get("content-encoding")) {
    throw new Problem("unsupported-media-type", {
      en: "Send the file itself as the body, as application/octet-stream and without compression.",
      ar: "أرسل الملف نفسه نصًا للطلب بالنوع application/octet-stream ومن غير ضغط.",
    });
  }
  const length = Number(request.get("content-length") ?? Number.NaN);
  if (length > mostBytes) {
    const megabytes = Math.floor(mostBytes / (1024 * 1024));
    const reason = {
      en: `A file may have at most ${megabytes} MB. Send a smaller one.`,
      ar: `أقصى حجم للملف ${megabytes} ميغابايت. أرسل ملفًا أصغر.`,
    };
    throw new Problem("too-large", reason, [{ field: "/file", reason }]);
  }
}

/** Of `Content-Disposition: attachment; filename*=UTF-8''…`; RFC 8187. Problem malformed-request. */
export function sentName(request: Request): string {
  const header = request.get("content-disposition") ?? "";
  const escaped = header.length > longestHeader ? undefined : /;\s*filename\*=UTF-8''([^;\s]+)/i.exec(header)?.[1];
  try {
    if (escaped !== undefined) return decodeURIComponent(escaped);
  } catch {
    // Broken escapes: told below.
  }
  throw malformed(
    "Name the file in the header Content-Disposition: attachment; filename*=UTF-8''NAME.",
    "اذكر اسم الملف في الترويسة Content-Disposition: attachment; filename*=UTF-8''NAME",
  );
}
