/** What a change-set would do: what has to be mended, what is odd, what is good to know. */
import React from "react";
import { Badge, LinkButton, Panel, useText } from "../../../platform/ui/kit.js";
import type { ChangeSetView } from "./change-set.page.js";

type Opened = NonNullable<ChangeSetView["opened"]>;

const words = {
  title: { en: "What it would do", ar: "ما ستُحدثه" },
  fine: { en: "Nothing breaks, and nothing else changes.", ar: "لا شيء يتعطل، ولا يتغير شيء آخر." },
  look: { en: "Look", ar: "اطّلاع" },
  lookAt: { en: "Look: {what}", ar: "اطّلاع: {what}" },
};
const kinds = {
  error: { title: { en: "Has to be mended first", ar: "يجب تصحيحه أولًا" }, tone: "late", icon: "alert" },
  warning: { title: { en: "Wants a reason", ar: "يحتاج إلى سبب" }, tone: "near", icon: "alert" },
  info: { title: { en: "Good to know", ar: "للعلم" }, tone: "neutral", icon: "eye" },
} as const;

/** What the set adds is nowhere but in its edit, which whoever may write opens; it stands above for everybody else. */
function placeOf({ adds, link }: Opened["findings"][number], { listed, acts }: Opened): string | null {
  if (!adds) return link;
  const edit = listed.find(({ table, code }) => table === adds.table && code === adds.code);
  return acts.includes("save") ? (edit?.form ?? null) : null;
}

export function ImpactPanel({ set }: { set: Opened }) {
  const { t } = useText();
  const findings = set.findings.map((finding) => ({ ...finding, place: placeOf(finding, set) }));
  return (
    <Panel title={words.title} id="impact">
      {findings.length === 0 && <p className="muted">{t(words.fine)}</p>}
      {(["error", "warning", "info"] as const).map((severity) => {
        const some = findings.filter((finding) => finding.severity === severity);
        if (some.length === 0) return null;
        const { title, tone, icon } = kinds[severity];
        return (
          <section key={severity} className="impact-group">
            <h3>
              <Badge tone={tone} icon={icon}>
                {t(title)}
              </Badge>
            </h3>
            <ul className="bullets">
              {some.map((finding) => (
                <li key={finding.words.en}>
                  {t(finding.words)}{" "}
                  {finding.place !== null && (
                    <LinkButton
                      small
                      kind="quiet"
                      to={finding.place}
                      label={t(words.lookAt, { what: t(finding.words) })}
                    >
                      {t(words.look)}
                    </LinkButton>
                  )}
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </Panel>
  );
}
