/** Why a file is not taken, each said in one place; what a full or broken disk means. */
import { type AttachmentKind, attachmentKindNames } from "../../engine/files/attachment-types.js";
import { Problem } from "../../engine/text/problems.js";
import type { Bilingual } from "../../engine/text/text.js";

function refused(reason: Bilingual): Problem {
  return new Problem("invalid-input", reason, [{ field: "/file", reason }]);
}

const megabytes = (bytes: number): string => String(Math.max(1, Math.floor(bytes / (1024 * 1024))));

export function tooLarge(maxBytes: number): Problem {
  const reason = {
    en: `A file may have at most ${megabytes(maxBytes)} MB. Send a smaller one.`,
    ar: `أقصى حجم للملف ${megabytes(maxBytes)} ميغابايت. أرسل ملفًا أصغر.`,
  };
  return new Problem("too-large", reason, [{ field: "/file", reason }]);
}

export const empty = (): Problem =>
  refused({ en: "The file is empty. Choose another one.", ar: "الملف فارغ. اختر ملفًا آخر." });

/** Names what can be sent instead. */
export function kindNotTaken(kinds: readonly AttachmentKind[]): Problem {
  const names = kinds.map((kind) => attachmentKindNames[kind]);
  return refused({
    en: `This kind of file is not taken, or its content is not what its name says. Taken are: ${names.map(({ en }) => en).join("; ")}.`,
    ar: `هذا النوع من الملفات غير مقبول، أو أن محتواه لا يطابق اسمه. المقبول: ${names.map(({ ar }) => ar).join("؛ ")}.`,
  });
}

export const heicNotTaken = (): Problem =>
  refused({
    en: "Photos in HEIC or AVIF cannot be taken. Save the photo as JPEG and send that.",
    ar: "لا تُقبل الصور بصيغة HEIC أو AVIF. احفظ الصورة بصيغة JPEG ثم أرسلها.",
  });

export const damaged = (): Problem =>
  refused({
    en: "The file is damaged or not whole. Open it on your device, save it anew and send that.",
    ar: "الملف تالف أو غير مكتمل. افتحه على جهازك واحفظه من جديد ثم أرسله.",
  });

export const imageTooLarge = (): Problem =>
  refused({
    en: "The image has too many pixels or too many pictures in it. Make it smaller and send that.",
    ar: "أبعاد الصورة كبيرة جدًا أو تحوي إطارات كثيرة. صغّرها ثم أرسلها.",
  });

export const holdsMacros = (): Problem =>
  refused({
    en: "Documents with macros (small programs) are not taken. Save it without macros, or as PDF.",
    ar: "لا تُقبل المستندات التي تحوي وحدات ماكرو (برامج صغيرة). احفظ المستند دونها أو بصيغة PDF.",
  });

export const holdsPrograms = (): Problem =>
  refused({
    en: "The document has programs or other archives inside. Send it without them, or as PDF.",
    ar: "يحوي المستند برامج أو أرشيفات أخرى. أرسله دونها أو بصيغة PDF.",
  });

export const reachesOutside = (): Problem =>
  refused({
    en: "When it is opened, the document would fetch something from elsewhere or start another program. Save it without that, or as PDF.",
    ar: "عند فتح المستند يجلب محتوى من مكان آخر أو يشغّل برنامجًا. احفظه دون ذلك أو بصيغة PDF.",
  });

export const actsByItself = (): Problem =>
  refused({
    en: "The PDF has scripts, attached files or commands in it. Print it to a new PDF and send that.",
    ar: "يحوي ملف PDF نصوصًا برمجية أو ملفات مرفقة أو أوامر. اطبعه إلى ملف PDF جديد ثم أرسله.",
  });

/** What a PDF does by itself, by the name that it has there. */
const doneByItself: Readonly<Record<string, Bilingual>> = {
  URI: { en: "opens a web address", ar: "فتح عنوان على الشبكة" },
  SubmitForm: { en: "sends a form", ar: "إرسال نموذج" },
  GoToR: { en: "opens another file", ar: "فتح ملف آخر" },
  GoToE: { en: "opens an attached file", ar: "فتح ملف مرفق" },
  ImportData: { en: "brings in another file's data", ar: "استيراد بيانات من ملف آخر" },
  Named: { en: "gives the program a command", ar: "إعطاء البرنامج أمرًا" },
};

