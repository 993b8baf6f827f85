/** What uses a record: what stands in the way of retiring it first. */
import React, { type ReactNode } from "react";
import { Link } from "react-router-dom";
import type { Bilingual } from "../../../domain/text.js";
import type { RecordAnswer } from "../../guard/resource-view.js";
import { Badge, Icon, Panel, ProblemBox, Spinner, useText, useView } from "../kit/kit.js";

export interface Uses {
  readonly uses: readonly { readonly words: Bilingual; readonly blocks: boolean; readonly link?: string | null }[];
  /** Nothing ever used it: it may be removed for good. */
  readonly removable: boolean;
}

const words = {
  title: { en: "Where it is used", ar: "أين يُستخدم" },
  none: { en: "Nothing uses it.", ar: "لا يستخدمه شيء." },
  blocks: { en: "Must be settled before retiring", ar: "يجب حله قبل الإيقاف" },
};

export function UsesList({ uses }: Pick<Uses, "uses">) {
  const { t } = useText();
  if (uses.length === 0) return <p className="muted">{t(words.none)}</p>;
  return (
    <ul className="lines">
      {uses.map(({ words: text, blocks, link }) => (
        <li key={text.en} className="line">
          <Icon name={blocks ? "alert" : "dot"} size={18} />
          <span className="line-text">{link ? <Link to={link}>{t(text)}</Link> : t(text)}</span>
          {blocks && (
            <Badge tone="near" icon="alert">
              {t(words.blocks)}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}

interface RecordUsesProps {
  readonly resource: string;
  readonly record: string;
  /** Shown when nothing ever used it. */
  readonly whenRemovable: ReactNode;
}

export function RecordUses({ resource, record, whenRemovable }: RecordUsesProps) {
  const { view, problem } = useView<RecordAnswer>(`resources/${resource}/records/${record}/uses`);
  const removable = view !== null && (view.view as Uses).removable;
  return (
    <Panel title={words.title} actions={removable && whenRemovable}>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && <UsesList uses={(view.view as Uses).uses} />}
    </Panel>
  );
}
