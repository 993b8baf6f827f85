/** The cases that a published change-set moves: how far it is, and which could not be moved, with the reason. */

import React from "react";
import { Link } from "react-router-dom";
import { msg, pattern } from "../../../engine/text/msg.js";
import { Bidi, Button, NoticeBox, Panel, ProblemBox, send, useSending, useText } from "../../../platform/ui/kit.js";
import type { OpenedSet } from "./change-set-content.js";

const words = {
  moved: pattern("policy-change-sets.movesPanel.moved"),
  waiting: msg("policy-change-sets.movesPanel.waiting"),
  running: msg("policy-change-sets.movesPanel.running"),
  done: msg("policy-change-sets.movesPanel.done"),
  failed: msg("policy-change-sets.movesPanel.failed"),
};

type Move = OpenedSet["moves"][number];

function Left({ move, onAgain }: { move: Move; onAgain?: (() => void) | undefined }) {
  const { t } = useText();
  return (
    <NoticeBox
      tone="warning"
      title={move.failure ?? words.failed}
      actions={
        onAgain && (
          <Button small icon="refresh" onClick={onAgain}>
            {t(msg("policy-change-sets.movesPanel.again"))}
          </Button>
        )
      }
    >
      <ul className="bullets">
        {move.left.map(({ reference, reason }) => (
          <li key={reference}>
            <Link to={`/admin/resources/cases/records/${reference}/show`}>
              <Bidi ltr>{reference}</Bidi>
            </Link>
            : {t(reason)}
          </li>
        ))}
      </ul>
      <p className="muted">
        {t(msg("policy-change-sets.movesPanel.confidential"))} {t(msg("policy-change-sets.movesPanel.later"))}
      </p>
    </NoticeBox>
  );
}

export function MovesPanel({ set, mayWrite, reload }: { set: OpenedSet; mayWrite: boolean; reload: () => void }) {
  const { t } = useText();
  const sending = useSending();
  if (set.moves.length === 0) return null;
  const again = (move: string) =>
    sending.run(async () => {
      await send("pages/change-set", { do: "moveAgain", id: set.id, move });
      reload();
    });
  return (
    <Panel title={msg("policy-change-sets.movesPanel.moves")}>
      <ProblemBox problem={sending.problem} />
      <ul className="bullets">
        {set.moves.map((move) => {
          const { id, words: what, state, moved, total } = move;
          return (
            <li key={id}>
              {t(what)}: {t(words.moved, { moved: moved, total: Math.max(total, moved) })} · {t(words[state])}
              {state === "failed" && <Left move={move} onAgain={mayWrite ? () => void again(id) : undefined} />}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
