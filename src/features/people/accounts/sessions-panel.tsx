/** Where the own account is signed in, and how to end it there. */

import React from "react";
import { msg, pattern } from "../../../engine/text/msg.js";
import {
  Badge,
  Bidi,
  Button,
  Moment,
  Panel,
  ProblemBox,
  send,
  Table,
  toast,
  useSending,
  useText,
} from "../../../platform/ui/kit.js";
import type { OwnSession } from "./account.page.js";

const words = {
  title: msg("people.sessionsPanel.whereYouAreSignedIn"),
  started: msg("people.sessionsPanel.started"),
  address: msg("people.sessionsPanel.address"),
  here: msg("people.sessionsPanel.here"),
  ended: msg("people.sessionsPanel.ended"),
  endedOthers: msg("people.sessionsPanel.endedOthers"),
};

export function SessionsPanel({ sessions, onChanged }: { sessions: readonly OwnSession[]; onChanged: () => void }) {
  const { t } = useText();
  const sending = useSending();
  const act = async (body: object, said: typeof words.ended) => {
    await sending.run(async () => {
      await send("pages/account", body);
      toast(said);
    });
    onChanged();
  };
  const deviceOf = ({ browser, system }: OwnSession): string => {
    if (browser === null) return system === null ? t(msg("people.sessionsPanel.unknown")) : t(system);
    return system === null ? browser : t(pattern("people.sessionsPanel.on"), { browser, system: t(system) });
  };
  const others = sessions.some(({ current }) => !current);
  return (
    <Panel title={words.title} flush>
      <div className="stack">
        <p className="muted panel-inset">{t(msg("people.sessionsPanel.what"))}</p>
        <ProblemBox problem={sending.problem} />
        <Table
          caption={words.title}
          rows={sessions}
          rowKey={({ id }) => id}
          empty={<p>{t(msg("people.sessionsPanel.none"))}</p>}
          columns={[
            {
              key: "device",
              label: msg("people.sessionsPanel.device"),
              cell: (session) => (
                <>
                  {deviceOf(session)} {session.current && <Badge tone="done">{t(words.here)}</Badge>}
                </>
              ),
            },
            { key: "startedAt", label: words.started, cell: ({ startedAt }) => <Moment at={startedAt} /> },
            { key: "seenAt", label: msg("people.sessionsPanel.seen"), cell: ({ seenAt }) => <Moment at={seenAt} /> },
            { key: "address", label: words.address, cell: ({ address }) => <Bidi ltr>{address}</Bidi> },
            {
              key: "act",
              hideLabel: true,
              label: msg("people.sessionsPanel.act"),
              cell: (session) =>
                session.current ? null : (
                  <Button
                    small
                    busy={sending.busy}
                    label={msg("people.sessionsPanel.endOf", { device: deviceOf(session) })}
                    onClick={() => void act({ do: "endSession", id: session.id }, words.ended)}
                  >
                    {t(msg("people.sessionsPanel.end"))}
                  </Button>
                ),
            },
          ]}
        />
        {others && (
          <div className="panel-inset">
            <Button busy={sending.busy} onClick={() => void act({ do: "endOthers" }, words.endedOthers)}>
              {t(msg("people.sessionsPanel.endOthers"))}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
