/** Under a case that was found: the passage that says what was searched, and where it stands. */
import React from "react";
import type { CaseMatch, MatchSource } from "../../../engine/search/case-search.js";
import { FoundText } from "../../../platform/ui/found-text.js";
import { Bidi, useText, type Words } from "../../../platform/ui/kit.js";

const sources: Readonly<Partial<Record<MatchSource, Words>>> = {
  application: { en: "Description", ar: "الوصف" },
  fields: { en: "Answer in the form", ar: "إجابة في النموذج" },
  "applicant.asked": { en: "Question to the applicant", ar: "سؤال لمقدم الطلب" },
  "applicant.replied": { en: "The applicant’s reply", ar: "رد مقدم الطلب" },
  "case.answered": { en: "Answer", ar: "الرد" },
  "case.noted": { en: "Note", ar: "ملاحظة" },
  "case.returned": { en: "Why it was sent back", ar: "سبب الإعادة للاستكمال" },
  "case.transferred": { en: "Why it was transferred", ar: "سبب التحويل" },
  "case.assigned": { en: "On forwarding", ar: "ما كُتب عند الإحالة" },
  "case.rated": { en: "The applicant’s rating", ar: "تقييم مقدم الطلب" },
  "case.appealed": { en: "Appeal", ar: "الاعتراض" },
  "case.reopened": { en: "Why it was reopened", ar: "سبب إعادة الفتح" },
  "case.withdrawn": { en: "Why it was withdrawn", ar: "سبب السحب" },
  "case.rejected": { en: "Why it was rejected", ar: "سبب الرفض" },
  "case.given": { en: "On giving it to a colleague", ar: "ما كُتب عند الإسناد إلى زميل" },
  "case.reminded": { en: "Reminder", ar: "التذكير" },
  "case.split": { en: "On splitting it", ar: "ما كُتب عند الفصل" },
};
const words = {
  later: { en: "Written later", ar: "كُتب لاحقًا" },
  entity: { en: "Entity", ar: "الجهة" },
  sector: { en: "Sector", ar: "القطاع" },
  service: { en: "Service", ar: "الخدمة" },
  governorate: { en: "Governorate", ar: "المحافظة" },
};

export function FoundWhere({ match }: { match: CaseMatch }) {
  const { t } = useText();
  const { excerpt, names } = match;
  return (
    <>
      {excerpt && (
        <span className="found-where">
          <span className="found-place">{t(sources[excerpt.from] ?? words.later)}:</span>{" "}
          <FoundText pieces={excerpt.pieces} />
        </span>
      )}
      {names.map(({ kind, name }) => (
        <span key={kind} className="found-where">
          <span className="found-place">{t(words[kind])}:</span>{" "}
          <mark>
            <Bidi>{t(name)}</Bidi>
          </mark>
        </span>
      ))}
    </>
  );
}

/** A reference, marked where it ends with what was typed. */
export function FoundReference({ reference, match }: { reference: string; match: CaseMatch | null }) {
  return <Bidi ltr>{match?.reference ? <FoundText pieces={match.reference} /> : reference}</Bidi>;
}
