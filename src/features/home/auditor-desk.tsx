/** An auditor's home: the proof of the record, and what changed last. */

import React from "react";
import { Link } from "react-router-dom";
import type { AuditorDesk } from "../../engine/measures/home-view.js";
import { msg, pattern } from "../../engine/text/msg.js";
import { AuditWho } from "../../platform/ui/audit-who.js";
import { listAddress } from "../../platform/ui/home-pieces.js";
import {
  adminRoot,
  Badge,
  EmptyState,
  Facts,
  LinkButton,
  Moment,
  Panel,
  Table,
  useText,
} from "../../platform/ui/kit.js";

const words = {
  altered: msg("home.otherDesks.altered"),
  changes: msg("home.otherDesks.changes"),
  allChanges: msg("home.otherDesks.allChanges"),
  by: msg("home.otherDesks.by"),
};

function VerificationBadge({ verification: { state, ok } }: Pick<AuditorDesk, "verification">) {
  const { t } = useText();
  if (state === "running") return <Badge tone="waiting">{t(msg("home.otherDesks.runs"))}</Badge>;
  if (ok === null) return <Badge>{t(msg("home.otherDesks.never"))}</Badge>;
  return <Badge tone={ok ? "done" : "late"}>{t(ok ? msg("home.otherDesks.unaltered") : words.altered)}</Badge>;
}

export function AuditorHome({ desk }: { desk: AuditorDesk }) {
  const { t } = useText();
  const { lastSeal, verification } = desk;
  return (
    <>
      <Panel
        title={msg("home.otherDesks.proof")}
        actions={
          <LinkButton kind="primary" icon="shield" to={`${adminRoot}/pages/audit-verify`}>
            {t(msg("home.otherDesks.verify"))}
          </LinkButton>
        }
      >
        <Facts
          rows={[
            {
              label: msg("home.otherDesks.seal"),
              value: lastSeal ? (
                <>
                  {t(pattern("home.otherDesks.sealNumber"), { n: lastSeal.number })} · <Moment at={lastSeal.sealedAt} />
                </>
              ) : (
                t(msg("home.otherDesks.noSeal"))
              ),
            },
            {
              label: msg("home.otherDesks.verified"),
              value: (
                <>
                  <VerificationBadge verification={verification} />{" "}
                  {verification.finishedAt && <Moment at={verification.finishedAt} />}
                </>
              ),
            },
          ]}
        />
      </Panel>
      <Panel title={words.changes} flush actions={<Link to={listAddress("audit-events")}>{t(words.allChanges)}</Link>}>
        <Table
          caption={words.changes}
          rows={desk.changes}
          rowKey={({ id }) => id}
          href={({ id }) => `${adminRoot}/resources/audit-events/records/${id}/show`}
          empty={<EmptyState title={msg("home.otherDesks.noChanges")} />}
          columns={[
            { key: "what", label: msg("home.otherDesks.what"), cell: ({ sentence }) => t(sentence) },
            { key: "who", label: words.by, cell: ({ who, part }) => <AuditWho who={who} part={part} /> },
            { key: "when", label: msg("home.otherDesks.when"), narrow: true, cell: ({ at }) => <Moment at={at} /> },
          ]}
        />
      </Panel>
    </>
  );
}
