/** What a case is about and where it is, beside its conversation. */
import React from "react";
import { Link } from "react-router-dom";
import type { CasePageView } from "../../../engine/lifecycle/case-view.js";
import { Badge, Bidi, Button, Facts, Moment, Panel, useText } from "../../../platform/ui/kit.js";
import { FileLink } from "../../files/file-pieces.js";
import { caseAddress } from "./case-address.js";
import { CaseMarks, StateBadge } from "./case-words.js";

const words = {
  place: { en: "Where it is", ar: "أين هي" },
  about: { en: "About", ar: "عن الطلب" },
  linked: { en: "Linked cases", ar: "معاملات مرتبطة" },
  original: { en: "Repeats", ar: "تكرار لـ" },
  duplicate: { en: "Repeated by", ar: "كُررت في" },
  splitFrom: { en: "Split from", ar: "فُصلت عن" },
  splitInto: { en: "Split into", ar: "فُصلت منها" },
  decisions: { en: "What the rules decided", ar: "ما قررته القواعد" },
  howMany: { en: "{n} decisions", ar: "عدد القرارات: {n}" },
  version: { en: "version {n}", ar: "النسخة {n}" },
  byDefault: { en: "the safe default", ar: "القيمة الافتراضية الآمنة" },
  whyHere: { en: "Why here?", ar: "لماذا هنا؟" },
  whyClass: { en: "Why this pillar and importance?", ar: "لماذا هذا المحور ومستوى الأهمية؟" },
  whyRaised: { en: "Warnings and escalations", ar: "الإشعارات والتصعيد" },
  entity: { en: "Entity", ar: "الجهة" },
  unplaced: { en: "Waits to be placed", ar: "بانتظار التوجيه" },
  assignee: { en: "Taken by", ar: "تولّاها" },
  nobody: { en: "Nobody yet", ar: "لا أحد بعد" },
  since: { en: "In this state since", ar: "في هذه الحالة منذ" },
  sector: { en: "Sector", ar: "القطاع" },
  service: { en: "Service", ar: "الخدمة" },
  governorate: { en: "Governorate", ar: "المحافظة" },
  category: { en: "Applicant is", ar: "صفة مقدم الطلب" },
  pillar: { en: "Pillar", ar: "المحور" },
  importance: { en: "Importance", ar: "مستوى الأهمية" },
  channel: { en: "Came through", ar: "وردت عبر" },
  received: { en: "Received", ar: "تاريخ الورود" },
  rating: { en: "Rating", ar: "التقييم" },
  closingReason: { en: "Why it was rejected", ar: "سبب الرفض" },
  ratingOf: { en: "{n} of 5", ar: "{n} من 5" },
  imported: { en: "Taken over from another system", ar: "منقولة من نظام آخر" },
};

export function Place({ view, onWhy }: { view: CasePageView; onWhy: () => void }) {
  const { t } = useText();
  const { head } = view;
  return (
    <Panel title={words.place}>
      <div className="stack-small">
        <Facts
          rows={[
            { label: words.entity, value: t(head.entity?.name) || t(words.unplaced) },
            { label: words.assignee, value: head.assignee ? <Bidi>{head.assignee.name}</Bidi> : t(words.nobody) },
            { label: words.since, value: <Moment at={head.state.since} /> },
          ]}
        />
        <div>
          <Button small kind="quiet" icon="question" onClick={onWhy}>
            {t(words.whyHere)}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

export function About({ view, onWhy }: { view: CasePageView; onWhy: () => void }) {
  const { t } = useText();
  const { head, text } = view;
  const named = (["sector", "service", "governorate", "category"] as const).map(
    (key) => head[key] && { label: words[key], value: t(head[key]?.name) },
  );
  return (
    <Panel title={words.about}>
      <div className="stack-small">
        <Facts
          rows={[
            { label: words.pillar, value: t(head.pillar?.name) },
            { label: words.importance, value: t(head.importance?.name) },
            ...named,
            ...text.fields.map(({ label, value, file }) => ({
              label,
              value: file ? <FileLink file={file} picture={false} /> : <Bidi>{t(value)}</Bidi>,
            })),
            { label: words.channel, value: t(head.channel.name) },
            { label: words.received, value: <Moment at={head.receivedAt} /> },
            head.rating !== null && { label: words.rating, value: t(words.ratingOf, { n: head.rating }) },
            ...head.ratingScales.map(({ name, value }) => ({ label: name, value: t(words.ratingOf, { n: value }) })),
            head.closingReason && { label: words.closingReason, value: t(head.closingReason.name) },
          ]}
        />
        <div>
          <Button small kind="quiet" icon="question" onClick={onWhy}>
            {t(words.whyClass)}
          </Button>
        </div>
      </div>
    </Panel>
  );
}

export function Linked({ linked }: { linked: CasePageView["linked"] }) {
  const { t } = useText();
  if (linked.length === 0) return null;
  return (
    <Panel title={words.linked}>
      <ul className="linked">
        {linked.map((one) => (
          <li key={one.reference}>
            <span className="small muted">{t(words[one.as])}</span>{" "}
            <Link to={caseAddress(one.reference)}>
              <Bidi ltr>{one.reference}</Bidi>
            </Link>{" "}
            <span className="small muted">{t(one.state)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

export function Decisions({ decisions, onWhy }: { decisions: CasePageView["decisions"]; onWhy: () => void }) {
  const { t } = useText();
  return (
    <Panel title={words.decisions}>
      <details className="fold">
        <summary>{t(words.howMany, { n: decisions.length })}</summary>
        <ul className="linked">
          {decisions.map((one) => (
            <li key={`${one.cycle} ${one.ruleSet.en} ${String(one.at)}`}>
              <strong>{t(one.ruleSet)}</strong>{" "}
              <span className="small muted">
                {t(words.version, { n: one.version })} · <Moment at={one.at} />
              </span>
              <br />
              {one.rules.length === 0 ? t(words.byDefault) : one.rules.map((rule) => t(rule)).join(" · ")}
            </li>
          ))}
        </ul>
      </details>
      <Button small kind="quiet" icon="escalate" onClick={onWhy}>
        {t(words.whyRaised)}
      </Button>
    </Panel>
  );
}

export function CaseLead({ view }: { view: CasePageView }) {
  const { t } = useText();
  const { head } = view;
  return (
    <span className="case-lead">
      <Bidi ltr>{head.reference}</Bidi>
      <span>{t(head.type.name)}</span>
      <StateBadge state={head.state} />
      <CaseMarks confidential={head.confidential} escalationLevel={head.escalationLevel} />
      {head.imported && <Badge icon="restore">{t(words.imported)}</Badge>}
    </span>
  );
}
