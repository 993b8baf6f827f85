/** Where the own account is signed in, and how to end it there. */

import React from "react";
import { filled, msg, pattern } from "../../../engine/text/msg.js";
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
  what: msg("people.sessionsPanel.what"),
  device: msg("people.sessionsPanel.device"),
  started: msg("people.sessionsPanel.started"),
  seen: msg("people.sessionsPanel.seen"),
  address: msg("people.sessionsPanel.address"),
  act: msg("people.sessionsPanel.act"),
  here: msg("people.sessionsPanel.here"),
  unknown: msg("people.sessionsPanel.unknown"),
  on: pattern("people.sessionsPanel.on"),
  end: msg("people.sessionsPanel.end"),
  endOf: pattern("people.sessionsPanel.endOf"),
  ended: msg("people.sessionsPanel.ended"),
  endOthers: msg("people.sessionsPanel.endOthers"),
  endedOthers: msg("people.sessionsPanel.endedOthers"),
  none: msg("people.sessionsPanel.none"),
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
    if (browser === null) return system === null ? t(words.unknown) : t(system);
    return system === null ? browser : t(words.on, { browser, system: t(system) });
  };
  const others = sessions.some(({ current }) => !current);
  return (
    <Panel title={words.title} flush>
      <div className="stack">
        <p className="muted panel-inset">{t(words.what)}</p>
        <ProblemBox problem={sending.problem} />
        <Table
          caption={words.title}
          rows={sessions}
          rowKey={({ id }) => id}
          empty={<p>{t(words.none)}</p>}
          columns={[
            {
              key: "device",
              label: words.device,
              cell: (session) => (
                <>
                  {deviceOf(session)} {session.current && <Badge tone="done">{t(words.here)}</Badge>}
                </>
              ),
            },
            { key: "startedAt", label: words.started, cell: ({ startedAt }) => <Moment at={startedAt} /> },
            { key: "seenAt", label: words.seen, cell: ({ seenAt }) => <Moment at={seenAt} /> },
            { key: "address", label: words.address, cell: ({ address }) => <Bidi ltr>{address}</Bidi> },
            {
              key: "act",
              hideLabel: true,
              label: words.act,
              cell: (session) =>
                session.current ? null : (
                  <Button
                    small
                    busy={sending.busy}
                    label={filled(words.endOf, { device: deviceOf(session) })}
                    onClick={() => void act({ do: "endSession", id: session.id }, words.ended)}
                  >
                    {t(words.end)}
                  </Button>
                ),
            },
          ]}
        />
        {others && (
          <div className="panel-inset">
            <Button busy={sending.busy} onClick={() => void act({ do: "endOthers" }, words.endedOthers)}>
              {t(words.endOthers)}
            </Button>
          </div>
        )}
      </div>
    </Panel>
  );
}