/** A PDF that does more, when it is opened, than show one of its places. `action`: its name in PDF. */
export function startsByItself(action: string): Problem {
  const name = /^[A-Za-z0-9]{1,30}$/.test(action) ? action : "?";
  const does = doneByItself[name] ?? { en: "carries out a command", ar: "تنفيذ أمر" };
  return refused({
    en: `The PDF ${does.en} by itself (${name}) when it is opened or looked at. Print it to a new PDF and send that.`,
    ar: `عند فتح ملف PDF أو تصفحه يجري تلقائيًا ${does.ar} (${name}). اطبعه إلى ملف PDF جديد ثم أرسله.`,
  });
}

export const takesTooLong = (): Problem =>
  refused({
    en: "This file takes too long to check. Save it anew as PDF, or as a smaller file, and send that.",
    ar: "يستغرق فحص هذا الملف وقتًا طويلًا جدًا. احفظه من جديد بصيغة PDF أو بحجم أصغر ثم أرسله.",
  });

/** @param virus as the scanner names it */
export const virusFound = (virus: string): Problem =>
  refused({
    en: `The virus scanner found “${virus}” in this file. It was not taken; have your device checked.`,
    ar: `عثر فاحص الفيروسات في هذا الملف على «${virus}». لم يُستلم الملف؛ افحص جهازك.`,
  });

export const tooLargeToScan = (): Problem =>
  refused({
    en: "The file is too large for the virus scanner. Send a smaller one, or several.",
    ar: "الملف أكبر مما يقبله فاحص الفيروسات. أرسل ملفًا أصغر أو قسّمه إلى عدة ملفات.",
  });

/** It is away, and the programme takes nothing meanwhile. */
export const scannerAway = (): Problem =>
  new Problem(
    "unavailable",
    {
      en: "Files cannot be checked for viruses at the moment. Nothing of what you wrote is lost: send the file again in a minute, or go on without it.",
      ar: "يتعذّر فحص الملفات من الفيروسات حاليًا. لم يُفقد شيء مما كتبته: أعد إرسال الملف بعد دقيقة، أو تابع دونه.",
    },
    [],
    60,
  );

export const hasCommands = (): Problem =>
  refused({
    en: "A cell of the table has a formula that starts a program or calls up a web address. Save the table with values in place of formulas.",
    ar: "في إحدى خلايا الجدول صيغة تشغّل برنامجًا أو تستدعي عنوانًا على الشبكة. احفظ الجدول بالقيم بدل الصيغ.",
  });

export const needsPassword = (): Problem =>
  refused({
    en: "The document opens with a password only. Save it without a password and send that.",
    ar: "المستند محمي بكلمة مرور. احفظه دون كلمة مرور ثم أرسله.",
  });

export const unpacksTooLarge = (): Problem =>
  refused({
    en: "The document becomes far too large when it is unpacked. Save it anew, or as PDF.",
    ar: "يصبح المستند كبيرًا جدًا عند فك ضغطه. احفظه من جديد أو بصيغة PDF.",
  });

export const notUtf8 = (): Problem =>
  refused({
    en: "The text is not in UTF-8, or has characters that no text has. Save it as UTF-8 and send that.",
    ar: "النص ليس بترميز UTF-8، أو يحوي رموزًا لا تكون في نص. احفظه بترميز UTF-8 ثم أرسله.",
  });

/** The line of images or archives is full. */
export const tooBusy = (): Problem =>
  new Problem(
    "unavailable",
    {
      en: "Many files are being checked at the moment. Send this one again in half a minute.",
      ar: "يجري الآن فحص ملفات كثيرة. أعد إرسال هذا الملف بعد نصف دقيقة.",
    },
    [],
    30,
  );

export const tooLate = (): Problem =>
  new Problem("not-now", {
    en: "The file took too long to arrive. Send it again, or a smaller one.",
    ar: "استغرق وصول الملف وقتًا طويلًا. أرسله من جديد أو أرسل ملفًا أصغر.",
  });

/** Nothing of it was kept, and nothing else is lost. */
export const storageFull = (): Problem =>
  new Problem(
    "storage-full",
    {
      en: "The file could not be stored: there is no room for files at the moment. Nothing was sent; send it without files, or try again later.",
      ar: "تعذّر حفظ الملف: لا تتوفر مساحة للملفات حاليًا. لم يُرسل شيء؛ أرسل دون ملفات، أو حاول لاحقًا.",
    },
    [],
    300,
  );

const full = new Set(["ENOSPC", "EDQUOT", "EIO", "EROFS", "EFBIG", "EMFILE", "ENFILE"]);

/** What a disk says when it takes no more, as a problem; everything else as it is. */
export async function storing<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (full.has((error as NodeJS.ErrnoException).code ?? "")) throw storageFull();
    throw error;
  }
}
