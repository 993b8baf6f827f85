/** What uses a record: what stands in the way of retiring it first. */

import React, { type ReactNode } from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import type { Bilingual } from "../../../engine/text/text.js";
import type { RecordAnswer } from "../../../platform/admin/resource-view.js";
import {
  Badge,
  Icon,
  NoticeBox,
  Panel,
  ProblemBox,
  reaches,
  Spinner,
  useText,
  useView,
} from "../../../platform/ui/kit.js";

export interface Uses {
  readonly uses: readonly { readonly words: Bilingual; readonly blocks: boolean; readonly link?: string | null }[];
  /** Nothing ever used it: it may be removed for good. */
  readonly removable: boolean;
  /** Who took an entity over. */
  readonly successor?: { readonly name: Bilingual; readonly link: string | null };
}

/** So many are read at a glance; what stands in the way is always among them. */
const shownFirst = 8;

export function UsesList({ uses }: Pick<Uses, "uses">) {
  const { t } = useText();
  if (uses.length === 0) return <p className="muted">{t(msg("setup.recordUses.none"))}</p>;
  const [first, others] = [uses.slice(0, shownFirst), uses.slice(shownFirst)];
  // One more line is no longer than the words that would hide it.
  if (others.length < 2 || others.some(({ blocks }) => blocks)) return <UsesLines uses={uses} />;
  return (
    <>
      <UsesLines uses={first} />
      <details className="fold fold-lines">
        <summary>{t(pattern("setup.recordUses.others"), { n: others.length })}</summary>
        <UsesLines uses={others} />
      </details>
    </>
  );
}

function UsesLines({ uses }: Pick<Uses, "uses">) {
  const { t } = useText();
  return (
    <ul className="lines">
      {uses.map(({ words: text, blocks, link }) => (
        <li key={text.en} className="line">
          <Icon name={blocks ? "alert" : "dot"} size={18} />
          <span className="line-text">{link && reaches(link) ? <Link to={link}>{t(text)}</Link> : t(text)}</span>
          {blocks && (
            <Badge tone="near" icon="alert">
              {t(msg("setup.recordUses.blocks"))}
            </Badge>
          )}
        </li>
      ))}
    </ul>
  );
}

/** What follows from a record that is out of use, and who took it over. */
export function OutOfUse({ resource, record }: { readonly resource: string; readonly record: string }) {
  const { t } = useText();
  const isEntity = resource === "entities";
  const { view } = useView<RecordAnswer>(isEntity ? `resources/${resource}/records/${record}/uses` : null);
  const { successor } = (view?.view ?? {}) as Partial<Uses>;
  return (
    <NoticeBox>
      <p>{t(isEntity ? msg("setup.recordUses.entityOut") : msg("setup.setupShow.retiredHint"))}</p>
      {successor && (
        <p>
          {t(msg("setup.recordUses.takenOverBy"))}{" "}
          <strong>
            {successor.link === null ? (
              <bdi>{t(successor.name)}</bdi>
            ) : (
              <Link to={successor.link}>{t(successor.name)}</Link>
            )}
          </strong>
        </p>
      )}
    </NoticeBox>
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
    <Panel title={msg("setup.recordUses.whereItIsUsed")} actions={removable && whenRemovable}>
      <ProblemBox problem={problem} />
      {view === null && !problem && <Spinner />}
      {view && <UsesList uses={(view.view as Uses).uses} />}
    </Panel>
  );
}
